"""Who may. Predicates take an `Actor` and, where there is one, the record."""

from __future__ import annotations

import rules

from .acting import Actor
from .models import Organisation


@rules.predicate
def is_secretariat(actor: Actor) -> bool:
    return actor.is_secretariat


@rules.predicate
def acts_for(actor: Actor, organisation: Organisation | None) -> bool:
    """One of the actor's memberships that hold today is with that organisation."""
    return organisation is not None and any(
        membership.organisation_id == organisation.pk for membership in actor.memberships
    )


rules.add_rule("network.manage", is_secretariat)
rules.add_rule("network.act_for", acts_for)
