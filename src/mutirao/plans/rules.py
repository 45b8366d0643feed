"""Who may do what with a plan. Predicates take an `Actor` and the plan.

`plans.write_plan` takes an unsaved `Plan(unit=…, term=…, presented_by=…)`: may they write this
one? `plans.write_plans` takes no record: may they write any at all?
"""

from __future__ import annotations

import rules

from mutirao.network.acting import Actor
from mutirao.network.states import LEADING_OFFICES

from .models import Plan
from .states import BEING_FOLLOWED, BEING_WRITTEN, VERBS, State


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
def is_member(actor: Actor, plan: Plan | None = None) -> bool:
    return actor.is_member


writes = is_secretariat | leads | (presents & may_decide & serves)
judges = is_secretariat | (sits_on_the_board & may_decide & ~presents)
concerned = is_secretariat | serves | presents
decides_for = is_secretariat | (leads & may_decide)

# A draft is the unit's: who presented it and left office reads it again once it is approved.
rules.add_rule(
    "plans.see_plan", is_public | is_secretariat | serves | (is_submitted & sits_on_the_board)
)
rules.add_rule("plans.see_remarks", concerned | sits_on_the_board)
rules.add_rule("plans.see_document", concerned)
rules.add_rule("plans.see_history", is_member)
rules.add_rule("plans.write_plans", is_secretariat | leads_any)
rules.add_rule("plans.write_plan", is_secretariat | (leads & presents))
rules.add_rule("plans.edit_plan", writes & is_being_written)
rules.add_rule("plans.follow_plan", writes & is_open)
rules.add_rule("plans.submit_plan", decides_for)
rules.add_rule("plans.withdraw_plan", decides_for)
rules.add_rule("plans.approve_plan", judges)
rules.add_rule("plans.return_plan", judges)
rules.add_rule("plans.start_plan", decides_for)
rules.add_rule("plans.close_plan", decides_for)
rules.add_rule("plans.reopen_plan", is_secretariat)


def verbs_of(actor: Actor, plan: Plan) -> list[str]:
    """The moves this actor may make with the plan as it stands."""
    return [
        verb
        for verb, move in VERBS.items()
        if plan.state in move.sources and rules.test_rule(f"plans.{verb}_plan", actor, plan)
    ]
