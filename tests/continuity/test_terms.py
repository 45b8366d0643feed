"""The next term is opened step by step, at once, and again without harm."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from mutirao.assembly.states import Candidate
from mutirao.commitments.models import Commitment
from mutirao.commitments.queries import standing_counts
from mutirao.continuity import actions, queries
from mutirao.continuity.forms.opening import SeatsForm, named
from mutirao.continuity.models import Opening
from mutirao.continuity.states import Carry, OpeningState, Seat
from mutirao.continuity.tasks import carry_due_work
from mutirao.core.models import NotAllowed
from mutirao.discussions.models import Comment
from mutirao.network.acting import actor_for
from mutirao.network.models import Mandate, Term
from mutirao.network.states import Office
from mutirao.plans import actions as plans
from mutirao.plans import queries as plan_queries
from mutirao.plans.models import Plan
from mutirao.plans.states import State
from tests.assembly.factories import CandidacyFactory, next_term
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.plans.factories import ActivityFactory, PlanFactory

pytestmark = pytest.mark.django_db
MID, AFTER = datetime(2026, 6, 10, 15, tzinfo=UTC), datetime(2027, 1, 5, 15, tzinfo=UTC)


@pytest.fixture
def year():
    """A unit in its year: led, with a plan in progress that promises three things."""
    with time_machine.travel(MID, tick=False):
        term = TermFactory(
            code="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
            closes_on=date(2027, 3, 1),
        )  # fmt: skip
        mandate = MandateFactory(term=term)
        other = OrganisationFactory()
        plan = PlanFactory(unit=mandate.unit, term=term, state=State.IN_PROGRESS,
                           presented_by=mandate.organisation)  # fmt: skip
        activity, empty = ActivityFactory(plan=plan), ActivityFactory(plan=plan)
        words = {"unit": mandate.unit, "term": term, "source": activity}
        made = {
            "led": CommitmentFactory(owner=mandate.organisation, **words),
            "other": CommitmentFactory(owner=other, **words),
            "done": CommitmentFactory(owner=other, state="done", done_on=date(2026, 5, 5), **words),
        }
        yield mandate, plan, activity, empty, made


def _begin(by):
    return actions.begin(
        code="2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), closes_on=None, by=by
    )


def _fill(opening, by, city, choice=Seat.NEW):
    choices = {seat.pk: (Seat.VACANT, None) for seat in opening.seats.all()}
    seat = opening.seats.get(office=Office.COORDINATOR)
    choices[seat.pk] = (choice, city)
    return actions.choose_seats(opening=opening, choices=choices, by=by)


def test_guide_proposes_the_holders_and_whom_the_assembly_elected(year):
    mandate, *_rest = year
    winner = CandidacyFactory(
        election__unit=mandate.unit, election__assembly__term=next_term(),
        state=Candidate.ELECTED, election__how="votes", election__decided_at=MID,
    )  # fmt: skip
    opening = _begin(secretariat())
    seat = opening.seats.get(unit=mandate.unit)
    assert (seat.holder, seat.organisation, seat.choice, seat.elected) == (
        mandate.organisation, winner.organisation, Seat.NEW, True,
    )  # fmt: skip
    assert opening.term == winner.election.assembly.term
    assert _begin(secretariat()) == opening


def test_nothing_is_opened_while_an_office_is_undecided(year):
    office = secretariat()
    opening = _begin(office)
    with pytest.raises(NotAllowed):
        actions.open_next(opening=opening, by=office)
    assert not Mandate.objects.filter(term=opening.term).exists()
    with pytest.raises(NotAllowed):
        _fill(opening, office, None)


def test_work_goes_on_once_the_term_has_ended_and_last_year_stays_as_it_was(year):
    mandate, plan, activity, empty, made = year
    office, city = secretariat(), OrganisationFactory()
    old, new = coordinator(mandate).person, actor(city, "coordinator").person
    opening = _fill(_begin(office), office, city)
    opening = actions.open_next(opening=opening, by=office)
    assert opening.state == OpeningState.DONE and opening.carried_at is None
    given = Mandate.objects.get(term=opening.term)
    assert (given.organisation, given.starts_on) == (city, date(2027, 1, 1))
    assert not Commitment.objects.filter(state="carried").exists()
    with time_machine.travel(AFTER, tick=False):
        carry_due_work(0)
        carry_due_work(0)
        carried = Commitment.objects.filter(term=opening.term).order_by("pk")
        assert [(c.continues, c.owner) for c in carried] == [
            (made["led"], city), (made["other"], made["other"].owner),
        ]  # fmt: skip
        last_year = standing_counts(Commitment.objects.filter(term=mandate.term))
        assert (last_year["carried"], last_year["done"], last_year["total"]) == (2, 1, 3)
        next_plan = Plan.objects.get(term=opening.term)
        assert [a.continues for a in next_plan.activities.order_by("pk")] == [activity, empty]
        assert list(plan.activities.all()) == [activity, empty]
        who, before = actor_for(new), actor_for(old)
        assert next_plan in plan_queries.visible_to(who)
        assert next_plan not in plan_queries.visible_to(before)
        with pytest.raises(PermissionDenied):
            plans.edit_plan(plan=next_plan, version=1, by=before, title="Mine")
        plans.edit_plan(plan=next_plan, version=1, by=who, title="Ours")
        assert plans.close(plan=plan, by=before).state == State.CLOSED
        found = queries.inheritance(who, mandate.unit)
        assert [c.pk for c in found.carried] == [c.pk for c in carried]
        assert (found.former_plans, [m.pk for m in found.former_holders]) == (
            [plan], [mandate.pk],
        )  # fmt: skip
    with (
        time_machine.travel(datetime(2027, 3, 5, tzinfo=UTC), tick=False),
        pytest.raises(PermissionDenied),
    ):
        plans.reopen(plan=plan, by=actor_for(old))


def test_elected_candidates_plan_takes_the_work_over(year):
    mandate, *_rest = year
    office, city = secretariat(), OrganisationFactory()
    own = PlanFactory(unit=mandate.unit, term=next_term(), presented_by=city, proposal="elected")
    PlanFactory(unit=mandate.unit, term=next_term(), proposal="own")
    opening = _fill(_begin(office), office, city)
    with time_machine.travel(AFTER, tick=False):
        actions.open_next(opening=opening, by=office)
    assert own.activities.count() == 2
    assert Plan.objects.filter(term=opening.term).count() == 2


def test_what_is_left_or_given_up_does_not_go_on(year):
    mandate, _plan, _activity, empty, made = year
    office = secretariat()
    opening = _fill(_begin(office), office, None, Seat.CONTINUES)
    choose = {"opening": opening, "unit": mandate.unit, "by": office}
    with pytest.raises(NotAllowed):
        actions.choose_work(choices={f"c{made['led'].pk}": (Carry.DROP, " ")}, **choose)
    actions.choose_work(
        choices={
            f"c{made['led'].pk}": (Carry.DROP, "Sem verba."),
            f"c{made['other'].pk}": (Carry.LEAVE, ""),
            f"a{empty.pk}": (Carry.LEAVE, ""),
        },
        **choose,
    )
    seen = queries.preview(opening)
    assert (seen.carried, seen.left, seen.dropped) == (0, 2, 1)
    with time_machine.travel(AFTER, tick=False):
        actions.open_next(opening=opening, by=office)
    states = [Commitment.objects.get(pk=made[name].pk).state for name in ("led", "other")]
    assert states == ["cancelled", "planned"]
    assert Comment.objects.get().text == "Sem verba."
    assert not Plan.objects.filter(term=opening.term).exists()


def test_doing_it_again_adds_only_what_is_missing(year):
    office, city = secretariat(), OrganisationFactory()
    opening = _fill(_begin(office), office, city)
    with time_machine.travel(AFTER, tick=False):
        actions.open_next(opening=opening, by=office)
        assert actions.open_next(opening=opening, by=office).state == OpeningState.DONE
        with pytest.raises(NotAllowed):
            _fill(opening, office, city)
        actions.take_up_again(opening=opening, by=office)
        late = CommitmentFactory(unit=year[0].unit, term=year[0].term, owner=city)
        actions.add_seat(
            opening=opening, unit=year[0].unit, office="sub_coordinator",
            organisation=OrganisationFactory(), by=office,
        )  # fmt: skip
        actions.open_next(opening=opening, by=office)
    assert Mandate.objects.filter(term=opening.term).count() == 2
    assert Commitment.objects.get(continues=late).term == opening.term
    assert Commitment.objects.filter(term=opening.term).count() == 3


def test_another_holder_in_the_way_stops_all_of_it(year):
    mandate, *_rest = year
    office = secretariat()
    opening = _fill(_begin(office), office, OrganisationFactory())
    MandateFactory(unit=mandate.unit, term=opening.term)
    assert queries.preview(opening).clashes
    with pytest.raises(NotAllowed):
        actions.open_next(opening=opening, by=office)


def test_opening_is_the_secretariats(year):
    opening = _begin(secretariat())
    leader = coordinator(year[0])
    acts = (
        lambda: _begin(leader),
        lambda: _fill(opening, leader, None, Seat.VACANT),
        lambda: actions.choose_work(opening=opening, unit=year[0].unit, choices={}, by=leader),
        lambda: actions.open_next(opening=opening, by=leader),
        lambda: actions.take_up_again(opening=opening, by=leader),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_first_term_is_not_opened_by_the_guide():
    with pytest.raises(NotAllowed):
        _begin(secretariat())
    assert not Opening.objects.exists() and not Term.objects.exists()


def test_city_typed_beside_an_undecided_office_is_taken_and_the_rest_can_continue(year):
    opening = _begin(secretariat())
    rows = queries.seats_of(opening)
    (seat,) = (seat for _unit, seats in rows for seat in seats if seat.holder_id)
    given = {f"choice-{seat.pk}": Seat.UNDECIDED, f"city-{seat.pk}": ""}
    other = OrganisationFactory()

    def understood(**more):
        form = SeatsForm(given | more, seats=rows)
        assert form.is_valid(), form.errors
        return form.choices[seat.pk][0]

    assert understood() == Seat.UNDECIDED
    assert understood(rest="continues") == Seat.CONTINUES
    assert understood(rest="continues", **{f"city-{seat.pk}": named(other)}) == Seat.NEW
    typo = SeatsForm(given | {f"city-{seat.pk}": "Atlantis"}, seats=rows)
    assert f"city-{seat.pk}" in typo.errors
