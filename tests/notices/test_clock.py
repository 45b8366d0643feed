"""Quiet hours, pauses and digests by the clock on a person's wall. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutirao.notices.models import Habits
from mutirao.notices.queries.clock import digest_moment, pause_ends, quiet_ends, zone_of

SANTIAGO = ZoneInfo("America/Santiago")  # put its clocks forward on 2026-09-06, back on 2026-04-05
NIGHT = Habits(quiet_from=time(22), quiet_until=time(7))
NOON = Habits(quiet_from=time(12), quiet_until=time(14))


def at(text: str, zone: ZoneInfo = SANTIAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("habits", "now", "ends"),
    [
        (NIGHT, "2026-06-01T21:59", None),
        (NIGHT, "2026-06-01T22:00", "2026-06-02T07:00"),
        (NIGHT, "2026-06-02T03:00", "2026-06-02T07:00"),
        (NIGHT, "2026-06-02T07:00", None),
        (NOON, "2026-06-01T12:30", "2026-06-01T14:00"),
        (NOON, "2026-06-01T14:00", None),
        (NIGHT, "2026-09-05T23:30", "2026-09-06T07:00"),  # a night one hour shorter
        (NIGHT, "2026-04-04T22:30", "2026-04-05T07:00"),  # and one hour longer
        (Habits(), "2026-06-01T03:00", None),
    ],
)
def test_quiet_hours_hold_by_the_wall_clock(habits: Habits, now: str, ends: str | None) -> None:
    expected = at(ends) if ends else None
    assert quiet_ends(habits, SANTIAGO, at(now)) == expected


@given(
    start=st.integers(0, 23),
    end=st.integers(0, 23),
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    zone=st.sampled_from(["America/Santiago", "America/Asuncion", "Asia/Kolkata", "Europe/Madrid"]),
)
@settings(deadline=None, max_examples=300)
def test_quiet_hours_always_end_within_a_day_and_not_in_quiet(
    start: int, end: int, minutes: int, zone: str
) -> None:
    habits = Habits(quiet_from=time(start), quiet_until=time(end))
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ends = quiet_ends(habits, ZoneInfo(zone), now)
    if ends is not None:
        assert now < ends <= now + timedelta(hours=25)
        assert quiet_ends(habits, ZoneInfo(zone), ends) is None


def test_a_pause_ends_at_the_beginning_of_its_day() -> None:
    habits = Habits(paused_until=date(2026, 6, 3))
    assert pause_ends(habits, SANTIAGO, at("2026-06-02T23:59")) == at("2026-06-03T00:00")
    assert pause_ends(habits, SANTIAGO, at("2026-06-03T00:00")) is None


def test_digests_are_due_at_the_persons_hour_and_weekday() -> None:
    habits = Habits(digest_hour=7, digest_weekday=2)  # Wednesday
    now = at("2026-06-04T06:59")  # a Thursday
    assert digest_moment("daily", habits, SANTIAGO, now) == (
        at("2026-06-03T07:00"),
        date(2026, 6, 3),
    )
    now = at("2026-06-04T07:00")
    assert digest_moment("daily", habits, SANTIAGO, now)[1] == date(2026, 6, 4)
    assert digest_moment("weekly", habits, SANTIAGO, now)[1] == date(2026, 6, 3)
    assert digest_moment("weekly", habits, SANTIAGO, at("2026-06-10T06:00"))[1] == date(2026, 6, 3)


@given(minutes=st.integers(0, 2 * 365 * 24 * 60), hour=st.integers(0, 23), day=st.integers(0, 6))
@settings(deadline=None, max_examples=300)
def test_a_digests_moment_is_past_and_not_longer_ago_than_its_period(
    minutes: int, hour: int, day: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    habits = Habits(digest_hour=hour, digest_weekday=day)
    for way, days in (("daily", 1), ("weekly", 7)):
        moment, _day = digest_moment(way, habits, SANTIAGO, now)
        assert now - timedelta(days=days, hours=1) <= moment <= now


def test_an_unknown_zone_is_the_networks() -> None:
    assert zone_of("Mars/Base").key == zone_of("").key == "America/Montevideo"
    assert zone_of("America/Lima").key == "America/Lima"
