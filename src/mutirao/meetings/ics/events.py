"""VEVENT (RFC 5545, 3.6.1) of an event and of a commitment's due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from mutirao.core.states import Visibility

from .text import day, line, local, text, texts, utc
from .zones import UNIVERSAL


@dataclass(frozen=True)
class Labels:
    """The words of one language. `page` is an event's address with {pk} and {slug}."""

    page: str
    roles: Mapping[str, str]
    units: Mapping[int, str]
    countries: Mapping[str, str]
    themes: Mapping[int, str]
    online: str
    website: str
    cancelled: str
    due: str
    by_event: Mapping[int, Sequence[int]] = field(default_factory=dict)


class Row(NamedTuple):
    """The fields of an `Event` that a feed tells, as they come from the database.

    Making 500 records of the model costs more than writing them.
    """

    pk: int
    uid: UUID
    version: int
    updated_at: datetime
    title: str
    description: str
    language: str
    starts_on: date
    ends_on: date
    starts_at: time | None
    ends_at: time | None
    time_zone: str
    date_confirmed: bool
    cancelled: bool
    visibility: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    online: bool
    website: str
    role: str
    unit_id: int | None


def vevent(event: Row, slug: str, labels: Labels) -> str:
    """The component of an event whose day is known; `slug` is that of its page."""
    changed = utc(event.updated_at)
    parts = [
        "BEGIN:VEVENT\r\n",
        f"UID:{event.uid}\r\n",
        # Without METHOD, DTSTAMP is the moment of the last revision (3.8.7.2).
        f"DTSTAMP:{changed}\r\n",
        f"LAST-MODIFIED:{changed}\r\n",
        f"SEQUENCE:{event.version}\r\n",
        *_times(event),
        line(f"SUMMARY;LANGUAGE={_tag(event.language)}", text(event.title)),
        *_about(event, labels),
        *_where(event, labels),
        line("URL", labels.page.format(pk=event.pk, slug=slug)),
        *_standing(event),
        "END:VEVENT\r\n",
    ]
    return "".join(parts)


def _tag(language: str) -> str:
    return "pt-BR" if language == "pt" else language


def _times(event: Row) -> list[str]:
    """DTSTART and DTEND. Whole days end on the day after the last (3.6.1: not included)."""
    first, last = event.starts_on, event.ends_on
    if event.starts_at is None:
        after = last + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{day(first)}\r\n", f"DTEND;VALUE=DATE:{day(after)}\r\n"]
    begin = datetime.combine(first, event.starts_at)
    end = _end(last, event.ends_at, several=first != last)
    times = [_moment("DTSTART", begin, event.time_zone)]
    return [*times, _moment("DTEND", end, event.time_zone)] if end and end > begin else times


def _end(last: date, hour: time | None, *, several: bool) -> datetime | None:
    """Without an hour: nothing for one day, the end of the last day for several."""
    if hour is not None:
        return datetime.combine(last, hour)
    return datetime.combine(last, time(23, 59)) if several else None


def _moment(name: str, moment: datetime, zone: str) -> str:
    if zone in UNIVERSAL:
        return f"{name}:{local(moment)}Z\r\n"
    return line(f"{name};TZID={zone}", local(moment))


def _about(event: Row, labels: Labels) -> list[str]:
    notes = [
        labels.cancelled if event.cancelled else "",
        labels.roles.get(event.role, ""),
        f"{labels.website}: {event.website}" if event.website else "",
    ]
    body = "\n\n".join(filter(None, (event.description, "\n".join(filter(None, notes)))))
    words = [labels.themes[theme] for theme in labels.by_event.get(event.pk, ())]
    if event.unit_id is not None and event.unit_id in labels.units:
        words.insert(0, labels.units[event.unit_id])
    about = [line("DESCRIPTION", text(body))] if body else []
    return [*about, line("CATEGORIES", texts(words))] if words else about


def _where(event: Row, labels: Labels) -> list[str]:
    country = labels.countries.get(event.country, event.country)
    place = ", ".join(filter(None, (event.place, country, labels.online if event.online else "")))
    lines = [line("LOCATION", text(place))] if place else []
    if event.latitude is not None and event.longitude is not None:
        lines.append(f"GEO:{event.latitude:.6f};{event.longitude:.6f}\r\n")
    return lines


def _standing(event: Row) -> list[str]:
    status = "CONFIRMED" if event.date_confirmed else "TENTATIVE"
    return [
        f"STATUS:{'CANCELLED' if event.cancelled else status}\r\n",
        f"CLASS:{'PUBLIC' if event.visibility == Visibility.PUBLIC else 'PRIVATE'}\r\n",
        # A whole day of the network does not make anybody busy.
        f"TRANSP:{'TRANSPARENT' if event.starts_at is None or event.cancelled else 'OPAQUE'}\r\n",
    ]


def due_entry(
    uid: UUID, title: str, due_on: date, changed: datetime, version: int, url: str, labels: Labels
) -> str:
    """A due date as a whole-day entry: subscribed calendars ignore VTODO."""
    return "".join(
        (
            "BEGIN:VEVENT\r\n",
            f"UID:{uid}\r\n",
            f"DTSTAMP:{utc(changed)}\r\n",
            f"LAST-MODIFIED:{utc(changed)}\r\n",
            f"SEQUENCE:{version}\r\n",
            f"DTSTART;VALUE=DATE:{day(due_on)}\r\n",
            f"DTEND;VALUE=DATE:{day(due_on + timedelta(days=1))}\r\n",
            line("SUMMARY", text(f"{labels.due}: {title}")),
            line("URL", url),
            "STATUS:CONFIRMED\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
    )
