"""How every action takes hold of a plan: locked, its rule checked, its version compared."""

from __future__ import annotations

from typing import Any, TypeVar

import rules
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from mutirao.core.models import Conflict, NotAllowed, Versioned
from mutirao.network.acting import Actor

from ..models import Plan
from ..states import BEING_WRITTEN

Part = TypeVar("Part", bound=Versioned)


def locked(plan: Plan) -> Plan:
    """The plan as it stands, held until the transaction ends.

    Parts are written under their plan's lock too, so that no word changes while it is submitted.
    """
    return (
        Plan.objects.select_for_update(of=("self",)).select_related("unit", "term").get(pk=plan.pk)
    )


def for_writing(plan: Plan, by: Actor) -> Plan:
    """The locked plan, if the actor may change its words as it stands."""
    return _allowed(plan, by, "plans.edit_plan", _("This plan's text can no longer be changed."))


def for_following(plan: Plan, by: Actor) -> Plan:
    """The locked plan, if the actor may change tags, responsibles and commitments."""
    return _allowed(plan, by, "plans.follow_plan", _("This plan is not open for changes now."))


def _allowed(plan: Plan, by: Actor, rule: str, sentence: str) -> Plan:
    """Who may write but comes too late is told so; whoever may not write at all is refused."""
    current = locked(plan)
    if rules.test_rule(rule, by, current):
        return current
    as_draft = Plan(
        unit=current.unit,
        term=current.term,
        presented_by_id=current.presented_by_id,
        state=BEING_WRITTEN[0],
        proposal=current.proposal,
    )
    if rules.test_rule(rule, by, as_draft):
        raise NotAllowed(sentence)
    raise PermissionDenied


def fresh(part: Part, version: int) -> Part:
    """The part as it stands, locked; raises Conflict when it is no longer at `version`."""
    model: Any = type(part)
    current = model.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if current.version != version:
        raise Conflict(current)
    return current


def saved(record: Part, fields: dict[str, Any], links: dict[str, Any] | None = None) -> Part:
    """Write `fields`, then the many-to-many `links`, as one new version."""
    for name, value in fields.items():
        setattr(record, name, value)
    record.version += 1
    record.full_clean()
    record.save()
    for name, values in (links or {}).items():
        getattr(record, name).set(values)
    return record


def next_position(rows: models.QuerySet) -> int:
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1


def shifted(rows: list[Any], part: models.Model, step: int) -> None:
    """Move `part` one place up (-1) or down (+1) among `rows`; at the end it stays.

    Positions are written anew, since brought-in plans may have gaps.
    """
    order = [row.pk for row in rows]
    here = order.index(part.pk)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    by_pk = {row.pk: row for row in rows}
    for position, pk in enumerate(order):
        if by_pk[pk].position != position:
            by_pk[pk].position = position
            by_pk[pk].save(update_fields=["position"])
