"""Two independent libraries read every shape of our feeds alike, and as it was meant."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.test import Client

from mutirao.meetings.models import Event

from .factories import EventFactory, MonthOnlyFactory

pytestmark = pytest.mark.django_db
When = date | datetime

SHAPES: dict[str, dict] = {
    "one day": {"starts_on": date(2018, 7, 25)},
    "several days": {"starts_on": date(2018, 6, 13), "ends_on": date(2018, 6, 16)},
    "hours": {"starts_on": date(2026, 6, 13), "starts_at": time(9), "ends_at": time(17, 30)},
    "no end": {"starts_on": date(2026, 6, 13), "starts_at": time(9)},
    "into the next day": {
        "starts_on": date(2026, 6, 13),
        "ends_on": date(2026, 6, 14),
        "starts_at": time(20),
        "ends_at": time(0),
    },
    "from midnight": {"starts_on": date(2026, 6, 13), "starts_at": time(0), "ends_at": time(1)},
    "days with hours": {
        "starts_on": date(2026, 6, 13),
        "ends_on": date(2026, 6, 16),
        "starts_at": time(9),
    },
    "summer in Santiago": {
        "starts_on": date(2026, 1, 13),
        "starts_at": time(9),
        "ends_at": time(10),
        "time_zone": "America/Santiago",
    },
    "winter in Santiago": {
        "starts_on": date(2026, 6, 13),
        "starts_at": time(9),
        "ends_at": time(10),
        "time_zone": "America/Santiago",
    },
    "over the change of the clock": {
        "starts_on": date(2018, 2, 17),
        "ends_on": date(2018, 2, 18),
        "starts_at": time(22),
        "ends_at": time(8),
        "time_zone": "America/Sao_Paulo",
    },
    "Asia": {
        "starts_on": date(2026, 6, 13),
        "starts_at": time(9),
        "ends_at": time(10),
        "time_zone": "Asia/Kathmandu",
    },
    "UTC": {
        "starts_on": date(2026, 6, 13),
        "starts_at": time(9),
        "ends_at": time(10),
        "time_zone": "UTC",
    },
    "signs": {
        "title": 'Fórum; "ação", diálogo \\ e mais: ' + "inovação e governança " * 8,
        "description": "Primeira linha, com vírgula\nSegunda; com ponto e vírgula\n\n😀 fim",
        "place": "Av. 18 de Julio 1360, Montevidéu",
        "country": "UY",
    },
}


def _moment(value: When) -> When:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _with_icalendar(body: bytes) -> tuple:
    calendar = icalendar.Calendar.from_ical(body)
    found = recurring_ical_events.of(calendar).between(date(2018, 1, 1), date(2027, 1, 1))
    (event,) = found
    end = event.get("DTEND") or event["DTSTART"]
    return (
        str(event["UID"]),
        _moment(event["DTSTART"].dt),
        _moment(end.dt),
        str(event["SUMMARY"]),
        str(event.get("LOCATION", "")),
        str(event.get("DESCRIPTION", "")),
        str(event["STATUS"]),
    )


def _with_vobject(body: bytes) -> tuple:
    (event,) = vobject.readOne(body.decode()).vevent_list
    end = getattr(event, "dtend", event.dtstart)
    return (
        event.uid.value,
        _moment(event.dtstart.value),
        _moment(end.value),
        event.summary.value,
        event.location.value if hasattr(event, "location") else "",
        event.description.value if hasattr(event, "description") else "",
        event.status.value,
    )


def _meant(event: Event) -> tuple[When, When]:
    """Start and end as the record says it: whole days end on the day after."""
    if event.begins is None:
        return event.starts_on, event.ends_on + timedelta(days=1)
    open_end = event.ends_at is None and event.starts_on == event.ends_on
    return _moment(event.begins), _moment(event.begins if open_end else event.ends)


@pytest.mark.parametrize("shape", SHAPES)
def test_feed_is_read_alike(client: Client, shape: str) -> None:
    event = EventFactory(**SHAPES[shape])
    body = client.get("/calendar/network.ics").content
    first, second = _with_icalendar(body), _with_vobject(body)
    assert first == second
    assert first[0] == str(event.uid)
    assert first[1:3] == _meant(event)
    assert first[3] == event.title
    assert first[4].startswith(event.place)
    assert first[5].startswith(event.description)
    assert first[6] == "CONFIRMED"


def test_feed_lines_are_short_and_end_as_the_standard_says(client: Client) -> None:
    EventFactory(**SHAPES["signs"])
    body = client.get("/calendar/network.ics").content
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_feed_says_what_is_not_certain(client: Client) -> None:
    EventFactory(title="a", date_confirmed=False)
    EventFactory(title="b", cancelled=True)
    MonthOnlyFactory(title="c")
    calendar = icalendar.Calendar.from_ical(client.get("/calendar/network.ics").content)
    found = {str(event["SUMMARY"]): str(event["STATUS"]) for event in calendar.walk("VEVENT")}
    assert found == {"a": "TENTATIVE", "b": "CANCELLED"}
    assert calendar.errors == []
    assert [event.errors for event in calendar.walk("VEVENT")] == [[], []]


def test_feed_has_no_fault_for_icalendar(client: Client) -> None:
    for shape in SHAPES.values():
        EventFactory(**shape)
    calendar = icalendar.Calendar.from_ical(client.get("/calendar/network.ics").content)
    assert len(calendar.walk("VEVENT")) == len(SHAPES)
    assert [part.name for part in calendar.walk() if part.errors] == []
    assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == {
        "America/Sao_Paulo",
        "America/Santiago",
        "Asia/Kathmandu",
    }
