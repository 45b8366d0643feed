"""The history reads right: who for whom, when, before and after."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from mutirao.commitments import actions
from mutirao.commitments.models import Commitment, Evidence, Step
from mutirao.core.records import kind_of
from mutirao.discussions.history import Acts
from mutirao.network.acting import NOBODY
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.factories import OrganisationFactory, actor, secretariat

pytestmark = pytest.mark.django_db


def acts_on(commitment: Commitment) -> list:
    return Acts(kind_of(commitment), commitment, NOBODY)[:]  # type: ignore[arg-type]


def lines(commitment: Commitment) -> list[tuple]:
    """Each change as (who, for whom, what, act, differences), the oldest first."""
    with translation.override("en"):
        return [
            (act.person, act.organisation, change.subject, change.act,
             [(d.label, d.before, d.after) for d in change.differences])
            for act in reversed(acts_on(commitment))
            for change in act.changes
        ]  # fmt: skip


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
    own, step_, flyer = (
        "Commitment",
        "Step “Book the hall”",
        "Evidence “Flyer” (https://city.example/f)",
    )
    theatre = "Step “Book the theatre”"
    day = timezone.localdate()
    today = f"{day.day} {day:%B} {day.year}"
    assert lines(commitment) == [
        ("", "", own, "insert", []),
        (*who, step_, "insert", []),
        (*who, step_, "update", [("Done on", "", today)]),
        (*who, own, "update", [("State", "planned", "in progress"), ("Progress", "0 %", "100 %")]),
        (*who, theatre, "update", [("Step", "Book the hall", "Book the theatre")]),
        (*who, theatre, "delete", []),
        (*who, flyer, "insert", []),
        (*who, flyer, "delete", []),
        (*who, own, "update",
         [("What is promised", "Host it", "Host the fair"), ("Due on", "", "1 May 2031"),
          ("Who answers for it", owner.organisation.display, "Rosario")]),
    ]  # fmt: skip


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
        (*who, "Commitment", "update", [("People in charge", "", str(named))]),
        (*who, "Commitment", "update", [("People in charge", str(named), "")]),
    ]


def test_history_gathers_what_was_done_in_one_go() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    client = browser(owner)
    at = f"/en/commitments/{commitment.pk}/"
    client.post(f"{at}steps/add/", {"text": "Book the hall"})
    client.post(f"{at}steps/{Step.objects.get().pk}/tick/", {"done": "1"})
    latest = acts_on(commitment)[0]
    assert len(latest.changes) == 2


def test_history_also_sees_writing_past_the_actions() -> None:
    commitment = CommitmentFactory(title="Before")
    Commitment.objects.filter(pk=commitment.pk).update(title="After")
    assert lines(commitment)[-1][4] == [("What is promised", "Before", "After")]


def test_history_page_shows_before_and_after_to_members() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    browser(owner).post(f"/en/commitments/{commitment.pk}/progress/", {"progress": "40"})
    address = f"/en/discussions/history/commitments/commitment/{commitment.pk}/"
    page = browser(actor()).get(address).content.decode()
    assert "0 %</del>" in page
    assert "40 %</ins>" in page
    assert str(owner.person) in page
    assert owner.organisation.display in page
