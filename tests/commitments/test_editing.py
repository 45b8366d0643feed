"""Rewording: alone, and when two people do it at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mutirao.commitments.models import Commitment
from mutirao.network.acting import Actor
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.factories import actor
from tests.pages import fields

pytestmark = pytest.mark.django_db
BASE = {"title": "Draft the protocol", "description": "With the agencies.", "due_on": "2031-05-01"}


@pytest.fixture
def owner() -> Actor:
    return actor()


@pytest.fixture
def commitment(owner) -> Commitment:
    values = {**BASE, "due_on": date(2031, 5, 1)}
    return CommitmentFactory(owner=owner.organisation, **values)


def opened(client: Client, commitment: Commitment) -> dict[str, list[str]]:
    return fields(client.get(address(commitment)).content.decode())


def address(commitment: Commitment) -> str:
    return f"/en/commitments/{commitment.pk}/edit/"


def test_edit_saves_what_changed_and_nothing_else(owner, commitment) -> None:
    named = actor(owner.organisation).person
    commitment.people.add(named)
    client = browser(owner)
    answer = client.post(address(commitment), opened(client, commitment) | {"title": "Sign it"})
    assert answer.status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.version) == ("Sign it", 2)
    assert (commitment.description, commitment.due_on) == (BASE["description"], date(2031, 5, 1))
    assert list(commitment.people.all()) == [named]


def test_edit_with_an_error_keeps_what_was_typed(owner, commitment) -> None:
    client = browser(owner)
    given = opened(client, commitment) | {"title": "", "description": "Typed for an hour."}
    answer = client.post(address(commitment), given)
    assert (answer.status_code, "Typed for an hour." in answer.content.decode()) == (422, True)


def test_edit_does_not_move_the_state(owner, commitment) -> None:
    client = browser(owner)
    client.post(address(commitment), opened(client, commitment) | {"state": "done", "progress": 9})
    commitment.refresh_from_db()
    assert (commitment.state, commitment.progress) == ("planned", 0)


@pytest.fixture
def second_answer(owner, commitment):
    """One saved title and description; the second, who opened before, changed title and day."""
    first, second = browser(actor(owner.organisation)), browser(owner)
    one, two = opened(first, commitment), opened(second, commitment)
    first.post(address(commitment), one | {"title": "Hers", "description": "Her words."})
    answer = second.post(address(commitment), two | {"title": "His", "due_on": "2031-06-15"})
    return second, answer


def test_conflict_shows_both_versions_and_saves_nothing(second_answer, commitment) -> None:
    _client, answer = second_answer
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in page for text in ("Hers", "His", "Her words.", "2031-06-15", "1 May 2031"))
    commitment.refresh_from_db()
    assert (commitment.title, commitment.version) == ("Hers", 2)


def test_conflict_knows_who_touched_what(second_answer) -> None:
    _client, answer = second_answer
    told = {
        row.field.name: (row.touched, row.touched_by_them, row.take)
        for row in answer.context["rows"]
        if row.differs
    }
    assert told == {
        "title": (True, True, "mine"),
        "description": (False, True, "theirs"),
        "due_on": (True, False, "mine"),
    }


def test_conflict_saved_as_proposed_keeps_both_peoples_work(second_answer, commitment) -> None:
    client, answer = second_answer
    sent = fields(answer.content.decode())
    assert client.post(address(commitment), sent).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.description) == ("His", "Her words.")
    assert (commitment.due_on, commitment.version) == (date(2031, 6, 15), 3)


def test_conflict_lets_one_choose_field_by_field(second_answer, commitment) -> None:
    client, answer = second_answer
    sent = fields(answer.content.decode())
    chosen = {"take_title": "theirs", "take_description": "mine", "take_due_on": "theirs"}
    client.post(address(commitment), sent | chosen)
    commitment.refresh_from_db()
    assert (commitment.title, commitment.description) == ("Hers", BASE["description"])
    assert commitment.due_on == date(2031, 5, 1)


def test_conflict_upon_a_conflict_is_shown_again(second_answer, commitment, owner) -> None:
    client, answer = second_answer
    third = browser(actor(owner.organisation))
    third.post(address(commitment), opened(third, commitment) | {"description": "Third words."})
    again = client.post(address(commitment), fields(answer.content.decode()))
    page = again.content.decode()
    assert again.status_code == 409
    assert "Third words." in page and "His" in page
    assert client.post(address(commitment), fields(page)).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.description) == ("His", "Third words.")
