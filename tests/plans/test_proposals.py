"""A candidate's plan is its own until the assembly elects; then it is the unit's draft."""

from __future__ import annotations

import pytest
import rules
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from mutirao.core.models import NotAllowed
from mutirao.plans import actions, queries, standing
from mutirao.plans.models import Plan
from mutirao.plans.states import Proposal, State
from tests.factories import MandateFactory, TermFactory, UnitFactory, actor, coordinator

from .factories import ActivityFactory, PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(monkeypatch):
    """A city that may stand for a unit, and the unit's own coordinator."""
    unit, term = UnitFactory(), TermFactory()
    candidate = actor()
    monkeypatch.setattr(
        standing,
        "_STANDINGS",
        [lambda who: [(unit, term)] if who.organisation == candidate.organisation else []],
    )
    return unit, term, candidate, coordinator(MandateFactory(unit=unit, term=term))


def _write(unit, term, by):
    return actions.create_plan(
        unit=unit, term=term, presented_by=by.organisation, title="Plano", by=by
    )


def test_candidate_writes_a_proposal_and_nobody_else_sees_it(contest):
    unit, term, candidate, leader = contest
    plan = _write(unit, term, candidate)
    assert plan.proposal == Proposal.OWN
    seeing = {who: plan in queries.visible_to(who) for who in (candidate, leader, actor())}
    assert list(seeing.values()) == [True, False, False]
    for who, seen in seeing.items():
        assert rules.test_rule("plans.see_plan", who, plan) == seen
        assert rules.test_rule("plans.edit_plan", who, plan) == seen


def test_proposal_shown_is_read_by_members_and_written_by_its_city(contest):
    unit, term, candidate, leader = contest
    plan = actions.propose(plan=_write(unit, term, candidate))
    member = actor()
    assert plan in queries.visible_to(member) and plan in queries.visible_to(leader)
    assert rules.test_rule("plans.see_plan", member, plan)
    assert not rules.test_rule("plans.edit_plan", leader, plan)


def test_proposal_cannot_be_submitted_before_it_wins(contest):
    unit, term, candidate, leader = contest
    plan = actions.propose(plan=_write(unit, term, candidate))
    ActivityFactory(plan=plan)
    for who in (candidate, leader):
        with pytest.raises(PermissionDenied):
            actions.submit(plan=plan, by=who)
    actions.hand_to_unit(plan=plan)
    assert actions.submit(plan=plan, by=candidate).state == State.SUBMITTED


def test_proposal_of_the_elected_is_the_units_draft(contest):
    unit, term, candidate, leader = contest
    plan = actions.hand_to_unit(plan=_write(unit, term, candidate))
    assert plan in queries.visible_to(leader)
    assert rules.test_rule("plans.edit_plan", leader, plan)
    assert rules.test_rule("plans.edit_plan", candidate, plan)


def test_who_does_not_stand_writes_no_proposal(contest):
    unit, term, _candidate, _leader = contest
    with pytest.raises(PermissionDenied):
        _write(unit, term, actor())


def test_what_was_submitted_is_no_proposal():
    with pytest.raises(NotAllowed):
        actions.propose(plan=PlanFactory(state=State.SUBMITTED))
    plan = PlanFactory(state=State.SUBMITTED)
    with pytest.raises(IntegrityError, match="plan_of_candidate_is_draft"):
        Plan.objects.filter(pk=plan.pk).update(proposal=Proposal.SHOWN)
