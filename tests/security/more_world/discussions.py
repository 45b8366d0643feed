"""A public discussion of a unit that admits citizens, one of their comments, a former text."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from mutirao.discussions.history.former import digest
from mutirao.discussions.models import Bar, Openness
from mutirao.discussions.states import Admits, Audience, State
from tests.discussions.factories import CommentFactory
from tests.factories import UserFactory


def fill(made: Any) -> None:
    here, office = made.records, made.people["secretariat"]
    Openness.objects.create(unit=here.unit_approved, admits=Admits.MODERATED)
    place = {"record": here.plan_approved, "unit": here.unit_approved}
    bar = Bar.objects.create(
        person=UserFactory(),
        by=office.person,
        organisation=office.organisation,
        until=timezone.localdate() + timedelta(days=3),
        reason="Insults",
    )
    made.put(
        said_to_all=CommentFactory(text="Said to everyone", audience=Audience.EVERYONE, **place),
        said_inside=CommentFactory(text="Said among members", **place),
        said_by_citizen=CommentFactory(
            text="Said by a citizen",
            audience=Audience.EVERYONE,
            state=State.WAITING,
            organisation=None,
            **place,
        ),
        bar=bar,
        former_title=_former_title(here.plan_draft),
    )


def _former_title(plan: Any) -> SimpleNamespace:
    """The plan's first title, and what identifies the present one."""
    event = type(plan).pgh_event_model.objects.filter(pgh_obj_id=plan.pk).first()
    plan.title = f"{plan.title} anew"
    plan.save()
    return SimpleNamespace(pk=event.pk, seen=digest(plan.title))
