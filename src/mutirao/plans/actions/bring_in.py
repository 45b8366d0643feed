"""A reviewed reading becomes a plan: axes, activities and calendar entries, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.intake.models import Draft
from mutirao.meetings import actions as meetings
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit

from ..models import Activity, Axis, Plan
from .proposing import proposal_of

_EVENT_TEXTS = ("title", "description", "place", "country", "role")


@transaction.atomic
def create_from_reading(
    *,
    unit: Unit,
    term: Term,
    presented_by: Organisation,
    content: Mapping[str, Any],
    document: Draft | None,
    by: Actor,
) -> Plan:
    """Make a draft plan of what a person has checked.

    `content` is {"language", "title", "introduction", "axes": [{"kind", "number", "text"}],
    "activities": [{"number", "text", "title", "axes": [index into axes]}], "events": [{"title",
    "start", "end", "month", "date_confirmed", "place", "country", "description", "role"}]}; dates
    are ISO, `month` is "YYYY-MM"; missing keys and None count as empty.
    Raises PermissionDenied, or ValidationError saying which part is wrong; then nothing is saved.
    """
    plan = Plan(
        unit=unit,
        term=term,
        presented_by=presented_by,
        document=document,
        proposal=proposal_of(by, unit, term),
    )
    if not rules.test_rule("plans.write_plan", by, plan):
        raise PermissionDenied
    plan.title = _text(content, "title")
    plan.language = _text(content, "language") or "pt"
    plan.introduction = _text(content, "introduction")
    _save(plan, _("The plan"))
    axes = [_axis(plan, item, n) for n, item in enumerate(content.get("axes") or [])]
    for n, item in enumerate(content.get("activities") or []):
        _activity(plan, item, n, axes)
    for n, item in enumerate(content.get("events") or []):
        _event(plan, item, n, by)
    return plan


def _text(item: Mapping[str, Any], key: str) -> str:
    return str(item.get(key) or "").strip()


def _save(record: Any, where: str) -> None:
    """Validate and save; errors say which part of the document they are about."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise _said_of(where, error) from error
    record.save()


def _said_of(where: str, error: ValidationError) -> ValidationError:
    return ValidationError(f"{where}: {'; '.join(error.messages)}")


def _axis(plan: Plan, item: Mapping[str, Any], position: int) -> Axis:
    axis = Axis(
        plan=plan,
        kind=_text(item, "kind") or "action",
        number=_text(item, "number"),
        text=_text(item, "text"),
        position=position,
    )
    _save(axis, _("Axis %(n)s") % {"n": position + 1})
    return axis


def _activity(plan: Plan, item: Mapping[str, Any], position: int, axes: list[Axis]) -> None:
    where = _("Activity %(n)s") % {"n": position + 1}
    activity = Activity(
        plan=plan,
        number=_text(item, "number"),
        title=_text(item, "title"),
        text=_text(item, "text"),
        position=position,
    )
    _save(activity, where)
    served = item.get("axes") or []
    if any(not isinstance(n, int) or not 0 <= n < len(axes) for n in served):
        raise ValidationError(f"{where}: " + _("it serves an axis that is not in the plan."))
    activity.axes.set([axes[n] for n in served])


def _event(plan: Plan, item: Mapping[str, Any], position: int, by: Actor) -> None:
    where = _("Calendar entry %(n)s") % {"n": position + 1}
    start, end, month = _days(item, where)
    fields = {
        **{name: _text(item, name) for name in _EVENT_TEXTS},
        "unit": plan.unit,
        "organisation": plan.presented_by,
        "language": plan.language,
        "starts_on": start,
        "ends_on": end,
        "month": month,
        "date_confirmed": bool(item.get("date_confirmed")) and start is not None,
    }
    try:
        Event(**fields).clean_fields()
        meetings.create_event(by=by, source=plan, **fields)
    except ValidationError as error:
        raise _said_of(where, error) from error


def _days(item: Mapping[str, Any], where: str) -> tuple[date | None, date | None, date | None]:
    """First day, last day and month of an entry; a day makes its month superfluous."""
    try:
        start, end = (_day(_text(item, key)) for key in ("start", "end"))
        month = _day(f"{_text(item, 'month')}-01") if _text(item, "month") else None
    except ValueError as error:
        raise ValidationError(f"{where}: " + _("a date is not a real day.")) from error
    if start is None:
        return None, None, month
    return start, end or start, None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
