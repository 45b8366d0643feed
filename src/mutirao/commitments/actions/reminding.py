"""Reminders before and after the day something was promised for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mutirao.core.happenings import tell
from mutirao.core.states import Visibility
from mutirao.network.queries import deciders, leaders_of
from mutirao.notices.actions import remind_once

from ..models import Commitment
from ..states import OPEN

BEFORE = (14, 3, 0)  # days
AFTER = (1, 7, 30)


def remind(*, today: date | None = None) -> int:
    """Remind of what is due in 14 and 3 days and today, and of what is 1, 7 and 30 days late.

    Each step once for each due date; a step missed while no worker ran is made up for by the next
    one. Drafts are nobody's promise yet. Returns how many reminders were given.
    """
    today = today or timezone.localdate()
    due = Commitment.objects.filter(
        state__in=OPEN,
        due_on__range=(today - timedelta(days=AFTER[-1] + 7), today + timedelta(days=BEFORE[0])),
    ).exclude(visibility=Visibility.DRAFT)
    return sum(_remind(item, today) for item in due.select_related("owner", "unit", "term"))


def _step(days_left: int) -> str | None:
    """The step a commitment stands at: the last one reached. None before the first."""
    if days_left >= 0:
        reached = [days for days in BEFORE if days_left <= days]
        return f"before-{min(reached)}" if reached else None
    late = [days for days in AFTER if -days_left >= days]
    return f"late-{max(late)}" if late else None


@transaction.atomic
def _remind(item: Commitment, today: date) -> bool:
    assert item.due_on is not None
    step = _step((item.due_on - today).days)
    if step is None or not remind_once([f"commitment:{item.pk}:{step}:{item.due_on}"]):
        return False
    people = set(_in_charge(item))
    kind = "commitments.late" if step.startswith("late") else "commitments.due"
    tell(kind, people=people, record=item, due=item.due_on)
    if kind == "commitments.late" and item.unit is not None and item.term is not None:
        tell(
            "commitments.unit_late",
            people=set(leaders_of(item.unit, item.term)) - people,
            record=item,
            owner=item.owner.display,
            due=item.due_on,
        )
    return True


def _in_charge(item: Commitment) -> Iterator[int]:
    """The people named or, without any, those who decide for its owner."""
    named = list(item.people.values_list("pk", flat=True))
    yield from named or deciders(item.owner).values_list("person_id", flat=True)
