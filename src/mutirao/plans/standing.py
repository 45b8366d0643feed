"""Who may write a plan to stand with it: a higher app that holds elections says so here.

`plans` knows no candidacies. An app that does gives a function of the actor, and with it the
pages that write or bring in a plan serve candidates too; what they write is their proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mutirao.network.acting import Actor
from mutirao.network.models import Term, Unit

Standing = Callable[[Actor], Iterable[tuple[Unit, Term]]]
_STANDINGS: list[Standing] = []


def declare(standing: Standing) -> Standing:
    """Register who may propose a plan: a function of the actor that gives (unit, term) pairs."""
    _STANDINGS.append(standing)
    return standing


def stands_for(actor: Actor) -> list[tuple[Unit, Term]]:
    """The units and terms for which the actor may write a plan to stand with, as of now."""
    if actor.organisation_id is None or not actor.may_write:
        return []
    return [pair for standing in _STANDINGS for pair in standing(actor)]
