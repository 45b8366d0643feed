"""Counting how commitments stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from mutirao.commitments import queries
from mutirao.commitments.models import Commitment
from mutirao.commitments.states import State
from mutirao.core.states import Visibility
from mutirao.network.acting import NOBODY
from tests.commitments.factories import CommitmentFactory
from tests.factories import MandateFactory, actor

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def one_of_each(**place) -> None:
    CommitmentFactory(state=State.DONE, done_on=ago(3), due_on=ago(5), **place)
    CommitmentFactory(state=State.IN_PROGRESS, **place)
    CommitmentFactory(state=State.IN_PROGRESS, due_on=ago(12), **place)
    CommitmentFactory(due_on=ago(1), **place)
    CommitmentFactory(due_on=ago(0), **place)
    CommitmentFactory(due_on=None, **place)
    CommitmentFactory(state=State.CANCELLED, due_on=ago(1), **place)


EACH = {"done": 1, "in_progress": 1, "late": 2, "planned": 2, "cancelled": 1}
EACH |= {"carried": 0, "total": 7}


def test_standing_counts_makes_up_the_total_in_one_query(django_assert_num_queries) -> None:
    one_of_each()
    with django_assert_num_queries(1):
        assert queries.standing_counts(queries.visible_to(NOBODY)) == EACH


def test_standing_counts_of_nothing_is_zero() -> None:
    assert set(queries.standing_counts(Commitment.objects.all()).values()) == {0}


def test_standing_counts_asks_for_another_day() -> None:
    CommitmentFactory(due_on=ago(0))
    tomorrow = queries.standing_counts(Commitment.objects.all(), today=ago(-1))
    assert (tomorrow["late"], tomorrow["planned"]) == (1, 0)


@pytest.mark.parametrize("standing", queries.STANDINGS)
def test_stands_finds_what_the_record_says_of_itself(standing) -> None:
    one_of_each()
    found = Commitment.objects.filter(queries.stands(standing))
    assert [row.standing for row in found] == [str(standing)] * EACH[standing]
    column = Commitment.objects.annotate(column=queries.standing_of())
    assert all(row.column == row.standing for row in column)


def test_counts_by_unit_counts_what_the_reader_sees(django_assert_num_queries) -> None:
    mandate = MandateFactory()
    place = {"unit": mandate.unit, "term": mandate.term}
    one_of_each(**place)
    CommitmentFactory(visibility=Visibility.DRAFT, **place)
    CommitmentFactory()
    with django_assert_num_queries(1):
        (unit,) = queries.counts_by_unit(NOBODY, mandate.term)
    assert unit == mandate.unit
    assert {name: getattr(unit, name) for name in EACH} == EACH


def test_owed_by_puts_those_naming_the_person_first() -> None:
    officer = actor()
    mine = {"owner": officer.organisation}
    later = CommitmentFactory(due_on=ago(-90), **mine)
    soon = CommitmentFactory(due_on=ago(-1), visibility=Visibility.DRAFT, **mine)
    undated = CommitmentFactory(due_on=None, **mine)
    named = CommitmentFactory(due_on=ago(-200), **mine)
    named.people.add(officer.person)
    CommitmentFactory(state=State.DONE, done_on=ago(1), **mine)
    CommitmentFactory()
    assert list(queries.owed_by(officer)) == [named, soon, later, undated]


def test_owed_by_a_visitor_is_nothing() -> None:
    CommitmentFactory()
    assert list(queries.owed_by(NOBODY)) == []


def test_overdue_gives_the_longest_late_first() -> None:
    recent, oldest = CommitmentFactory(due_on=ago(2)), CommitmentFactory(due_on=ago(40))
    CommitmentFactory(due_on=ago(0))
    CommitmentFactory(due_on=ago(9), state=State.CANCELLED)
    CommitmentFactory(due_on=ago(9), visibility=Visibility.DRAFT)
    assert list(queries.overdue(NOBODY)) == [oldest, recent]


def test_standing_label_says_how_late() -> None:
    with translation.override("en"):
        assert CommitmentFactory.build(due_on=ago(12)).standing_label == "12 days late"
        assert CommitmentFactory.build(due_on=ago(1)).standing_label == "1 day late"
        assert CommitmentFactory.build(due_on=ago(730)).standing_label == "730 days late"
        assert CommitmentFactory.build(due_on=ago(2929)).standing_label == "8 years late"
        assert CommitmentFactory.build(due_on=ago(0)).standing_label == "planned"
