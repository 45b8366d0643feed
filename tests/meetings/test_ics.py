"""iCalendar text: lines, zones and components (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vText
from icalendar.cal import Timezone

from mutirao.meetings.ics import text as lines
from mutirao.meetings.ics.zones import vtimezone


def test_text_escapes_separators_and_breaks() -> None:
    assert lines.text("a;b,c\\d\r\ne\u2028f") == "a\\;b\\,c\\\\d\\ne\\nf"


def test_text_drops_control_characters() -> None:
    assert lines.text("a\x00b\x1fc\x7f\t") == "abc\t"


def test_line_folds_between_letters_at_75_octets() -> None:
    folded = lines.line("SUMMARY", "ção " * 60)
    for piece in folded.encode().split(b"\r\n"):
        assert len(piece) <= 75
        piece.decode()
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "ção " * 60 + "\r\n"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300))
def test_line_is_read_back_as_it_was(value: str) -> None:
    body = f"BEGIN:VEVENT\r\n{lines.line('SUMMARY', lines.text(value))}END:VEVENT\r\n"
    read = Event.from_ical(body)["SUMMARY"]
    assert isinstance(read, vText)
    assert str(read) == value


def _component(zone: str, first: int, last: int) -> Timezone:
    body = f"BEGIN:VCALENDAR\r\n{vtimezone(zone, first, last)}END:VCALENDAR\r\n"
    return Calendar.from_ical(body).walk("VTIMEZONE")[0]


@pytest.mark.parametrize(
    "zone",
    [
        "America/Sao_Paulo",
        "America/Asuncion",
        "America/Santiago",
        "America/Montevideo",
        "America/New_York",
        "Europe/Lisbon",
        "Europe/Dublin",
        "Asia/Kathmandu",
        "Pacific/Auckland",
    ],
)
def test_vtimezone_agrees_with_the_iana_rules_every_day(zone: str) -> None:
    made, true = _component(zone, 2010, 2027).to_tz(lookup_tzid=False), ZoneInfo(zone)
    moment = datetime(2010, 1, 1, 12, 30)
    while moment.year < 2028:
        assert made.utcoffset(moment) == moment.replace(tzinfo=true).utcoffset(), moment
        moment += timedelta(days=1)


def test_vtimezone_changes_the_clock_at_the_right_second() -> None:
    """Brazil's last summer time ended on 17 February 2019 at midnight, back to 23:00."""
    body = vtimezone("America/Sao_Paulo", 2019, 2019)
    assert "DTSTART:20190217T000000\r\nTZOFFSETFROM:-0200\r\nTZOFFSETTO:-0300\r\n" in body
    assert body.count("BEGIN:STANDARD") == 1
    assert body.count("BEGIN:DAYLIGHT") == 1


def test_vtimezone_of_a_zone_without_changes_is_one_observance() -> None:
    body = vtimezone("America/Bogota", 2018, 2026)
    assert body.count("DTSTART") == 1
    assert "TZOFFSETTO:-0500" in body


def test_days_and_moments_are_written_as_the_standard_says() -> None:
    assert lines.day(date(2018, 6, 3)) == "20180603"
    moment = datetime(2018, 6, 3, 9, 5, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert lines.utc(moment) == "20180603T120500Z"
    assert lines.utc(datetime(2018, 6, 3, tzinfo=UTC)) == "20180603T000000Z"
