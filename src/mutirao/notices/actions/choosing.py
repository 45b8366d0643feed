"""How and when a person wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mutirao.accounts.models import User
from mutirao.core.happenings import KINDS

from ..models import Choice, Habits, Notice
from ..states import MAILED, Way


@transaction.atomic
def save_choices(*, person: User, ways: Mapping[str, str]) -> None:
    """Keep how the person wants to be told of each kind (key → way).

    What must be told, and kinds nobody knows, are left as they are. What waits to be mailed
    follows the new choice.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one form after the other
    for key, way in ways.items():
        kind = KINDS.get(key)
        if kind is None or kind.must or way not in Way.values:
            continue
        before = _set(person, key, way)
        if way != before:
            waiting = Notice.objects.filter(person=person, kind=key, mailed_at=None)
            waiting.update(way=Way.PAGE if way == Way.OFF else way)


def _set(person: User, key: str, way: str) -> str:
    """Keep one choice; returns what held before. The default is not kept: it may change."""
    default = KINDS[key].default
    row = Choice.objects.filter(person=person, kind=key).first()
    before = row.way if row else default
    if way == default:
        Choice.objects.filter(person=person, kind=key).delete()
    elif way != before:
        Choice.objects.update_or_create(person=person, kind=key, defaults={"way": way})
    return before


@transaction.atomic
def save_habits(*, person: User, **values: Any) -> Habits:
    """Keep when the person wants mail; `values` are fields of `Habits`."""
    habits, _new = Habits.objects.update_or_create(person=person, defaults=values)
    return habits


@transaction.atomic
def stop(*, person: User, what: str) -> dict[str, str]:
    """No more mail of a kind, or of a way ("now", "daily", "weekly"); it stays in the page.

    Returns what held before for each kind that changed, for `take_back`. What must be told is
    left as it is.
    """
    chosen = dict(Choice.objects.filter(person=person).values_list("kind", "way"))
    held = {key: chosen.get(key, kind.default) for key, kind in KINDS.items() if not kind.must}
    if what in MAILED:
        before = {key: way for key, way in held.items() if way == what}
    else:
        before = {key: way for key, way in held.items() if key == what and way in MAILED}
    save_choices(person=person, ways=dict.fromkeys(before, Way.PAGE))
    return before


def take_back(*, person: User, before: Mapping[str, str]) -> None:
    """Undo `stop`."""
    save_choices(person=person, ways=before)
