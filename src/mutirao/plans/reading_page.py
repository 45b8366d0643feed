"""A plan with its parts, as its page and its papers show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mutirao.commitments.queries import STANDINGS
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.states import Office

from . import queries
from .models import Activity, Axis, Plan
from .states import AxisKind


@dataclass
class AxisGroup:
    """The axes of one kind, in order."""

    kind: str
    axes: list[Axis]


@dataclass
class PlanPage:
    """Four queries, however long the plan: axes, activities, commitments, events."""

    plan: Plan
    groups: list[AxisGroup]
    activities: list[Activity]
    events: list[Event]
    counts: dict[str, int]

    @classmethod
    def of(cls, plan: Plan, actor: Actor) -> PlanPage:
        """What `actor` sees of the plan, which comes from `queries.for_page`."""
        axes = list(queries.axes_of(plan))
        activities = queries.activities_of(plan, actor)
        _name_axes(activities, axes)
        groups = [
            AxisGroup(kind, [axis for axis in axes if axis.kind == kind])
            for kind in AxisKind.values
        ]
        return cls(
            plan=plan,
            groups=[group for group in groups if group.axes],
            activities=activities,
            events=list(queries.events_of(plan, actor)),
            counts=_counts(activities),
        )

    @property
    def leaders(self) -> list[dict[str, str]]:
        return [
            row
            for row in self.plan.coordination  # type: ignore[attr-defined]
            if row["office"] != Office.SUB_COORDINATOR
        ]

    @property
    def sub_coordinators(self) -> list[dict[str, str]]:
        return [
            row
            for row in self.plan.coordination  # type: ignore[attr-defined]
            if row["office"] == Office.SUB_COORDINATOR
        ]


def _name_axes(activities: list[Activity], axes: list[Axis]) -> None:
    """Give each activity `axes_shown`, and each axis `activities_shown`."""
    by_pk = {axis.pk: axis for axis in axes}
    for axis in axes:
        axis.activities_shown = []  # type: ignore[attr-defined]
    for activity in activities:
        activity.axes_shown = [by_pk[pk] for pk in activity.served]  # type: ignore[attr-defined]
        for axis in activity.axes_shown:  # type: ignore[attr-defined]
            axis.activities_shown.append(activity)


def _counts(activities: list[Activity]) -> dict[str, int]:
    """Keys as in `commitments.queries.standing_counts`, counted from what is shown."""
    found = Counter(
        commitment.standing
        for activity in activities
        for commitment in activity.commitments_shown  # type: ignore[attr-defined]
    )
    return {**{str(name): found[name] for name in STANDINGS}, "total": found.total()}
