"""How many plans stand where, term by term: figures that are links into the list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from .queries import Present
from .states import State


@dataclass(frozen=True)
class Figure:
    state: str
    label: str
    count: int
    query: str


@dataclass(frozen=True)
class TermOverview:
    term: str
    total: int
    query: str
    figures: list[Figure]


def overview(present: Present) -> list[TermOverview]:
    """One entry a term, the latest first, with a figure for each state that occurs."""
    return [_of_term(term, total, present.states[term]) for term, total in present.terms.items()]


def _of_term(term: str, total: int, states: dict[str, int]) -> TermOverview:
    figures = [
        Figure(state, str(label), states[state], _query(term=term, state=state))
        for state, label in State.choices
        if state in states
    ]
    return TermOverview(term, total, _query(term=term), figures)


def _query(**chosen: str) -> str:
    return f"?{urlencode(chosen)}"
