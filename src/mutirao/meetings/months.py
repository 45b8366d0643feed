"""A month as a wall calendar shows it: weeks of days, with bars for what lasts several days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names

from mutirao.core.templatetags.mutirao import babel_locale

from .models import Event

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """An event on one day. `part`: "only", or "start", "middle", "end" of a bar.

    `width` is for how many days its name is written from here: the bar's rest of the week; 0
    where the name already stands to the left.
    """

    event: Event
    part: str
    width: int


@dataclass
class Day:
    """A day with its entries; None keeps a lane free so that bars stay in line."""

    day: date
    inside: bool
    today: bool
    entries: list[Entry | None] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """The weeks from `first` (of the first week) to `last`, around the month of `start`."""

    start: date
    end: date
    first: date
    last: date

    @property
    def previous(self) -> date | None:
        return (self.start - _DAY).replace(day=1) if self.start.year > 1 else None

    @property
    def next(self) -> date | None:
        return self.end + _DAY if self.end.year < 9999 else None


def read(text: str, today: date) -> date:
    """The month of "2018-06" (its first day); this month when it cannot be read."""
    match = _MONTH.fullmatch(text)
    if match and 1900 <= int(match[1]) <= 2200 and 1 <= int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), 1)
    return today.replace(day=1)


def month_of(start: date) -> Month:
    """The month that begins on `start`, with the whole weeks it touches.

    Weeks begin where the reader's locale begins them (Unicode CLDR: Sunday in Brazil).
    """
    end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
    lead = (start.weekday() - _first_weekday()) % 7
    first = start - lead * _DAY
    length = (end - first).days + 1
    return Month(start, end, first, first + (length + (-length) % 7 - 1) * _DAY)


def _first_weekday() -> int:
    return _week_of(babel_locale())


@lru_cache
def _week_of(locale: str) -> int:
    return Locale.parse(locale).first_week_day


def weekdays() -> list[tuple[str, str]]:
    """(short, full) names of the days of a week, in the reader's order."""
    locale = babel_locale()
    short, full = get_day_names("abbreviated", locale=locale), get_day_names("wide", locale=locale)
    order = [(_first_weekday() + n) % 7 for n in range(7)]
    return [(short[n].rstrip("."), full[n]) for n in order]


def weeks(month: Month, events: Iterable[Event], today: date) -> list[list[Day]]:
    """The month's weeks with the events laid into them."""
    dated = [event for event in events if event.starts_on]
    found, first = [], month.first
    while first <= month.last:
        found.append(_week(month, first, dated, today))
        first += 7 * _DAY
    return found


def _week(month: Month, first: date, events: Sequence[Event], today: date) -> list[Day]:
    week = [
        Day(day, month.start <= day <= month.end, day == today)
        for day in (first + n * _DAY for n in range(7))
    ]
    touching = [event for event in events if _span(event, first)]
    for event in sorted(touching, key=_order):
        _lay(event, week, first)
    return week


def _order(event: Event) -> tuple:
    """What lasts several days is laid first: the bars lie on top, without holes between them."""
    hour = event.starts_at.isoformat() if event.starts_at else ""
    return (not event.several_days, event.starts_on, hour, event.pk)


def _span(event: Event, first: date) -> range:
    """The places in the week that begins on `first` which the event takes."""
    begin, end = event.starts_on, event.ends_on
    if begin is None or end is None:
        return range(0)
    return range(max(0, (begin - first).days), min(6, (end - first).days) + 1)


def _lay(event: Event, week: list[Day], first: date) -> None:
    """Put the event on its days of this week: a bar into the highest free lane, else below all."""
    span = _span(event, first)
    lane = _free_lane(week, span) if event.several_days else len(week[span.start].entries)
    for n in span:
        entries = week[n].entries
        entries.extend([None] * (lane + 1 - len(entries)))
        width = len(span) if n == span.start else 0
        entries[lane] = Entry(event, _part(event, week[n].day), width)


def _free_lane(week: list[Day], span: range) -> int:
    lane = 0
    while any(len(week[n].entries) > lane and week[n].entries[lane] for n in span):
        lane += 1
    return lane


def _part(event: Event, day: date) -> str:
    if not event.several_days:
        return "only"
    return {event.starts_on: "start", event.ends_on: "end"}.get(day, "middle")
