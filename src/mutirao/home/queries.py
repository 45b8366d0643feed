"""What the front page and the desk show. Each part starts from its own app's `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.utils import timezone

from mutirao.assembly import queries as assemblies
from mutirao.assembly.queries import Waiting
from mutirao.commitments import queries as commitments
from mutirao.commitments.models import Commitment
from mutirao.continuity import queries as continuity
from mutirao.continuity.models import Nudge
from mutirao.core.maps import View
from mutirao.core.states import Visibility
from mutirao.discussions import queries as discussions
from mutirao.intake import queries as intake
from mutirao.intake.models import Draft
from mutirao.meetings import queries as meetings
from mutirao.meetings.models import Event
from mutirao.network import queries as network
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.maps import Link, MapPoint, points_of
from mutirao.network.models import (
    Mandate,
    Member,
    MembershipRequest,
    Organisation,
    Term,
    Unit,
)
from mutirao.network.states import Kind, MessageState
from mutirao.plans import queries as plans
from mutirao.plans.models import Activity, Plan
from mutirao.plans.rules import verbs_of
from mutirao.plans.states import BEING_WRITTEN, IN_FORCE, State
from mutirao.reports import queries as reports
from mutirao.topics.models import Goal

from .picture import Team, Trip, links_of, teams_of, trips_of, view_of

NEXT_EVENTS = 4
EVENTS_ON_MAP = 60
NEW_PLANS = 3
UNNAMED = 5
ROWS = 8  # of each list on the desk; the whole list is one click away


@dataclass
class Front:
    """The front page: the network as everyone may see it."""

    cities: list[Organisation]
    units: int
    teams: list[Team]
    trips: list[Trip]
    points: list[MapPoint]
    links: list[Link]
    view: View
    events: list[Event]
    promised: list[Unit]
    plans: list[Plan]
    term: Term | None

    @property
    def plans_in_progress(self) -> int:
        return self.plans[0].all_of_them if self.plans else 0  # type: ignore[attr-defined]

    @property
    def countries(self) -> int:
        return len({city.country for city in self.cities})

    @property
    def on_time(self) -> int | None:
        """Per cent of this term's commitments that are not late; None without any."""
        counted = sum(unit.total - unit.cancelled - unit.carried for unit in self.promised)  # type: ignore[attr-defined]
        late = sum(unit.late for unit in self.promised)  # type: ignore[attr-defined]
        return round(100 * (counted - late) / counted) if counted else None


def front() -> Front:
    """Everything on the front page, in seven queries, whoever asks: it is the public's."""
    today = timezone.localdate()
    cities = list(_members())
    mandates = list(network.mandates_on(today))
    term = mandates[0].term if mandates else None
    events = list(meetings.upcoming(NOBODY, today)[:EVENTS_ON_MAP])
    teams = teams_of(mandates)
    trips = trips_of(events, teams)
    points = points_of(cities)
    return Front(
        cities=cities,
        units=network.units().count(),
        teams=teams,
        trips=trips,
        points=points,
        view=view_of(points),
        links=links_of(teams, trips, cities),
        events=events[:NEXT_EVENTS],
        promised=list(_promised(NOBODY, term)) if term else [],
        plans=_with_goals(_newest_plans()),
        term=term,
    )


# What the front page is made of; the history of each has ever growing ids.
_SHOWN = (Organisation, Member, Unit, Term, Mandate, Plan, Activity, Commitment, Event)


def front_version() -> tuple[int | None, ...]:
    """The newest history id of every kind of record the front page shows, in one query."""
    tables = [model.pgh_event_model._meta.db_table for model in _SHOWN]  # type: ignore[union-attr]
    newest = ", ".join(f"(SELECT max(pgh_id) FROM {table})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return cursor.fetchone()


def _members() -> QuerySet[Organisation]:
    return (
        network.members_on(timezone.localdate())
        .filter(kind=Kind.CITY)
        .only(
            "kind", "name", "short_name", "slug", "country", "population", "latitude", "longitude"
        )
    )


def _promised(actor: Actor, term: Term) -> QuerySet[Unit]:
    """Units with this term's commitments, those with most of them first."""
    return commitments.counts_by_unit(actor, term).order_by("-total", "slug")  # type: ignore[misc]


def _newest_plans() -> QuerySet[Plan]:
    """The plans under way approved last; each says how many there are of them."""
    return (
        plans.for_list(NOBODY)
        .filter(state=State.IN_PROGRESS)
        .annotate(all_of_them=Window(Count("pk")))
        .order_by("-approved_on", "-pk")[:NEW_PLANS]
    )


def _with_goals(found: QuerySet[Plan]) -> list[Plan]:
    """The plans with `goals`, in order; one query for the goals of all."""
    rows = list(found)
    numbers = {number for plan in rows for number in plan.goal_numbers}  # type: ignore[attr-defined]
    goals = Goal.objects.in_bulk(numbers) if numbers else {}
    for plan in rows:
        plan.goals = [goals[number] for number in plan.goal_numbers if number in goals]  # type: ignore[attr-defined]
    return rows


@dataclass
class Overview:
    """What the technical secretariat watches over."""

    submitted: int
    without_plan: list[Unit]
    units: int
    late: list[Unit]
    term: Term | None = None

    @property
    def late_in_all(self) -> int:
        return sum(unit.late for unit in self.late)  # type: ignore[attr-defined]


@dataclass
class Desk:
    """What a person owes, decides and attends, for the organisation acted for."""

    owed: list[Commitment]
    owed_late: int
    to_decide: list[Plan]
    to_write: list[Plan]
    drafts: list[Draft]
    events: list[Event]
    plans: list[Plan]
    overview: Overview | None = None
    assembly: Waiting | None = None
    reminders: list[Nudge] = field(default_factory=list)
    mandates: list[Any] = field(default_factory=list)
    unnamed: list[Commitment] = field(default_factory=list)
    unnamed_in_all: int = 0
    unkept: list[Draft] = field(default_factory=list)
    asking: list[MembershipRequest] = field(default_factory=list)
    messages: int = 0
    to_moderate: int = 0

    @property
    def waiting(self) -> int:
        others = len(self.asking) + self.messages + self.to_moderate
        return len(self.to_decide) + len(self.to_write) + len(self.drafts) + others


def desk(actor: Actor) -> Desk:
    """The desk of somebody who acts for an organisation."""
    mine = list(_plans_near(actor))
    owed = list(_owed(actor))
    unnamed = [commitment for commitment in owed if not commitment.names_anybody]  # type: ignore[attr-defined]
    drafts = list(intake.open_to(actor)[: 2 * ROWS])
    return Desk(
        owed=owed[:ROWS],
        owed_late=sum(commitment.is_late for commitment in owed),
        to_decide=[plan for plan in mine if _waits_for(actor, plan)],
        to_write=[plan for plan in mine if _is_to_write(actor, plan)],
        drafts=[draft for draft in drafts if draft.keeper_id is not None][:ROWS],
        events=list(my_events(actor)[:NEXT_EVENTS]),
        plans=[plan for plan in mine if _is_mine(actor, plan)][:ROWS],
        overview=overview(actor) if actor.is_secretariat else None,
        assembly=assemblies.waiting_for(actor),
        reminders=list(continuity.unanswered(actor)),
        mandates=actor.mandates,
        unnamed=unnamed[:UNNAMED],
        unnamed_in_all=len(unnamed),
        unkept=[draft for draft in drafts if draft.keeper_id is None][:ROWS],
        asking=list(network.requests_to(actor)[:ROWS]),
        messages=network.messages_to(actor).filter(state=MessageState.NEW).count(),
        to_moderate=discussions.to_do(actor),
    )


def _owed(actor: Actor) -> QuerySet[Commitment]:
    """All that its organisation owes: the earliest due first, so what is late comes first.

    What stands in a plan not yet approved is nobody's promise.
    """
    named = Commitment.people.through.objects.filter(commitment=OuterRef("pk"))
    promised = commitments.owed_by(actor).exclude(visibility=Visibility.DRAFT)
    promised = promised.annotate(names_anybody=Exists(named))
    return promised.order_by(F("due_on").asc(nulls_last=True), "-names_me", "pk")  # type: ignore[misc]


def _plans_near(actor: Actor) -> QuerySet[Plan]:
    """Plans of its units and its own, and those anyone has to decide on, in one query."""
    units = Q(pk__in=())
    for mandate in actor.mandates:
        units |= Q(unit_id=mandate.unit_id, term_id=mandate.term_id)
    own = units | Q(presented_by_id=actor.organisation_id)
    return plans.for_list(actor).filter(own | Q(state__in=(State.SUBMITTED, *BEING_WRITTEN)))


def _waits_for(actor: Actor, plan: Plan) -> bool:
    return bool({"approve", "return"} & set(verbs_of(actor, plan)))


def _is_to_write(actor: Actor, plan: Plan) -> bool:
    """The secretariat may write any plan; on its desk lie only its own."""
    return (
        plan.state in BEING_WRITTEN and _is_mine(actor, plan) and "submit" in verbs_of(actor, plan)
    )


def _is_mine(actor: Actor, plan: Plan) -> bool:
    return plan.presented_by_id == actor.organisation_id or any(
        mandate.unit_id == plan.unit_id and mandate.term_id == plan.term_id
        for mandate in actor.mandates
    )


def my_events(actor: Actor) -> QuerySet[Event]:
    """What comes next for its units and its organisation; for the secretariat, for everyone."""
    coming = meetings.upcoming(actor)
    if actor.is_secretariat:
        return coming
    units = {mandate.unit_id for mandate in actor.mandates}
    return coming.filter(Q(unit_id__in=units) | Q(organisation_id=actor.organisation_id))


def overview(actor: Actor) -> Overview:
    """How the current term stands, unit by unit. Four queries."""
    term = network.current_term()
    units = network.in_readers_order(network.units())
    if term is None:
        return Overview(0, [], len(units), [])
    of_term = plans.visible_to(actor).filter(term=term)
    states = list(of_term.values_list("unit_id", "state"))
    planned = {unit for unit, state in states if state in (*IN_FORCE, State.SUBMITTED)}
    writing = {unit: State(state).label for unit, state in states if state in BEING_WRITTEN}
    for unit in units:
        unit.writing = writing.get(unit.pk, "")  # type: ignore[attr-defined]
    late = commitments.counts_by_unit(actor, term).filter(late__gt=0)  # type: ignore[misc]
    return Overview(
        submitted=sum(state == State.SUBMITTED for _unit, state in states),
        without_plan=[unit for unit in units if unit.pk not in planned],
        units=len(units),
        late=list(late.order_by("-late", "slug")),  # type: ignore[misc]
        term=term,
    )


_RECORDS = {
    "organisation": network.visible_to,
    "unit": lambda actor: network.units(),
    "plan": plans.visible_to,
    "commitment": commitments.visible_to,
    "event": meetings.visible_to,
    "report": reports.visible_to,
}


def record(actor: Actor, kind: str, pk: int) -> Any:
    """The record of a persistent address. KeyError: no such kind; DoesNotExist: not for them.

    A duplicate that was merged leads to what it became.
    """
    if kind == "organisation" and (became := network.survivor(pk)):
        return became
    return _RECORDS[kind](actor).get(pk=pk)
