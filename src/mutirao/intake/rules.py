"""Who may bring documents in, and who sees them until they are accepted.

A draft holds what is never published (contacts, signatures), so it stays with the organisation
that brought it in, and the secretariat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import rules

from .models import Draft

if TYPE_CHECKING:
    from mutirao.accounts.models import User


class Actor(Protocol):
    """What is asked of the network's `Actor`: the app network is a sibling of this one."""

    person: User | None

    @property
    def organisation_id(self) -> int | None: ...
    @property
    def may_write(self) -> bool: ...
    @property
    def is_secretariat(self) -> bool: ...


@rules.predicate
def writes(actor: Actor, draft: Draft | None = None) -> bool:
    return actor.may_write


@rules.predicate
def is_secretariat(actor: Actor, draft: Draft) -> bool:
    return actor.is_secretariat


@rules.predicate
def acts_for_its_organisation(actor: Actor, draft: Draft) -> bool:
    return actor.organisation_id == draft.organisation_id


concerned = writes & (is_secretariat | acts_for_its_organisation)

rules.add_rule("intake.bring_in", writes)
rules.add_rule("intake.see_draft", concerned)
rules.add_rule("intake.edit_draft", concerned)
