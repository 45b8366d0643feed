"""What a term leaves open goes on in the next; the term that is over stays as it was."""

from __future__ import annotations

from datetime import date

import pytest
import rules
import time_machine
from django.core.exceptions import PermissionDenied

from mutirao.commitments import actions, queries
from mutirao.commitments.models import Commitment
from mutirao.core.models import NotAllowed
from mutirao.network.acting import actor_for
from mutirao.network.models import Term
from mutirao.network.states import Role
from tests.factories import MandateFactory, OrganisationFactory, actor, coordinator
from tests.plans.factories import ActivityFactory, PlanFactory

from .factories import CommitmentFactory, EvidenceFactory, StepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    """A commitment half done in the current term, and the activity of the next that takes it."""
    mandate = MandateFactory()
    commitment = CommitmentFactory(
        unit=mandate.unit, term=mandate.term, owner=mandate.organisation, progress=50,
        state="in_progress",
    )  # fmt: skip
    year = mandate.term.year + 1
    after = Term.objects.create(
        code=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
    )
    activity = ActivityFactory(plan=PlanFactory(unit=mandate.unit, term=after))
    return mandate, commitment, after, activity


def test_carried_commitment_goes_on_in_the_next_term(left):
    mandate, commitment, after, activity = left
    StepFactory(commitment=commitment, done_on=date(2026, 1, 5))
    StepFactory(commitment=commitment)
    EvidenceFactory(commitment=commitment)
    made = actions.carry_over(commitment=commitment, term=after, source=activity)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.progress, commitment.term) == (
        "carried", 50, mandate.term,
    )  # fmt: skip
    assert (made.continues, made.term, made.source) == (commitment, after, activity)
    assert (made.state, made.progress, made.due_on) == ("in_progress", 50, commitment.due_on)
    assert [s.done_on for s in made.steps.all()] == [date(2026, 1, 5), None]
    assert (commitment.evidence.count(), made.evidence.count()) == (1, 0)
    counts = queries.standing_counts(Commitment.objects.filter(term=mandate.term))
    assert (counts["carried"], counts["late"], counts["total"]) == (1, 0, 1)


def test_carrying_twice_makes_one(left):
    _mandate, commitment, after, activity = left
    first = actions.carry_over(commitment=commitment, term=after, source=activity)
    assert actions.carry_over(commitment=commitment, term=after, source=activity) == first


def test_what_is_done_is_not_carried(left):
    _mandate, _commitment, after, activity = left
    done = CommitmentFactory(state="done", done_on=date(2026, 1, 1))
    with pytest.raises(NotAllowed):
        actions.carry_over(commitment=done, term=after, source=activity)


def test_only_those_who_still_act_stay_in_charge(left):
    mandate, commitment, after, activity = left
    here = actor(mandate.organisation).person
    gone = actor().person
    commitment.people.set([here, gone])
    made = actions.carry_over(commitment=commitment, term=after, source=activity)
    assert list(made.people.all()) == [here]
    other = CommitmentFactory(unit=mandate.unit, term=mandate.term, owner=mandate.organisation)
    other.people.set([here])
    new = OrganisationFactory()
    made = actions.carry_over(commitment=other, term=after, source=activity, owner=new)
    assert (made.owner, list(made.people.all())) == (new, [])


def test_carried_commitment_is_closed_to_everybody(left):
    mandate, commitment, after, activity = left
    leader = coordinator(mandate)
    actions.carry_over(commitment=commitment, term=after, source=activity)
    for act in (
        lambda: actions.move(commitment=commitment, to="done", by=leader),
        lambda: actions.add_evidence(commitment=commitment, title="x", url="https://a.example",
                                     by=leader),
        lambda: actions.change(commitment=commitment, version=1, by=leader, title="New"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_outgoing_coordinator_works_until_the_accounts_close_and_not_after(left):
    mandate, commitment, _after, _activity = left
    Term.objects.filter(pk=mandate.term_id).update(
        closes_on=date(mandate.term.ends_on.year + 1, 3, 1)
    )
    commitment.owner = OrganisationFactory()
    commitment.save()
    person = coordinator(mandate).person
    year = mandate.term.ends_on.year + 1
    with time_machine.travel(date(year, 2, 1)):
        who = actor_for(person)
        assert who.mandates == [] and [m.pk for m in who.closing] == [mandate.pk]
        assert not rules.test_rule("commitments.change_commitment", who, commitment)
        done = actions.move(commitment=commitment, to="done", by=who)
        assert done.state == "done"
    with time_machine.travel(date(year, 3, 3)), pytest.raises(PermissionDenied):
        actions.move(commitment=commitment, to="in_progress", by=actor_for(person))


def test_who_left_office_early_has_no_days_of_grace(left):
    mandate, _commitment, _after, _activity = left
    mandate.ends_on = date(mandate.term.year, 6, 30)
    mandate.save()
    Term.objects.filter(pk=mandate.term_id).update(closes_on=date(mandate.term.year + 1, 3, 1))
    person = actor(mandate.organisation, Role.COORDINATOR).person
    with time_machine.travel(date(mandate.term.year + 1, 2, 1)):
        assert actor_for(person).closing == []


def test_board_shows_the_current_term_unless_asked(client, left):
    _mandate, commitment, after, _activity = left
    later = CommitmentFactory(unit=commitment.unit, term=after)
    free = CommitmentFactory()
    page = client.get("/en/commitments/?by=list").content.decode()
    shown = [one.title in page for one in (commitment, later, free)]
    assert shown == [True, False, True]
    page = client.get("/en/commitments/?by=list&term=all").content.decode()
    assert all(one.title in page for one in (commitment, later, free))
    page = client.get(f"/en/commitments/?by=list&term={after.pk}").content.decode()
    assert [one.title in page for one in (commitment, later)] == [False, True]
