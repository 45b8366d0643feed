"""VTIMEZONE from the IANA rules (RFC 5545, 3.6.5), for the years a feed speaks of.

Each change of the clock is an observance of its own, without RRULE or RDATE: rules of the past
are not regular in America, and every reader understands single changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .text import line, local

# No zone has changed its clock twice within less.
_STEP = timedelta(days=10)
UNIVERSAL = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Zulu", "UCT", "Universal"})


@lru_cache(maxsize=512)
def vtimezone(zone: str, first_year: int, last_year: int) -> str:
    """The component of `zone`, right for every moment of those years at that place."""
    tz = ZoneInfo(zone)
    # A day more at both ends: the year begins at another moment there.
    start = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC) + timedelta(days=1)
    parts = [_observance(start, start, tz)]
    parts += [_observance(before, after, tz) for before, after in _changes(tz, start, end)]
    return "".join(("BEGIN:VTIMEZONE\r\n", line("TZID", zone), *parts, "END:VTIMEZONE\r\n"))


def _changes(tz: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """(last second before, first second after) of each change of offset, in UTC."""
    here = start
    while here < end:
        there = here + _STEP
        if _offset(here, tz) != _offset(there, tz):
            yield _narrowed(here, there, tz)
        here = there


def _narrowed(before: datetime, after: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(middle, tz) == _offset(before, tz):
            before = middle
        else:
            after = middle
    return before, after


def _offset(moment: datetime, tz: ZoneInfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()


def _observance(before: datetime, after: datetime, tz: ZoneInfo) -> str:
    """From `after` on; its start is written in the clock that held before."""
    now = after.astimezone(tz)
    kind = "DAYLIGHT" if now.dst() else "STANDARD"
    onset = (after + _offset(before, tz)).replace(tzinfo=None)
    return (
        f"BEGIN:{kind}\r\n"
        f"DTSTART:{local(onset)}\r\n"
        f"TZOFFSETFROM:{_hours(_offset(before, tz))}\r\n"
        f"TZOFFSETTO:{_hours(_offset(after, tz))}\r\n"
        f"TZNAME:{now.tzname()}\r\n"
        f"END:{kind}\r\n"
    )


def _hours(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02}{seconds % 3600 // 60:02}"
    return f"{text}{seconds % 60:02}" if seconds % 60 else text
