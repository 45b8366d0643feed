"""Who may see and do what about hand-overs."""

from __future__ import annotations

import rules

from mutirao.network.acting import Actor

from .models import HandOver


@rules.predicate
def is_secretariat(actor: Actor, handover: HandOver) -> bool:
    return actor.is_secretariat


@rules.predicate
def writes_for_its_organisation(actor: Actor, handover: HandOver) -> bool:
    return actor.may_write and actor.organisation_id == handover.organisation_id


# Who left reads it until the last day only: it is the organisation's.
rules.add_rule("continuity.see_handover", is_secretariat | writes_for_its_organisation)
