"""Who may do what with a plan. Predicates take an `Actor` and the plan.

`plans.write_plan` takes an unsaved `Plan(unit=…, term=…, presented_by=…)`: may they write this
one? `plans.write_plans` takes no record: may they write any at all?
"""

from __future__ import annotations

import rules

from mutirao.network.acting import Actor
from mutirao.network.states import LEADING_OFFICES

from .models import Plan
from .standing import stands_for
from .states import BEING_FOLLOWED, BEING_WRITTEN, VERBS, Proposal, State


@rules.predicate
def is_public(actor: Actor, plan: Plan) -> bool:
    return plan.is_public


@rules.predicate
def is_being_written(actor: Actor, plan: Plan) -> bool:
    return plan.state in BEING_WRITTEN


@rules.predicate
def is_open(actor: Actor, plan: Plan) -> bool:
    return plan.state in (*BEING_WRITTEN, *BEING_FOLLOWED)


@rules.predicate
def is_submitted(actor: Actor, plan: Plan) -> bool:
    return plan.state == State.SUBMITTED


@rules.predicate
def is_secretariat(actor: Actor, plan: Plan | None = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def may_decide(actor: Actor, plan: Plan | None = None) -> bool:
    return actor.may_decide


@rules.predicate
def presents(actor: Actor, plan: Plan) -> bool:
    """Writes for the organisation that presented it."""
    return actor.may_write and actor.organisation_id == plan.presented_by_id


@rules.predicate
def serves(actor: Actor, plan: Plan) -> bool:
    return actor.serves(plan.unit_id, plan.term_id)


@rules.predicate
def leads(actor: Actor, plan: Plan) -> bool:
    return actor.leads(plan.unit_id, plan.term_id)


@rules.predicate
def leads_any(actor: Actor, plan: Plan | None = None) -> bool:
    return actor.may_write and any(mandate.office in LEADING_OFFICES for mandate in actor.mandates)


@rules.predicate
def sits_on_the_board(actor: Actor, plan: Plan) -> bool:
    return actor.may_write and actor.sits_on_the_board


@rules.predicate
def is_candidates(actor: Actor, plan: Plan) -> bool:
    return plan.is_candidates


@rules.predicate
def is_proposal(actor: Actor, plan: Plan) -> bool:
    return bool(plan.proposal)


@rules.predicate
def is_of_the_elected(actor: Actor, plan: Plan) -> bool:
    return plan.proposal == Proposal.ELECTED


@rules.predicate
def is_shown(actor: Actor, plan: Plan) -> bool:
    """Members read it beside the candidacy it was presented with."""
    return plan.proposal == Proposal.SHOWN and actor.is_member


@rules.predicate
def stands(actor: Actor, plan: Plan) -> bool:
    """Its organisation may stand for leading that unit in that term."""
    return (plan.unit_id, plan.term_id) in {(unit.pk, term.pk) for unit, term in stands_for(actor)}


@rules.predicate
def stands_anywhere(actor: Actor, plan: Plan | None = None) -> bool:
    return bool(stands_for(actor))


@rules.predicate
def closes(actor: Actor, plan: Plan) -> bool:
    """Led the unit to the term's end, and the term's accounts are still open."""
    return actor.closes(plan.unit_id, plan.term_id)


# A candidate's plan is written by its people alone, also before they serve the unit.
of_the_unit = leads | (presents & may_decide & serves)
of_the_presenter = presents & is_proposal
writes = is_secretariat | (of_the_unit & ~is_candidates) | of_the_presenter
judges = is_secretariat | (sits_on_the_board & may_decide & ~presents)
concerned = is_secretariat | (serves & ~is_candidates) | presents
decides_for = (is_secretariat | (leads & may_decide)) & ~is_candidates
hands_in = decides_for | (presents & may_decide & is_of_the_elected)

# A draft is the unit's: who presented it and left office reads it again once it is approved.
rules.add_rule(
    "plans.see_plan",
    is_public
    | is_secretariat
    | (serves & ~is_candidates)
    | of_the_presenter
    | is_shown
    | (is_submitted & sits_on_the_board),
)
rules.add_rule("plans.see_remarks", concerned | sits_on_the_board)
rules.add_rule("plans.see_document", concerned)
rules.add_rule("plans.write_plans", is_secretariat | leads_any | stands_anywhere)
rules.add_rule("plans.write_plan", is_secretariat | (presents & (leads | stands)))
rules.add_rule("plans.edit_plan", writes & is_being_written)
rules.add_rule("plans.follow_plan", writes & is_open)
rules.add_rule("plans.submit_plan", hands_in)
rules.add_rule("plans.withdraw_plan", hands_in)
rules.add_rule("plans.approve_plan", judges)
rules.add_rule("plans.return_plan", judges)
rules.add_rule("plans.start_plan", decides_for | (closes & may_decide))
rules.add_rule("plans.close_plan", decides_for | (closes & may_decide))
rules.add_rule("plans.reopen_plan", is_secretariat)


def verbs_of(actor: Actor, plan: Plan) -> list[str]:
    """The moves this actor may make with the plan as it stands."""
    return [
        verb
        for verb, move in VERBS.items()
        if plan.state in move.sources and rules.test_rule(f"plans.{verb}_plan", actor, plan)
    ]
