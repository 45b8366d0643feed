"""When an event is, in words."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from mutirao.meetings import when
from mutirao.meetings.models import Event


def _event(**fields: object) -> Event:
    return Event(title="E", time_zone="America/Sao_Paulo", **fields)


def _days(first: date, last: date | None = None) -> Event:
    return _event(starts_on=first, ends_on=last or first)


@pytest.mark.parametrize(
    ("event", "big", "small"),
    [
        (_days(date(2026, 6, 13)), "13", "jun"),
        (_days(date(2026, 6, 13), date(2026, 6, 16)), "13–16", "jun"),
        (_days(date(2026, 4, 28), date(2026, 5, 2)), "28–2", "abr–mai"),
        (_days(date(2018, 6, 13)), "13", "jun 2018"),
        (_event(month=date(2026, 8, 1)), "ago", "2026"),
        (_event(), "?", "sem data"),
    ],
)
def test_block_says_days_over_month(event: Event, big: str, small: str) -> None:
    with translation.override("pt-br"):
        block = when.block(event, date(2026, 6, 10))
    assert (block.big, block.small) == (big, small)


@pytest.mark.parametrize(
    ("language", "event", "words"),
    [
        ("pt-br", _days(date(2018, 6, 13)), "quarta-feira, 13 de junho de 2018"),
        ("pt-br", _days(date(2018, 6, 13), date(2018, 6, 16)), "13–16 de junho de 2018"),
        ("es", _days(date(2018, 4, 28), date(2018, 5, 2)), "28 de abril – 2 de mayo de 2018"),
        (
            "en",
            _days(date(2018, 12, 30), date(2019, 1, 2)),
            "30 December 2018 – 2 January 2019",
        ),
        ("es", _event(month=date(2018, 8, 1)), "agosto de 2018, día por confirmar"),
        ("pt-br", _event(), "Data a anunciar"),
    ],
)
def test_days_are_written_out(language: str, event: Event, words: str) -> None:
    with translation.override(language):
        assert when.days(event) == words


def test_hours_are_those_of_the_place() -> None:
    day = date(2026, 6, 13)
    assert when.hours(_days(day)) == ""
    assert when.hours(_event(starts_on=day, ends_on=day, starts_at=time(9))) == "09:00"
    whole = _event(starts_on=day, ends_on=day, starts_at=time(9), ends_at=time(17, 30))
    assert when.hours(whole) == "09:00–17:30"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Montevideo", ""),
        ("America/Lima", "07:00–15:30"),
        ("Asia/Tokyo", "21:00–05:30 (14 Jun)"),
        ("Pacific/Kiritimati", "02:00 (14 Jun)–10:30"),
    ],
)
def test_readers_hours_are_those_of_the_reader(zone: str, words: str) -> None:
    day = date(2026, 6, 13)
    event = _event(starts_on=day, ends_on=day, starts_at=time(9), ends_at=time(17, 30))
    with timezone.override(ZoneInfo(zone)):
        assert when.readers_hours(event) == words


def test_readers_hours_follow_the_clock_of_that_day() -> None:
    """Santiago is an hour behind São Paulo in June and with it in January."""
    for month, words in ((6, "08:00"), (1, "")):
        day = date(2026, month, 13)
        event = _event(starts_on=day, ends_on=day, starts_at=time(9))
        with timezone.override(ZoneInfo("America/Santiago")):
            assert when.readers_hours(event) == words


def test_zone_city_is_in_the_readers_language() -> None:
    with translation.override("pt-br"):
        assert when.zone_city("America/Montevideo") == "Montevidéu"
    with translation.override("es"):
        assert when.zone_city("America/Montevideo") == "Montevideo"
