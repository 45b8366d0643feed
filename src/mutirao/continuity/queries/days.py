"""A term as it stood on a day of the past."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from mutirao.commitments.models import Commitment
from mutirao.commitments.queries import LATE, counts_from
from mutirao.commitments.queries import visible_to as visible_commitments
from mutirao.commitments.states import OPEN, State
from mutirao.core.former import as_of, end_of
from mutirao.network.acting import Actor
from mutirao.network.models import Term, Unit
from mutirao.network.queries import in_readers_order, members_on, units
from mutirao.plans.models import Move, Plan
from mutirao.plans.queries import visible_to as visible_plans
from mutirao.plans.states import PUBLIC
from mutirao.plans.states import State as PlanState


@dataclass
class Standing:
    """A unit on that day: its plan's state then, and how its commitments stood."""

    unit: Unit
    plan: Plan | None
    state: str
    label: str
    counts: dict[str, int]


@dataclass
class TermOn:
    """A term on a day. `members` is how many organisations belonged to the network."""

    day: date
    rows: list[Standing]
    counts: dict[str, int]
    members: int


def term_on(actor: Actor, term: Term, day: date) -> TermOn:
    """From days of validity and the history (ADR 0004). Six queries.

    Shown is what the reader may see today; what was not approved on that day is said to be so.
    """
    states = _plan_states(term, day)
    plans: dict[int, tuple[Plan, str]] = {}
    for plan in visible_plans(actor).filter(term=term).order_by("pk"):
        state = states.get(plan.pk, PlanState.DRAFT)
        if plan.created_at < end_of(day) and state != PlanState.REPLACED:
            plans[plan.unit_id] = (plan, state)
    stood = _commitments(actor, term, day)
    found = [
        _row(unit, plans.get(unit.pk), stood.get(unit.pk, Counter()))
        for unit in in_readers_order(units())
        if unit.pk in plans or unit.pk in stood
    ]
    total: Counter[str] = Counter()
    for counted in stood.values():
        total.update(counted)
    return TermOn(day, found, counts_from(total.items()), members_on(day).count())


def _row(unit: Unit, planned: tuple[Plan, str] | None, counted: Counter[str]) -> Standing:
    plan, state = planned or (None, "")
    public = plan is not None and state in PUBLIC
    return Standing(
        unit,
        plan,
        state if public else "",
        str(PlanState(state).label) if public else "",
        counts_from(counted.items()),
    )


def _plan_states(term: Term, day: date) -> dict[int, str]:
    """Plan's id → its state at the end of the day: every move is recorded with its moment."""
    moves = (
        Move.objects.filter(plan__term=term, at__lt=end_of(day))
        .order_by("plan_id", "-at", "-pk")
        .distinct("plan_id")
    )
    return dict(moves.values_list("plan_id", "to_state"))


_NOW = ("pk", "unit_id", "state", "due_on", "done_on", "created_at")


def _commitments(actor: Actor, term: Term, day: date) -> dict[int, Counter[str]]:
    """Unit's id → how its commitments stood.

    As the history says; where it does not reach back so far (what was brought in from before),
    as the days on the record itself say: made, due, done.
    """
    seen = visible_commitments(actor).select_related(None).filter(term=term, unit__isnull=False)
    rows = seen.filter(created_at__lt=end_of(day)).values(*_NOW)
    former: dict[int, Any] = {
        row["pgh_obj_id"]: row
        for row in as_of(Commitment, day)
        .filter(term=term.pk)
        .values("pgh_obj_id", "state", "due_on", "done_on")
    }
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row["unit_id"]][_standing(row, former.get(row["pk"]), day)] += 1
    return found


def _standing(row: dict[str, Any], then: dict[str, Any] | None, day: date) -> str:
    if then is not None:
        state, due = then["state"], then["due_on"]
    else:
        done = row["done_on"] is not None and row["done_on"] <= day
        over = row["state"] == State.CANCELLED
        state = State.DONE if done else row["state"] if over else State.PLANNED
        due = row["due_on"]
    return LATE if state in OPEN and due and due < day else state
