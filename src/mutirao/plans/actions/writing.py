"""Writing a plan: its own words, its axes and its activities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit
from mutirao.topics.models import Target, Theme

from ..models import Activity, Axis, Plan
from ..states import State
from .lock import for_following, for_writing, fresh, next_position, saved, shifted
from .proposing import proposal_of

UP, DOWN = -1, 1


@transaction.atomic
def create_plan(
    *, unit: Unit, term: Term, presented_by: Organisation, title: str, by: Actor, **fields: Any
) -> Plan:
    """Begin a plan from nothing; `fields` are `language` and `introduction`.

    Raises PermissionDenied, or ValidationError by field.
    """
    words = {"unit": unit, "term": term, "presented_by": presented_by, "title": title, **fields}
    plan = Plan(**words, proposal=proposal_of(by, unit, term))
    if not rules.test_rule("plans.write_plan", by, plan):
        raise PermissionDenied
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # one at a time
    if same := Plan.objects.filter(**words, state=State.DRAFT).first():
        return same  # the form was sent twice
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def edit_plan(*, plan: Plan, version: int, by: Actor, **fields: Any) -> Plan:
    """Change title, language or introduction. Raises Conflict, NotAllowed, PermissionDenied."""
    for_writing(plan, by)
    return saved(fresh(plan, version), fields)


@transaction.atomic
def delete_plan(*, plan: Plan, by: Actor) -> None:
    """Take away a draft that nobody has worked on yet.

    Raises NotAllowed once it was ever submitted, or has commitments.
    """
    current = for_writing(plan, by)
    if current.moves.exists() or _has_commitments(current.activities.all()):
        raise NotAllowed(_("A plan that was submitted or has commitments stays on record."))
    current.events.all().delete()
    current.delete()


@transaction.atomic
def add_axis(*, plan: Plan, by: Actor, **fields: Any) -> Axis:
    """Append an axis; `fields` are `kind`, `number` and `text`.

    A form sent twice (a lost answer, a page loaded again) makes one; so it is with every part.
    """
    current = for_writing(plan, by)
    if same := current.axes.filter(**fields).first():
        return same
    axis = Axis(plan=current, position=next_position(current.axes.all()), **fields)
    axis.full_clean()
    axis.save()
    return axis


@transaction.atomic
def edit_axis(*, axis: Axis, version: int, by: Actor, **fields: Any) -> Axis:
    """Change an axis read at `version`. Raises Conflict, NotAllowed, PermissionDenied."""
    for_writing(axis.plan, by)
    return saved(fresh(axis, version), fields)


@transaction.atomic
def delete_axis(*, axis: Axis, by: Actor) -> None:
    """Take an axis out; activities that served it stay."""
    for_writing(axis.plan, by)
    axis.delete()


@transaction.atomic
def move_axis(*, axis: Axis, step: int, by: Actor) -> None:
    """Move an axis up (-1) or down (+1) among those of its kind."""
    plan = for_writing(axis.plan, by)
    rows = list(plan.axes.filter(kind=axis.kind).order_by("position", "pk"))
    shifted(rows, axis, step)


@transaction.atomic
def add_activity(*, plan: Plan, by: Actor, axes: Iterable[Axis] = (), **fields: Any) -> Activity:
    """Append an activity; `fields` are `number`, `title` and `text`."""
    current = for_writing(plan, by)
    if same := current.activities.filter(**fields).first():
        return same
    activity = Activity(plan=current, position=next_position(current.activities.all()), **fields)
    activity.full_clean()
    activity.save()
    activity.axes.set(_own(current, axes))
    return activity


@transaction.atomic
def edit_activity(
    *, activity: Activity, version: int, by: Actor, axes: Iterable[Axis], **fields: Any
) -> Activity:
    """Change an activity's words and the axes it serves, as read at `version`.

    Raises Conflict, NotAllowed, PermissionDenied; ValidationError for an axis of another plan.
    """
    plan = for_writing(activity.plan, by)
    return saved(fresh(activity, version), fields, {"axes": _own(plan, axes)})


@transaction.atomic
def tag_activity(
    *,
    activity: Activity,
    version: int,
    by: Actor,
    themes: Iterable[Theme],
    targets: Iterable[Target],
    organisations: Iterable[Organisation],
    units: Iterable[Unit],
) -> Activity:
    """Say what an activity is about and who is responsible; also while the plan is in progress."""
    for_following(activity.plan, by)
    links = {
        "themes": themes,
        "targets": targets,
        "organisations": organisations,
        "units": units,
    }
    return saved(fresh(activity, version), {}, links)


@transaction.atomic
def delete_activity(*, activity: Activity, by: Actor) -> None:
    """Take an activity out. Raises NotAllowed while commitments hang on it."""
    plan = for_writing(activity.plan, by)
    if _has_commitments(plan.activities.filter(pk=activity.pk)):
        raise NotAllowed(_("This activity has commitments, so it cannot be deleted."))
    activity.delete()


@transaction.atomic
def move_activity(*, activity: Activity, step: int, by: Actor) -> None:
    """Move an activity up (-1) or down (+1) in its plan."""
    plan = for_writing(activity.plan, by)
    shifted(list(plan.activities.order_by("position", "pk")), activity, step)


def _own(plan: Plan, axes: Iterable[Axis]) -> list[Axis]:
    """The axes, if all are of this plan: a forged form may name another's."""
    chosen = list(axes)
    if any(axis.plan_id != plan.pk for axis in chosen):
        raise ValidationError({"axes": _("An axis of another plan cannot be served here.")})
    return chosen


def _has_commitments(activities: Any) -> bool:
    return activities.filter(commitments__isnull=False).exists()
