"""A month as a wall calendar."""

from datetime import date, time

import pytest
from django.utils import translation

from mutirao.meetings import months
from mutirao.meetings.models import Event

JUNE = date(2026, 6, 1)
TODAY = date(2026, 6, 10)


def _event(pk: int, first: date, last: date | None = None, at: time | None = None) -> Event:
    return Event(pk=pk, title=f"E{pk}", starts_on=first, ends_on=last or first, starts_at=at)


def _laid(*events: Event) -> dict[date, list]:
    month = months.month_of(JUNE)
    return {
        day.day: [entry and (entry.event.pk, entry.part, entry.width) for entry in day.entries]
        for week in months.weeks(month, events, TODAY)
        for day in week
    }


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("pt-br", date(2026, 5, 31), date(2026, 7, 4)),
        ("es", JUNE, date(2026, 7, 5)),
        ("en", JUNE, date(2026, 7, 5)),
    ],
)
def test_month_begins_its_weeks_where_the_locale_does(
    language: str, first: date, last: date
) -> None:
    with translation.override(language):
        month = months.month_of(JUNE)
        assert (month.first, month.last) == (first, last)
        weeks = months.weeks(month, [], TODAY)
        assert {len(week) for week in weeks} == {7}
        assert weeks[0][0].day == first
        assert (
            months.weekdays()[0][1] == {"pt-br": "domingo", "es": "lunes", "en": "Monday"}[language]
        )


def test_month_knows_its_neighbours() -> None:
    month = months.month_of(date(2026, 12, 1))
    assert (month.previous, month.next) == (date(2026, 11, 1), date(2027, 1, 1))
    assert months.month_of(date(2028, 2, 1)).end == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2018-06", date(2018, 6, 1)),
        ("", JUNE),
        ("2018-13", JUNE),
        ("0000-01", JUNE),
        ("9999-12", JUNE),
        ("2018-06-01", JUNE),
        ("٢٠١٨-٠٦", date(2018, 6, 1)),
        ("x", JUNE),
    ],
)
def test_read_takes_a_month_or_this_one(text: str, month: date) -> None:
    assert months.read(text, TODAY) == month


def test_weeks_name_a_bar_once_a_week() -> None:
    laid = _laid(_event(1, date(2026, 6, 5), date(2026, 6, 9)))
    assert laid[date(2026, 6, 5)] == [(1, "start", 3)]
    assert laid[date(2026, 6, 7)] == [(1, "middle", 0)]
    assert laid[date(2026, 6, 8)] == [(1, "middle", 2)]
    assert laid[date(2026, 6, 9)] == [(1, "end", 0)]
    assert laid[date(2026, 6, 10)] == []


def test_weeks_keep_bars_in_line_and_days_below() -> None:
    laid = _laid(
        _event(1, date(2026, 6, 9), at=time(9)),
        _event(2, date(2026, 6, 8), date(2026, 6, 9)),
        _event(3, date(2026, 6, 9), date(2026, 6, 11)),
        _event(4, date(2026, 6, 10)),
    )
    assert laid[date(2026, 6, 9)] == [(2, "end", 0), (3, "start", 3), (1, "only", 1)]
    assert laid[date(2026, 6, 10)] == [None, (3, "middle", 0), (4, "only", 1)]


def test_weeks_show_what_comes_from_the_month_before() -> None:
    laid = _laid(_event(1, date(2026, 5, 20), date(2026, 8, 1)))
    assert laid[JUNE] == [(1, "middle", 7)]
    assert laid[date(2026, 7, 5)] == [(1, "middle", 0)]


def test_weeks_mark_today() -> None:
    weeks = months.weeks(months.month_of(JUNE), [], TODAY)
    assert [day.day for week in weeks for day in week if day.today] == [TODAY]
