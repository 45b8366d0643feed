"""When an event is, in words: at its place and where the reader is.

Everything is in the reader's language; the reader's zone is Django's current one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_interval, format_skeleton, get_timezone_location
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.templatetags.mutirao import babel_locale

from .models import Event


@dataclass(frozen=True)
class Block:
    """The day block of a list: `big` over `small`, and `iso` for machines ("" without a day)."""

    big: str
    small: str
    iso: str


def block(event: Event, today: date | None = None) -> Block:
    """The block of an event: "13–16" over "jun", with the year when it is not this one."""
    today = today or timezone.localdate()
    if event.starts_on is None:
        return _block_without_day(event)
    first, last = event.starts_on, event.ends_on or event.starts_on
    big = str(first.day) if first == last else f"{first.day}–{last.day}"
    small = _month(first)
    if (first.year, first.month) != (last.year, last.month):
        small = f"{small}–{_month(last)}"
    return Block(big, _with_year(small, last, today), first.isoformat())


def _block_without_day(event: Event) -> Block:
    if event.month is None:
        return Block("?", _("no date yet"), "")
    return Block(_month(event.month), str(event.month.year), "")


def _month(day: date) -> str:
    """jun, dez: short, without the point some languages put after it."""
    return format_date(day, "LLL", locale=babel_locale()).rstrip(".")


def _with_year(text: str, day: date, today: date) -> str:
    return text if day.year == today.year else f"{text} {day.year}"


def days(event: Event) -> str:
    """The days in full: "13–16 de junho de 2018", "junho de 2018, dia a confirmar"."""
    if event.starts_on is None:
        if event.month is None:
            return _("Date to be announced")
        month = format_skeleton("yMMMM", event.month, locale=babel_locale())
        return _("%(month)s, day to be confirmed") % {"month": month}
    if event.ends_on is None or event.ends_on == event.starts_on:
        return format_date(event.starts_on, "full", locale=babel_locale())
    return _span(event.starts_on, event.ends_on)


def _span(first: date, last: date) -> str:
    """13–16 de junho de 2018. CLDR's own intervals know short months only.

    The long date of the three languages begins with the day.
    """
    locale = babel_locale()
    end = format_date(last, "long", locale=locale)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{format_skeleton('MMMMd', first, locale=locale)} – {end}"
    return f"{format_date(first, 'long', locale=locale)} – {end}"


def short_days(event: Event) -> str:
    """The days for a table: "seg., 16 de abr. de 2018", "13–16 de jun. de 2018"."""
    if event.starts_on is None:
        return days(event)
    if event.several_days:
        return format_interval(event.starts_on, event.ends_on, "yMMMd", locale=babel_locale())
    return format_skeleton("yMMMEd", event.starts_on, locale=babel_locale())


def hours(event: Event) -> str:
    """The hours at the place, "10:00–12:00"; empty when it lasts whole days."""
    if event.starts_at is None:
        return ""
    start = event.starts_at.strftime("%H:%M")
    return f"{start}–{event.ends_at.strftime('%H:%M')}" if event.ends_at else start


def readers_hours(event: Event) -> str:
    """The same hours where the reader is, with the day when it is another one.

    Empty when the event has no hours or the reader's clock shows the same.
    """
    begins, ends = event.begins, event.ends
    if begins is None or ends is None:
        return ""
    here, until = timezone.localtime(begins), timezone.localtime(ends)
    if here.utcoffset() == begins.utcoffset():
        return ""
    start = _hour(here, begins.date())
    return f"{start}–{_hour(until, here.date())}" if event.ends_at else start


def _hour(moment: datetime, expected: date) -> str:
    """10:00, or 01:00 (14 jun) when the day is not the one the reader expects."""
    text = moment.strftime("%H:%M")
    if moment.date() == expected:
        return text
    return f"{text} ({format_skeleton('MMMd', moment.date(), locale=babel_locale())})"


@lru_cache(maxsize=2048)
def _city(zone: str, locale: str) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)


def zone_city(zone: str) -> str:
    """The city a time zone is known by, in the reader's language: "Montevidéu"."""
    return _city(zone, babel_locale())


def readers_city() -> str:
    """The city of the reader's time zone."""
    return zone_city(timezone.get_current_timezone_name())
