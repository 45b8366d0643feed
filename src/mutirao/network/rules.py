"""Who may. Predicates take an `Actor` and, where there is one, the record."""

from __future__ import annotations

import rules

from .acting import Actor
from .models import ContactMessage, Membership, Organisation
from .states import ROLES_OF_ONES_OWN, Kind, Role


@rules.predicate
def is_secretariat(actor: Actor, record: object = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def acts_for(actor: Actor, organisation: Organisation | None) -> bool:
    """One of the actor's memberships that hold today is with that organisation."""
    return organisation is not None and any(
        membership.organisation_id == organisation.pk for membership in actor.memberships
    )


@rules.predicate
def decides_for(actor: Actor, organisation: Organisation) -> bool:
    """Acts for it now, in a role that binds it."""
    return actor.may_decide and actor.organisation_id == organisation.pk


@rules.predicate
def may_be_ended_by_its_own(actor: Actor, membership: Membership) -> bool:
    """Signatories and the secretariat are given, and taken, by the secretariat."""
    return (
        actor.may_decide
        and actor.organisation_id == membership.organisation_id
        and membership.role in ROLES_OF_ONES_OWN
    )


@rules.predicate
def leaves(actor: Actor, membership: Membership) -> bool:
    """One's own role; a key to the whole house is handed back through a colleague."""
    return (
        actor.person is not None
        and actor.person.pk == membership.person_id
        and membership.role != Role.SECRETARIAT
    )


@rules.predicate
def secretariat_ends(actor: Actor, membership: Membership) -> bool:
    return actor.is_secretariat and membership != actor.membership


@rules.predicate
def is_recipient(actor: Actor, message: ContactMessage) -> bool:
    """Decides for an organisation it was sent to."""
    return (
        actor.may_decide
        and actor.organisation_id is not None
        and any(one.pk == actor.organisation_id for one in message.recipients.all())
    )


@rules.predicate
def secretariat_reads(actor: Actor, message: ContactMessage) -> bool:
    """What nobody else can answer, and what was reported."""
    return actor.is_secretariat and (
        message.state == "abuse" or not message.recipients.all() or is_recipient(actor, message)
    )


def roles_given_by(actor: Actor, organisation: Organisation) -> tuple[str, ...]:
    """The roles the actor may give for an organisation; none for who may not give any."""
    if actor.is_secretariat:
        own = organisation.kind == Kind.NETWORK
        return tuple(role for role in Role.values if own or role != Role.SECRETARIAT)
    return tuple(ROLES_OF_ONES_OWN) if decides_for(actor, organisation) else ()


sees_team = is_secretariat | decides_for

rules.add_rule("network.manage", is_secretariat)
rules.add_rule("network.act_for", acts_for)
rules.add_rule("network.see_team", sees_team)
rules.add_rule("network.invite", sees_team)
rules.add_rule("network.end_membership", secretariat_ends | may_be_ended_by_its_own | leaves)
rules.add_rule("network.change_membership", secretariat_ends | may_be_ended_by_its_own)
rules.add_rule("network.read_message", secretariat_reads | is_recipient)
