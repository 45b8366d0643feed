"""Who may. The actor is `network`'s, which stands above: only what it answers is known here."""

from __future__ import annotations

from typing import Protocol

import rules


class Actor(Protocol):
    @property
    def is_secretariat(self) -> bool: ...


@rules.predicate
def is_secretariat(actor: Actor) -> bool:
    return actor.is_secretariat


rules.add_rule("accounts.publish_text", is_secretariat)
