"""VCALENDAR: the frame around the events, with its name (RFC 7986) and its time zones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from .events import Row
from .text import line, text
from .zones import UNIVERSAL, vtimezone

_FIRST_YEAR = 2018
_YEARS_AHEAD = 3


def calendar(
    *, name: str, language: str, zone: str, events: Sequence[Row], pieces: Iterable[str],
    address: str = "",
) -> str:  # fmt: skip
    """The whole calendar. `pieces` are its rendered components; `events` tell which zones it needs.

    `address` is where it is published (left out for a secret address), `zone` the network's.
    """
    return "".join(
        (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mutirao//Calendar 1.0//PT\r\n"
            "CALSCALE:GREGORIAN\r\n",
            line(f"NAME;LANGUAGE={language}", text(name)),
            line("X-WR-CALNAME", text(name)),
            line("X-WR-TIMEZONE", zone),
            line("SOURCE;VALUE=URI", address) if address else "",
            # A calendar of cities changes seldom; asking four times a day costs next to nothing.
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\nCOLOR:teal\r\n",
            *_zones(events),
            *pieces,
            "END:VCALENDAR\r\n",
        )
    )


def _zones(events: Sequence[Row]) -> list[str]:
    """The zones of the events that have hours, each for the years it is used in and some more.

    Some programs keep the first definition of a zone they meet: it should serve the next feed too.
    """
    usual = (_FIRST_YEAR, timezone.now().year + _YEARS_AHEAD)
    years: dict[str, tuple[int, int]] = {}
    for event in events:
        if event.starts_at is None or event.time_zone in UNIVERSAL:
            continue
        first, last = years.get(event.time_zone, usual)
        years[event.time_zone] = (min(first, event.starts_on.year), max(last, event.ends_on.year))
    return [vtimezone(zone, *years[zone]) for zone in sorted(years)]
