"""One small network with a person in every role and a record in every state.

Built once for each test that asks the table; names here are those of `table.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.intake.models import Draft
from mutirao.network.acting import Actor, actor_for
from mutirao.network.states import Kind, Office, Role, UnitKind
from tests.commitments.factories import CommitmentFactory, EvidenceFactory, StepFactory
from tests.discussions.factories import CommentFactory
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
    actor,
)
from tests.intake.factories import ready
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory

from . import more_world

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READING = {
    "language": "pt",
    "year": None,
    "title": "Plano",
    "axes": [{"number": "I", "text": "Um eixo", "lines": [1]}],
    "activities": [{"number": "1", "text": "Uma atividade", "lines": [1]}],
    "events": [],
    "other": [],
    "not_understood": [],
}


@dataclass
class World:
    """`people` by role, `records` by name, both as the table calls them."""

    people: dict[str, Actor | None] = field(default_factory=dict)
    records: Any = field(default_factory=SimpleNamespace)
    browsers: dict[str, Client] = field(default_factory=dict)
    written: int = 0

    def put(self, **records: Any) -> None:
        vars(self.records).update(records)


def signed_in(who: Actor | None) -> Client:
    """A browser in which that person is signed in; a visitor's without one."""
    client = Client()
    if who is not None and who.person is not None:
        client.force_login(who.person, BACKEND)
    return client


def world() -> World:
    made = World()
    _people(made)
    _plans(made)
    _commitments(made)
    _events(made)
    _document(made)
    for module in sorted(iter_modules(more_world.__path__), key=lambda found: found.name):
        import_module(f"{more_world.__name__}.{module.name}").fill(made)
    made.written = written()
    made.browsers = {role: signed_in(who) for role, who in made.people.items()}
    return made


def _people(made: World) -> None:
    today, term = timezone.localdate(), TermFactory()
    unit, other_unit = UnitFactory(), UnitFactory()
    before, city, sub, other, ordinary, owner = (OrganisationFactory() for _ in range(6))
    yesterday = today - timedelta(days=1)
    MandateFactory(organisation=before, unit=unit, term=term, ends_on=yesterday)
    for led in (unit, made_unit(made, "approved"), made_unit(made, "closed")):
        MandateFactory(organisation=city, unit=led, term=term, starts_on=today)
        MandateFactory(organisation=sub, unit=led, term=term, office=Office.SUB_COORDINATOR)
    MandateFactory(organisation=other, unit=other_unit, term=term)
    seat = MandateFactory(
        unit=UnitFactory(kind=UnitKind.BOARD), term=term, office=Office.MEMBER
    ).organisation
    gone = MembershipFactory(organisation=city, role=Role.COORDINATOR, ends_on=yesterday)
    made.put(
        term=term,
        unit=unit,
        other_unit=other_unit,
        city=city,
        before=before,
        owner_city=owner,
        membership_of_other=MembershipFactory(),
        agency=OrganisationFactory(kind=Kind.AGENCY, population=None),
    )
    made.people |= {
        "visitor": None,
        "citizen": actor_for(UserFactory()),
        "observer": actor(city, Role.OBSERVER),
        "officer": actor(city, Role.OFFICER),
        "focal_point": actor(city, Role.FOCAL_POINT),
        "coordinator": actor(city, Role.COORDINATOR),
        "sub_coordinator": actor(sub, Role.COORDINATOR),
        "other_coordinator": actor(other, Role.COORDINATOR),
        "former": actor(before, Role.COORDINATOR),
        "expired": actor_for(gone.person),
        "board": actor(seat, Role.COORDINATOR),
        "owner": actor(owner, Role.FOCAL_POINT),
        "owner_observer": actor(owner, Role.OBSERVER),
        "member": actor(ordinary, Role.FOCAL_POINT),
        "secretariat": actor(SecretariatFactory(), Role.SECRETARIAT),
    }


def made_unit(made: World, name: str) -> Any:
    """A unit of its own for a plan in force: a unit has one of them in a term."""
    unit = UnitFactory()
    setattr(made.records, f"unit_{name}", unit)
    return unit


def _plans(made: World) -> None:
    here = made.records
    common = {"term": here.term, "presented_by": here.city}
    for state in ("draft", "returned", "submitted", "in_progress"):
        _plan(made, state, unit=here.unit, state=state, **common)
    for state in ("approved", "closed"):
        _plan(made, state, unit=getattr(here, f"unit_{state}"), state=state, **common)
    inherited = {"unit": here.unit, "term": here.term, "presented_by": here.before}
    _plan(made, "inherited", state="draft", **inherited)
    _plan(made, "empty", unit=here.unit, state="draft", **common)


def _plan(made: World, name: str, **fields: Any) -> None:
    plan = PlanFactory(**fields)
    parts = {"plan": plan, "axis": AxisFactory(plan=plan), "activity": ActivityFactory(plan=plan)}
    made.put(**{f"{kind}_{name}": record for kind, record in parts.items()})


def _commitments(made: World) -> None:
    here, owner = made.records, made.records.owner_city
    in_plan = {"owner": owner, "unit": here.unit, "term": here.term}
    of = {
        "draft": {**in_plan, "source": here.activity_draft, "visibility": Visibility.DRAFT},
        "public": {**in_plan, "source": here.activity_in_progress},
        "own": {"owner": owner, "visibility": Visibility.MEMBERS},
        "own_draft": {"owner": owner, "visibility": Visibility.DRAFT},
    }
    for name, fields in of.items():
        commitment = CommitmentFactory(**fields)
        evidence = EvidenceFactory(commitment=commitment, url="", filename="ata.txt", file="x")
        evidence.file.save("ata.txt", ContentFile(b"Ata"))
        step = StepFactory(commitment=commitment)
        parts = {"commitment": commitment, "step": step, "evidence": evidence}
        made.put(**{f"{kind}_{name}": record for kind, record in parts.items()})
    writer = made.people["owner"]
    assert writer is not None
    here.comment = CommentFactory(
        record=here.commitment_public, person=writer.person, organisation=owner
    )


def _events(made: World) -> None:
    here = made.records
    of_unit = {"unit": here.unit, "organisation": here.city}
    of_owner = {"unit": None, "organisation": here.owner_city}
    draft, members = {"visibility": Visibility.DRAFT}, {"visibility": Visibility.MEMBERS}
    here.event_of_draft_plan = EventFactory(source=here.plan_draft, **of_unit, **draft)
    here.event_of_inherited_plan = EventFactory(
        source=here.plan_inherited, unit=here.unit, organisation=here.before, **draft
    )
    here.event_public = EventFactory(**of_unit)
    here.event_members = EventFactory(**of_owner, **members)
    here.event_draft = EventFactory(**of_owner, **draft)
    here.event_cancelled = EventFactory(**of_unit, cancelled=True)


def _document(made: World) -> None:
    by = made.people["coordinator"]
    assert by is not None
    made.records.document = ready(by, READING)
    other = Draft.objects.get(pk=made.records.document.pk)
    other.pk, other.key = None, uuid4()
    other._state.adding = True
    other.state, other.error = "failed", {"code": "empty", "params": {}}
    other.save()
    made.records.document_failed = other
    for name in ("draft", "in_progress"):
        plan = getattr(made.records, f"plan_{name}")
        plan.document = made.records.document
        plan.save()


def written() -> int:
    """How many rows every history of the installation holds: it grows with each change."""
    return _count(_histories())


def _histories() -> list[str]:
    from django.apps import apps

    return [
        model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
    ]


def _count(tables: list[str]) -> int:
    asked = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return cursor.fetchone()[0]
