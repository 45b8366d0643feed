"""How each unit's coordination stands in a term, and over terms: a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from mutirao.commitments.models import Commitment
from mutirao.commitments.queries import counts_from, standing_of
from mutirao.commitments.queries import visible_to as visible_commitments
from mutirao.commitments.states import OPEN
from mutirao.meetings.models import Event
from mutirao.meetings.queries import visible_to as visible_events
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate, Organisation, Term, Unit
from mutirao.network.queries import in_readers_order, mandates_in, terms, units
from mutirao.network.states import LEADING_OFFICES
from mutirao.plans.models import Move, Plan
from mutirao.plans.queries import visible_to as visible_plans
from mutirao.plans.states import CANDIDATES, IN_FORCE
from mutirao.plans.states import State as PlanState

from ..models import Nudge

# The plan that says most about a unit: one in force, else the furthest on its way.
_FURTHEST = (
    PlanState.CLOSED,
    PlanState.IN_PROGRESS,
    PlanState.APPROVED,
    PlanState.SUBMITTED,
    PlanState.RETURNED,
    PlanState.DRAFT,
)
NO_PLAN = "none"
TERMS_COMPARED = 5


@dataclass
class Activity:
    """The last thing that happened: when, what it was ("commitment", "plan", "meeting")."""

    at: datetime
    what: str


@dataclass
class Row:
    """A unit's coordination in a term."""

    unit: Unit
    leaders: list[Organisation] = field(default_factory=list)
    plan: Plan | None = None
    plan_since: datetime | None = None
    counts: dict[str, int] = field(default_factory=lambda: counts_from(()))
    last: Activity | None = None
    meeting: Event | None = None
    nudge: Nudge | None = None

    @property
    def plan_state(self) -> str:
        return self.plan.state if self.plan else NO_PLAN

    @property
    def open(self) -> int:
        return self.counts["planned"] + self.counts["in_progress"]

    @property
    def silent_days(self) -> int | None:
        """Days since the last activity; None when there never was any."""
        return (timezone.now() - self.last.at).days if self.last else None

    @property
    def kept_percent(self) -> int | None:
        """Of what was to be kept in this term: not of what was cancelled or carried over."""
        due = self.counts["total"] - self.counts["cancelled"] - self.counts["carried"]
        return round(100 * self.counts["done"] / due) if due else None


def coordinations(actor: Actor, term: Term) -> list[Row]:
    """Every unit in a term, in the reader's order. Nine queries whatever there is."""
    rows = {unit.pk: Row(unit) for unit in in_readers_order(units())}
    _leaders(rows, mandates_in(term))
    _plans(rows, actor, term)
    _counts(rows, actor, term)
    _activity(rows, actor, term)
    _meetings(rows, actor)
    _nudges(rows, actor, term)
    return list(rows.values())


def _leaders(rows: dict[int, Row], held: QuerySet[Mandate]) -> None:
    """Who leads today or, in a term that is over or to come, at its end or its beginning."""
    today = timezone.localdate()
    for mandate in held.filter(office__in=LEADING_OFFICES):
        day = min(max(today, mandate.term.starts_on), mandate.term.ends_on)
        if mandate.starts_on <= day <= (mandate.ends_on or mandate.term.ends_on):
            rows[mandate.unit_id].leaders.append(mandate.organisation)


def _plans(rows: dict[int, Row], actor: Actor, term: Term) -> None:
    seen = (
        visible_plans(actor)
        .filter(term=term)
        .exclude(state=PlanState.REPLACED)
        .exclude(proposal__in=CANDIDATES)
        .annotate(moved=Max("moves__at"))
        .order_by("pk")
    )
    for plan in seen:
        row = rows[plan.unit_id]
        if row.plan is None or _place(plan) <= _place(row.plan):
            row.plan, row.plan_since = plan, plan.moved or plan.created_at


def _place(plan: Plan) -> int:
    return _FURTHEST.index(PlanState(plan.state))


def _counts(rows: dict[int, Row], actor: Actor, term: Term) -> None:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    grouped = (
        visible_commitments(actor)
        .select_related(None)
        .filter(term=term, unit__isnull=False)
        .order_by()
        .values_list("unit_id", standing_of())
        .annotate(Count("pk"))
    )
    for unit, standing, number in grouped:
        found[unit].append((standing, number))
    for unit, pairs in found.items():
        rows[unit].counts = counts_from(pairs)


def _activity(rows: dict[int, Row], actor: Actor, term: Term) -> None:
    """The latest of: work on a commitment, a step of a plan, a meeting held."""
    work = Commitment.objects.filter(term=term, unit__isnull=False)
    moves = Move.objects.filter(plan__term=term)
    held = visible_events(actor).filter(
        unit__isnull=False,
        cancelled=False,
        ends_on__lte=min(timezone.localdate(), term.ends_on),
        starts_on__gte=term.starts_on,
    )
    sources: tuple[tuple[str, Any, str, str], ...] = (
        ("commitment", work, "unit_id", "updated_at"),
        ("plan", moves, "plan__unit_id", "at"),
        ("meeting", held.select_related(None), "unit_id", "ends_on"),
    )
    for what, found, unit, moment in sources:
        latest = found.order_by().values_list(unit).annotate(Max(moment))
        for pk, at in latest:
            when = _moment(at)
            row = rows[pk]
            if row.last is None or when > row.last.at:
                row.last = Activity(when, what)


def _moment(value: datetime | date) -> datetime:
    if isinstance(value, datetime):
        return value
    noon = datetime(value.year, value.month, value.day, 12)
    return min(timezone.make_aware(noon), timezone.now())


def _meetings(rows: dict[int, Row], actor: Actor) -> None:
    coming = (
        visible_events(actor)
        .filter(unit__isnull=False, cancelled=False, starts_on__gte=timezone.localdate())
        .order_by("unit_id", "starts_on", "pk")
        .distinct("unit_id")
    )
    for event in coming:
        rows[event.unit_id or 0].meeting = event


def _nudges(rows: dict[int, Row], actor: Actor, term: Term) -> None:
    """The last reminder: the secretariat's for all units, a coordinator's own for theirs."""
    last = Nudge.objects.filter(term=term).order_by("unit_id", "-at").distinct("unit_id")
    if not actor.is_secretariat:
        led = [m.unit_id for m in actor.mandates if m.term_id == term.pk]
        last = last.filter(Q(to=actor.organisation_id) | Q(unit__in=led))
    for nudge in last.select_related("to"):
        rows[nudge.unit_id].nudge = nudge


SORTS = ("unit", "late", "silence", "kept")


def arranged(rows: Iterable[Row], chosen: dict[str, Any]) -> list[Row]:
    """Narrowed by state, silence (days) and lateness, sorted by one of SORTS."""
    found = list(rows)
    if state := chosen.get("state"):
        found = [row for row in found if row.plan_state == state]
    if days := chosen.get("silence"):
        found = [row for row in found if row.silent_days is None or row.silent_days > days]
    if chosen.get("late"):
        found = [row for row in found if row.counts["late"]]
    keys: dict[str, Any] = {
        "late": lambda row: -row.counts["late"],
        "silence": lambda row: -(10**6 if row.silent_days is None else row.silent_days),
        "kept": lambda row: -1 if row.kept_percent is None else row.kept_percent,
    }
    key = keys.get(str(chosen.get("sort")))
    return sorted(found, key=key) if key else found


@dataclass
class Past:
    """A unit in one term, in few figures."""

    term: Term
    approved: bool = False
    counts: dict[str, int] = field(default_factory=lambda: counts_from(()))
    meetings: int = 0

    @property
    def kept_percent(self) -> int | None:
        due = self.counts["total"] - self.counts["cancelled"] - self.counts["carried"]
        return round(100 * self.counts["done"] / due) if due else None


def over_terms(actor: Actor) -> tuple[list[Term], list[tuple[Unit, list[Past]]]]:
    """The last terms, oldest first, and each unit through them. Five queries."""
    started = terms().filter(starts_on__lte=timezone.localdate())[:TERMS_COMPARED]
    compared = sorted(started, key=lambda term: term.starts_on)
    found = {unit: {t.pk: Past(t) for t in compared} for unit in in_readers_order(units())}
    by_unit = {unit.pk: past for unit, past in found.items()}
    pks = [term.pk for term in compared]
    approved = visible_plans(actor).filter(term__in=pks, state__in=IN_FORCE)
    for unit_pk, term_pk in approved.order_by().values_list("unit_id", "term_id"):
        by_unit[unit_pk][term_pk].approved = True
    _past_counts(by_unit, actor, pks)
    _past_meetings(by_unit, actor, compared)
    return compared, [(unit, list(past.values())) for unit, past in found.items()]


def _past_counts(by_unit: dict[int, dict[int, Past]], actor: Actor, pks: list[int]) -> None:
    grouped = (
        visible_commitments(actor)
        .select_related(None)
        .filter(term__in=pks, unit__isnull=False)
        .order_by()
        .values_list("unit_id", "term_id", standing_of())
        .annotate(Count("pk"))
    )
    pairs: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for unit, term, standing, number in grouped:
        pairs[unit, term].append((standing, number))
    for (unit, term), rows in pairs.items():
        by_unit[unit][term].counts = counts_from(rows)


def _past_meetings(by_unit: dict[int, dict[int, Past]], actor: Actor, compared: list[Term]) -> None:
    held = (
        visible_events(actor)
        .select_related(None)
        .filter(unit__isnull=False, cancelled=False, ends_on__lt=timezone.localdate())
        .order_by()
        .values_list("unit_id", "starts_on")
    )
    for unit, day in held:
        for term in compared:
            if day and term.starts_on <= day <= term.ends_on:
                by_unit[unit][term.pk].meetings += 1


def late_work(unit: Unit, term: Term) -> QuerySet[Commitment]:
    """What a reminder speaks of: open and past its date, the longest late first."""
    return Commitment.objects.filter(
        unit=unit, term=term, state__in=OPEN, due_on__lt=timezone.localdate()
    ).order_by("due_on", "pk")
