"""Who may hand over, open terms, follow coordinations, write to a unit and answer for it."""

from __future__ import annotations

import rules

from mutirao.network.acting import Actor

from .models import HandOver, Nudge


@rules.predicate
def is_secretariat(actor: Actor, record: object = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def is_member(actor: Actor, record: object = None) -> bool:
    return actor.is_member


@rules.predicate
def is_written_to(actor: Actor, nudge: Nudge) -> bool:
    """Acts for the city the reminder went to, or for who leads the unit today."""
    own = actor.organisation_id is not None and actor.organisation_id == nudge.to_id
    return (actor.may_write and own) or actor.leads(nudge.unit_id, nudge.term_id)


@rules.predicate
def writes_for_its_organisation(actor: Actor, handover: HandOver) -> bool:
    return actor.may_write and actor.organisation_id == handover.organisation_id


# Who left reads it until the last day only: it is the organisation's.
rules.add_rule("continuity.see_handover", is_secretariat | writes_for_its_organisation)
rules.add_rule("continuity.open_term", is_secretariat)
rules.add_rule("continuity.follow_coordinations", is_member)
rules.add_rule("continuity.nudge", is_secretariat)
rules.add_rule("continuity.see_nudge", is_secretariat | is_written_to)
rules.add_rule("continuity.answer_nudge", is_written_to & ~is_secretariat)
