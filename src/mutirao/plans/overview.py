"""How many plans stand where, term by term: figures that are links into the list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import npgettext

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
        Figure(state, _word(state, states[state]), states[state], _query(term=term, state=state))
        for state in State.values
        if state in states
    ]
    return TermOverview(term, total, _query(term=term), figures)


def _query(**chosen: str) -> str:
    return f"?{urlencode(chosen)}"


def _word(state: str, count: int) -> str:
    """What `count` plans in this state are called: languages agree in number."""
    return {
        State.DRAFT: npgettext("plans", "draft", "drafts", count),
        State.SUBMITTED: npgettext("plans", "submitted", "submitted", count),
        State.RETURNED: npgettext("plans", "returned", "returned", count),
        State.APPROVED: npgettext("plans", "approved", "approved", count),
        State.IN_PROGRESS: npgettext("plans", "in progress", "in progress", count),
        State.CLOSED: npgettext("plans", "closed", "closed", count),
    }[State(state)]
