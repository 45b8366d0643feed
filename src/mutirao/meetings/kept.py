"""What each web process keeps of the calendar: rendered feeds, pages and choices of filters.

Whatever is kept carries the calendar's state at its making, and holds while the state does.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

# In plain SQL: the ORM would take four times as long to put the question as PostgreSQL to answer.
# Counting is exact where the newest id of a history is not: a slower transaction may come in
# below it.
_STATE = (
    "SELECT count(*), max(id), sum(version), max(updated_at),"
    " (SELECT max(pgh_id) FROM network_unitevent) FROM meetings_event"
)
# Labels of themes and names of hosts change without touching an event; they wait this long.
SECONDS = 60

Kind = TypeVar("Kind")
State = tuple


def calendar_state() -> State:
    """Something that differs whenever an event changes, comes or goes, or a unit does.

    One query. Its fourth part is the time of the newest change of an event, or None.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return cursor.fetchone()


class Kept(Generic[Kind]):
    """At most `most` results, the longest kept giving way to new ones."""

    def __init__(self, most: int, seconds: int = SECONDS) -> None:
        self._most, self._seconds, self._lock = most, seconds, Lock()
        self._slots: OrderedDict[Hashable, tuple[Hashable, float, Kind]] = OrderedDict()

    def get(self, slot: Hashable, state: Hashable) -> Kind | None:
        """What was kept in `slot` in the same state, if it is not too old."""
        with self._lock:
            found = self._slots.get(slot)
        if found is None or found[0] != state or found[1] < time.monotonic():
            return None
        return found[2]

    def put(self, slot: Hashable, state: Hashable, value: Kind) -> Kind:
        """Keep `value` and give it back."""
        with self._lock:
            self._slots[slot] = (state, time.monotonic() + self._seconds, value)
            self._slots.move_to_end(slot)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._slots.clear()
