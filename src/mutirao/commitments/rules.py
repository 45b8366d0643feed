"""Who may see, change, work on and discuss a commitment.

Predicates take an `Actor` and a commitment (for adding: the organisation that would owe it).
`queries.visible_to` says the same as `sees` in SQL; a test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor

if TYPE_CHECKING:
    from mutirao.network.models import Organisation

    from .models import Commitment


@rules.predicate
def is_secretariat(actor: Actor, commitment: Commitment) -> bool:
    return actor.is_secretariat


@rules.predicate
def is_of_the_owner(actor: Actor, commitment: Commitment) -> bool:
    return actor.organisation_id is not None and commitment.owner_id == actor.organisation_id


@rules.predicate
def writes_for_the_owner(actor: Actor, commitment: Commitment) -> bool:
    return actor.may_write and commitment.owner_id == actor.organisation_id


@rules.predicate
def leads_the_unit(actor: Actor, commitment: Commitment) -> bool:
    unit, term = commitment.unit_id, commitment.term_id
    return unit is not None and term is not None and actor.leads(unit, term)


@rules.predicate
def closes_the_term(actor: Actor, commitment: Commitment) -> bool:
    """Led the unit to the term's end, and the term's accounts are still open."""
    unit, term = commitment.unit_id, commitment.term_id
    return unit is not None and term is not None and actor.closes(unit, term)


@rules.predicate
def serves_the_unit(actor: Actor, commitment: Commitment) -> bool:
    unit, term = commitment.unit_id, commitment.term_id
    return unit is not None and term is not None and actor.serves(unit, term)


@rules.predicate
def is_open_to_reader(actor: Actor, commitment: Commitment) -> bool:
    if commitment.visibility == Visibility.PUBLIC:
        return True
    return commitment.visibility == Visibility.MEMBERS and actor.is_member


@rules.predicate
def has_no_unit(actor: Actor, commitment: Commitment) -> bool:
    return commitment.unit_id is None


@rules.predicate
def writes(actor: Actor, commitment: Commitment) -> bool:
    """An observer reads what members read; whatever is said is said for an organisation."""
    return actor.may_write


@rules.predicate
def writes_for(actor: Actor, owner: Organisation) -> bool:
    return actor.may_write and owner.pk == actor.organisation_id


sees = is_open_to_reader | is_of_the_owner | is_secretariat | serves_the_unit

rules.add_rule("commitments.see_commitment", sees)
# Free-standing ones only: what has a source is decided by the app that holds the source.
rules.add_rule("commitments.add_commitment", writes_for)
rules.add_rule(
    "commitments.change_commitment",
    leads_the_unit | is_secretariat | (has_no_unit & writes_for_the_owner),
)
rules.add_rule(
    "commitments.work_commitment",
    writes_for_the_owner | leads_the_unit | closes_the_term | is_secretariat,
)
rules.add_rule("commitments.take_on_commitment", writes_for_the_owner)
