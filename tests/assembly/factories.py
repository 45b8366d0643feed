"""Assemblies, offices to fill and candidacies for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mutirao.assembly.models import Assembly, Candidacy, Election
from mutirao.assembly.states import Candidate, State, Way
from mutirao.network.acting import Actor
from mutirao.network.models import Term
from mutirao.network.states import Office, Role
from mutirao.plans.models import Plan
from mutirao.plans.states import Proposal
from tests.factories import MemberFactory, OrganisationFactory, UnitFactory, actor
from tests.plans.factories import ActivityFactory, PlanFactory


def next_term() -> Term:
    """The year after this one."""
    year = timezone.localdate().year + 1
    term, _new = Term.objects.get_or_create(
        code=str(year),
        defaults={
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
            "closes_on": date(year + 1, 3, 1),
        },
    )
    return term


class AssemblyFactory(DjangoModelFactory):
    """An announced assembly whose window for candidacies is open, its vote recorded elsewhere."""

    class Meta:
        model = Assembly

    title = factory.Sequence(lambda n: f"Assembleia {n}")
    term = factory.LazyFunction(next_term)
    held_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))
    candidacies_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    candidacies_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    state = State.ANNOUNCED

    class Params:
        voting = factory.Trait(
            way=Way.SECRET,
            candidacies_until=factory.LazyFunction(
                lambda: timezone.localdate() - timedelta(days=5)
            ),
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
            closes_at=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=5)),
        )


class ElectionFactory(DjangoModelFactory):
    class Meta:
        model = Election

    assembly = factory.SubFactory(AssemblyFactory)
    unit = factory.SubFactory(UnitFactory)
    office = Office.COORDINATOR


class CandidacyFactory(DjangoModelFactory):
    """A submitted candidacy of a member city, without a plan."""

    class Meta:
        model = Candidacy

    election = factory.SubFactory(ElectionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    statement = "Temos uma agência ativa."
    state = Candidate.SUBMITTED

    @factory.post_generation
    def member(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is not False:
            MemberFactory(organisation=self.organisation)


def member(role: str = Role.FOCAL_POINT) -> Actor:
    """A person of a member city."""
    return actor(MemberFactory().organisation, role)


def with_plan(candidacy: Candidacy, proposal: str = Proposal.SHOWN) -> Plan:
    """The candidacy's plan, with one activity."""
    election = candidacy.election
    plan = PlanFactory(
        unit=election.unit,
        term=election.assembly.term,
        presented_by=candidacy.organisation,
        proposal=proposal,
    )
    ActivityFactory(plan=plan)
    candidacy.plan = plan
    candidacy.save()
    return plan
