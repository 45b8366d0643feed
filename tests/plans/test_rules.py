"""Who may see, write and move a plan. The SQL of `visible_to` and the rule must agree."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
import rules

from mutirao.network.acting import NOBODY
from mutirao.network.states import Office, Role
from mutirao.plans import queries
from mutirao.plans.models import Plan
from mutirao.plans.rules import verbs_of
from mutirao.plans.states import IN_FORCE, PUBLIC, TRANSITIONS, VERBS, State
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.plans.factories import PlanFactory, board_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Everyone who could stand before a plan."""
    mandate = MandateFactory()
    sub = MandateFactory(unit=mandate.unit, term=mandate.term, office=Office.SUB_COORDINATOR)
    return SimpleNamespace(
        mandate=mandate,
        leader=coordinator(mandate),
        officer=actor(mandate.organisation, Role.OFFICER),
        observer=actor(mandate.organisation, Role.OBSERVER),
        sub=actor(sub.organisation, Role.COORDINATOR),
        other_leader=coordinator(MandateFactory()),
        member=actor(),
        board=board_actor(),
        board_observer=board_actor(Role.OBSERVER),
        secretariat=secretariat(),
    )


def plan_in(people, state: str) -> Plan:
    mandate = people.mandate
    return PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state=state
    )


def those_who(people, rule: str, plan: Plan) -> set[str]:
    named = {name: who for name, who in vars(people).items() if name != "mandate"}
    return {name for name, who in named.items() if rules.test_rule(rule, who, plan)}


WRITERS = {"leader", "officer", "secretariat"}
CONCERNED = WRITERS | {"sub"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, CONCERNED),
        (State.RETURNED, CONCERNED),
        (State.SUBMITTED, CONCERNED | {"board"}),
    ],
)
def test_a_plan_not_yet_in_force_is_seen_by_those_concerned(people, state, expected):
    assert those_who(people, "plans.see_plan", plan_in(people, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_the_query_and_the_rule_show_the_same_plans(people, state):
    plan = plan_in(people, state)
    for who in (*(v for k, v in vars(people).items() if k != "mandate"), NOBODY):
        listed = queries.visible_to(who).filter(pk=plan.pk).exists()
        assert listed == rules.test_rule("plans.see_plan", who, plan)


@pytest.mark.parametrize("state", PUBLIC)
def test_a_public_plan_is_seen_by_everyone(people, state):
    assert rules.test_rule("plans.see_plan", NOBODY, plan_in(people, state))


@pytest.mark.parametrize("state", State.values)
def test_the_words_are_written_only_before_submitting(people, state):
    expected = WRITERS if state in (State.DRAFT, State.RETURNED) else set()
    assert those_who(people, "plans.edit_plan", plan_in(people, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_tags_and_commitments_follow_the_work_until_it_is_closed(people, state):
    done = (State.SUBMITTED, State.CLOSED, State.REPLACED)
    expected = set() if state in done else WRITERS
    assert those_who(people, "plans.follow_plan", plan_in(people, state)) == expected


def test_only_deciding_roles_submit(people):
    plan = plan_in(people, State.DRAFT)
    assert those_who(people, "plans.submit_plan", plan) == {"leader", "secretariat"}


def test_the_board_and_the_secretariat_judge(people):
    plan = plan_in(people, State.SUBMITTED)
    assert those_who(people, "plans.approve_plan", plan) == {"board", "secretariat"}
    assert those_who(people, "plans.return_plan", plan) == {"board", "secretariat"}


def test_a_city_of_the_board_does_not_judge_its_own_plan():
    board = board_actor()
    plan = PlanFactory(presented_by=board.organisation, state=State.SUBMITTED)
    assert not rules.test_rule("plans.approve_plan", board, plan)


def test_the_original_document_is_for_those_concerned(people):
    plan = plan_in(people, State.APPROVED)
    assert those_who(people, "plans.see_document", plan) == CONCERNED


def test_a_plan_is_written_for_ones_own_unit_and_city(people):
    mandate = people.mandate
    own = Plan(unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation)
    anothers = Plan(unit=mandate.unit, term=mandate.term, presented_by=OrganisationFactory())
    elsewhere = Plan(unit=UnitFactory(), term=mandate.term, presented_by=mandate.organisation)
    assert those_who(people, "plans.write_plan", own) == WRITERS
    assert those_who(people, "plans.write_plan", anothers) == {"secretariat"}
    assert those_who(people, "plans.write_plan", elsewhere) == {"secretariat"}


def test_whoever_lost_the_mandate_reads_what_is_in_force_only(people):
    plan, public = plan_in(people, State.DRAFT), plan_in(people, State.IN_PROGRESS)
    mandate = people.mandate
    mandate.starts_on, mandate.ends_on = date(2001, 1, 1), date(2001, 2, 1)
    mandate.save()
    former = actor(mandate.organisation, Role.COORDINATOR)
    assert not rules.test_rule("plans.edit_plan", former, plan)
    assert not rules.test_rule("plans.submit_plan", former, plan)
    assert not rules.test_rule("plans.see_plan", former, plan)
    assert rules.test_rule("plans.see_plan", former, public)


def test_verbs_and_transitions_say_the_same():
    edges = {(source, verb.target) for verb in VERBS.values() for source in verb.sources}
    # Being replaced is nobody's verb: it comes with the approval of the plan that replaces it.
    edges |= {(state, State.REPLACED) for state in IN_FORCE}
    assert edges == {(source, to) for source, targets in TRANSITIONS.items() for to in targets}


def test_the_moves_offered_depend_on_state_and_reader(people):
    submitted = plan_in(people, State.SUBMITTED)
    assert verbs_of(people.leader, submitted) == ["withdraw"]
    assert verbs_of(people.board, submitted) == ["approve", "return"]
    assert verbs_of(people.member, submitted) == []
