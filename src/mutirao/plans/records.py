"""Plans and their activities as records of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rules
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import OWN_NAMES
from mutirao.core.records import Line, Part, RecordKind, Restoring, declare
from mutirao.core.states import label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit
from mutirao.topics.models import Goal, Theme

from . import actions, queries
from .models import (
    Activity,
    ActivityAxis,
    ActivityOrganisation,
    ActivityTarget,
    ActivityTheme,
    ActivityUnit,
    Axis,
    Plan,
)
from .states import AxisKind, State


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


def _may_edit(actor: Actor, plan: Plan) -> bool:
    return bool(rules.test_rule("plans.edit_plan", actor, plan))


def _rewrite_plan(row: Plan, by: Actor, values: dict[str, Any]) -> None:
    actions.edit_plan(plan=row, version=row.version, by=by, **values)


def _rewrite_axis(row: Axis, by: Actor, values: dict[str, Any]) -> None:
    actions.edit_axis(axis=row, version=row.version, by=by, **values)


def _rewrite_activity(row: Activity, by: Actor, values: dict[str, Any]) -> None:
    axes = list(row.axes.all())
    actions.edit_activity(activity=row, version=row.version, by=by, axes=axes, **values)


def _axis(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (label_of(AxisKind, row["kind"]), row["number"])))


def _activity(row: Mapping[str, Any]) -> str:
    title = f"“{row['title']}”" if row["title"] else ""
    return " ".join(filter(None, (str(_("activity")), row["number"], title)))


def _links(model: type[Any], column: str, label: Any) -> Part:
    """What an activity leads to: its history is that of the links themselves."""
    link = Line(column, label)
    return Part(model, within="activity_id", under=Activity, label=label, link=link)


HISTORY = (
    Part(
        Plan,
        label=_("work plan"),
        lines=(
            Line("title"),
            Line("language", said=lambda code: OWN_NAMES.get(code, code)),
            Line("introduction"),
            Line("state", said=lambda value: label_of(State, value)),
            Line("approved_on"),
        ),
        restoring=Restoring(("title", "introduction"), _may_edit, _rewrite_plan),
    ),
    Part(
        Axis,
        (Line("kind", said=lambda v: label_of(AxisKind, v)), Line("number"), Line("text")),
        within="plan_id",
        label=_("axis"),
        subject=_axis,
        ordered=True,
        restoring=Restoring(("text",), _may_edit, _rewrite_axis),
    ),
    Part(
        Activity,
        (Line("number"), Line("title"), Line("text")),
        within="plan_id",
        label=_("activity"),
        subject=_activity,
        ordered=True,
        restoring=Restoring(("title", "text"), _may_edit, _rewrite_activity),
    ),
    _links(ActivityAxis, "axis_id", _("serves the axes")),
    _links(ActivityOrganisation, "organisation_id", _("responsible organisations")),
    _links(ActivityUnit, "unit_id", _("responsible units")),
    _links(ActivityTheme, "theme_id", _("themes")),
    _links(ActivityTarget, "target_id", _("SDG targets")),
)


def _unit(plan: Plan) -> Unit:
    return plan.unit


declare(
    RecordKind(
        Plan,
        _("work plan"),
        queries.visible_to,
        _around_plan,
        history=HISTORY,
        discussed=True,
        unit_of=_unit,
    ),
    RecordKind(Activity, _("activity"), _activities_visible_to, _around_activity),
)
