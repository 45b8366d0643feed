"""Who may stand, see, vote and decide. Predicates take an `Actor` and the record."""

from __future__ import annotations

import rules

from mutirao.network.acting import Actor
from mutirao.network.queries import members_on

from .models import Assembly, Candidacy, Election
from .states import STANDING, State


def _voting_member(actor: Actor, assembly: Assembly) -> bool:
    if actor.organisation_id is None:
        return False
    return members_on(assembly.roll_day, voting=True).filter(pk=actor.organisation_id).exists()


@rules.predicate
def is_secretariat(actor: Actor, record: object = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def is_open_to_reader(actor: Actor, assembly: Assembly) -> bool:
    """Members see it once it is announced, everyone once it is concluded."""
    if assembly.state == State.ANNOUNCED:
        return actor.is_member
    return assembly.state == State.CONCLUDED


@rules.predicate
def is_its_own(actor: Actor, candidacy: Candidacy) -> bool:
    return actor.organisation_id == candidacy.organisation_id


@rules.predicate
def is_shown(actor: Actor, candidacy: Candidacy) -> bool:
    assembly = candidacy.election.assembly
    seen = assembly.state != State.PREPARING and candidacy.state in STANDING
    return actor.is_member and seen and assembly.shows_candidacies()


@rules.predicate
def stands(actor: Actor, election: Election) -> bool:
    """Writes for a city that is a member."""
    organisation = actor.organisation
    if organisation is None or not organisation.is_city or not actor.may_write:
        return False
    return _voting_member(actor, election.assembly)


@rules.predicate
def is_announced(actor: Actor, election: Election) -> bool:
    return election.assembly.state == State.ANNOUNCED


@rules.predicate
def writes(actor: Actor, candidacy: Candidacy) -> bool:
    return actor.may_write and actor.organisation_id == candidacy.organisation_id


@rules.predicate
def may_decide(actor: Actor, record: object = None) -> bool:
    return actor.may_decide


@rules.predicate
def votes(actor: Actor, election: Election) -> bool:
    """Binds a member that is on the roll; the secretariat runs the vote and has none."""
    return actor.may_decide and _voting_member(actor, election.assembly)


rules.add_rule("assembly.manage", is_secretariat)
rules.add_rule("assembly.see_assembly", is_secretariat | is_open_to_reader)
rules.add_rule("assembly.see_candidacy", is_secretariat | is_its_own | is_shown)
rules.add_rule("assembly.stand", is_announced & stands)
rules.add_rule("assembly.write_candidacy", writes)
rules.add_rule("assembly.submit_candidacy", writes & may_decide)
rules.add_rule("assembly.withdraw_candidacy", writes & may_decide)
rules.add_rule("assembly.refuse_candidacy", is_secretariat)
rules.add_rule("assembly.admit_candidacy", is_secretariat)
rules.add_rule("assembly.vote", votes & ~is_secretariat)
rules.add_rule("assembly.decide", is_secretariat)
