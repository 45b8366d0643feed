"""The history reads right: who for whom, when, before and after."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from mutirao.commitments import actions, queries
from mutirao.commitments.models import Commitment, Evidence, Step
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.factories import OrganisationFactory, actor, secretariat

pytestmark = pytest.mark.django_db


def lines(commitment: Commitment) -> list[tuple]:
    """Each change as (who, for whom, what, before, after), the oldest first."""
    with translation.override("en"):
        return [
            (act.person, act.organisation, change.what, change.before, change.after)
            for act in reversed(queries.history_of(commitment))
            for change in act.changes
        ]


def test_history_tells_what_was_done_through_the_pages() -> None:
    owner, other = actor(), OrganisationFactory(name="Rosario")
    who = (str(owner.person), owner.organisation.display)
    commitment = CommitmentFactory(title="Host it", owner=owner.organisation, due_on=None)
    client = browser(owner)
    at = f"/en/commitments/{commitment.pk}/"
    client.post(f"{at}steps/add/", {"text": "Book the hall"})
    step = Step.objects.get()
    client.post(f"{at}steps/{step.pk}/tick/", {"done": "1"})
    client.post(f"{at}steps/{step.pk}/edit/", {"text": "Book the theatre"})
    client.post(f"{at}steps/{step.pk}/delete/")
    client.post(f"{at}evidence/add/", {"title": "Flyer", "url": "https://city.example/f"})
    client.post(f"{at}evidence/{Evidence.objects.get().pk}/delete/")
    given = {
        "version": 1,
        "title": "Host the fair",
        "due_on": "2031-05-01",
        "owner": owner.organisation_id,
    }
    client.post(f"{at}edit/", {**given, "visibility": "public"})
    actions.change(commitment=commitment, version=2, by=secretariat(), owner=other)
    assert lines(commitment) == [
        ("", "", "Commitment made", None, "Host it"),
        (*who, "Step added", None, "Book the hall"),
        (*who, "Step done", None, "Book the hall"),
        (*who, "State", "planned", "in progress"),
        (*who, "Progress", "0 %", "100 %"),
        (*who, "Step reworded", "Book the hall", "Book the theatre"),
        (*who, "Step deleted", "Book the theatre", None),
        (*who, "Evidence added", None, "Flyer (https://city.example/f)"),
        (*who, "Evidence deleted", "Flyer (https://city.example/f)", None),
        (*who, "What is promised", "Host it", "Host the fair"),
        (*who, "Due on", None, date(2031, 5, 1)),
        (*who, "Who answers for it", owner.organisation.display, "Rosario"),
    ]


def test_history_knows_who_was_named_and_who_no_longer_is() -> None:
    owner = actor()
    named = actor(owner.organisation).person
    commitment = CommitmentFactory(owner=owner.organisation, due_on=None)
    client = browser(owner)
    given = {"title": commitment.title, "owner": owner.organisation.pk, "visibility": "public"}
    at = f"/en/commitments/{commitment.pk}/edit/"
    client.post(at, {**given, "version": 1, "people": [named.pk]})
    client.post(at, {**given, "version": 2})
    who = (str(owner.person), owner.organisation.display)
    assert lines(commitment)[1:] == [
        (*who, "Person named", None, str(named)),
        (*who, "Person no longer named", str(named), None),
    ]


def test_history_gathers_what_was_done_in_one_go() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    client = browser(owner)
    at = f"/en/commitments/{commitment.pk}/"
    client.post(f"{at}steps/add/", {"text": "Book the hall"})
    client.post(f"{at}steps/{Step.objects.get().pk}/tick/", {"done": "1"})
    latest = queries.history_of(commitment)[0]
    assert len(latest.changes) == 3


def test_history_also_sees_writing_past_the_actions() -> None:
    commitment = CommitmentFactory(title="Before")
    Commitment.objects.filter(pk=commitment.pk).update(title="After")
    assert lines(commitment)[-1] == ("", "", "What is promised", "Before", "After")


def test_history_page_shows_before_and_after_to_members() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    browser(owner).post(f"/en/commitments/{commitment.pk}/progress/", {"progress": "40"})
    page = browser(actor()).get(f"/en/commitments/{commitment.pk}/history/").content.decode()
    assert ">0 %</del>" in page
    assert ">40 %</ins>" in page
    assert f"{owner.person} for {owner.organisation.display}" in page
