"""Where things stand on a plan's timeline."""

from __future__ import annotations

from datetime import date

import pytest

from mutirao.commitments.models import Commitment
from mutirao.meetings.models import Event
from mutirao.network.models import Term
from mutirao.plans.models import Activity, Plan
from mutirao.plans.timeline import BAR, LABELS, RIGHT, WIDTH, draw, look_of

YEAR = Term(code="2018", starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
TODAY = date(2018, 7, 1)


def activity(*due: date, **fields: str) -> Activity:
    found = Activity(pk=1, number="I", title="Rede", text="x")
    found.commitments_shown = [Commitment(due_on=day, **fields) for day in due]
    return found


def drawn(activities=(), events=(), today=TODAY):
    return draw(Plan(term=YEAR), list(activities), list(events), today)


def test_the_term_fills_the_width():
    picture = drawn([activity(date(2018, 1, 1), date(2018, 12, 31))])
    (row,) = picture.rows
    assert float(row.x) == LABELS
    assert float(row.x) + float(row.width) == pytest.approx(WIDTH - RIGHT, abs=3)
    assert len(picture.months) == 12


def test_a_single_date_is_still_visible():
    (row,) = drawn([activity(date(2018, 12, 31))]).rows
    assert float(row.width) == BAR
    assert float(row.x) + BAR <= WIDTH - RIGHT


def test_dates_outside_the_term_are_drawn_at_its_edge():
    (row,) = drawn([activity(date(2017, 1, 1), date(2020, 1, 1))]).rows
    assert float(row.x) == LABELS
    assert float(row.x) + float(row.width) <= WIDTH


def test_an_activity_without_dates_has_no_bar():
    picture = drawn([activity()])
    assert (picture.rows[0].x, picture.is_empty) == ("", True)


def test_cancelled_commitments_do_not_count():
    (row,) = drawn([activity(date(2018, 3, 1), state="cancelled")]).rows
    assert row.x == ""


def test_today_stands_only_inside_the_term():
    assert drawn([activity(TODAY)]).today != ""
    assert drawn([activity(TODAY)], today=date(2019, 1, 1)).today == ""


def test_an_event_of_which_only_the_month_is_known_stands_in_its_middle():
    exact = Event(pk=1, starts_on=date(2018, 8, 15))
    vague = Event(pk=2, month=date(2018, 8, 1))
    unknown = Event(pk=3)
    first, second = drawn(events=[exact, vague, unknown]).points
    assert (first.x, first.vague, second.vague) == (second.x, False, True)


@pytest.mark.parametrize(
    ("states", "look"),
    [
        (["done", "done"], "ok"),
        (["done", "planned"], "run"),
        (["planned", "planned"], "wait"),
        (["in_progress"], "run"),
    ],
)
def test_an_activity_looks_as_its_commitments_stand(states, look):
    assert look_of([Commitment(state=state) for state in states], TODAY) == look


def test_one_late_commitment_makes_the_activity_late():
    late = Commitment(state="planned", due_on=date(2018, 6, 1))
    assert look_of([Commitment(state="done"), late], TODAY) == "late"


def test_numbers_are_written_for_the_picture_in_every_language(settings):
    from django.utils import translation

    with translation.override("pt-br"):
        (row,) = drawn([activity(date(2018, 3, 3), date(2018, 5, 5))]).rows
    assert "," not in row.x + row.width + row.y
