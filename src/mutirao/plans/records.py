"""Plans and their activities as records of the house."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare
from mutirao.network.acting import Actor
from mutirao.topics.models import Goal, Theme

from . import queries
from .models import Activity, Plan


def _around_plan(plan: Plan) -> Iterator[Model]:
    """Its unit, who presented it, and what its activities are about."""
    yield plan.unit
    yield plan.presented_by
    yield from Theme.objects.filter(activity__plan=plan).distinct()
    yield from Goal.objects.filter(targets__activity__plan=plan).distinct()


def _around_activity(activity: Activity) -> Iterator[Model]:
    """Its plan, the plan's unit, who is responsible, its themes and goals."""
    yield activity.plan
    yield activity.plan.unit
    yield from activity.organisations.all()
    yield from activity.units.all()
    yield from activity.themes.all()
    yield from activity.goals


def _activities_visible_to(actor: Actor) -> QuerySet[Activity]:
    return queries.parts_visible_to(actor, Activity)


declare(
    RecordKind(Plan, _("work plan"), queries.visible_to, _around_plan),
    RecordKind(Activity, _("activity"), _activities_visible_to, _around_activity),
)
