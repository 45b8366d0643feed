"""What stands around a unit, an organisation and a goal: plans, promises and meetings.

Their pages belong to apps below, which know nothing of plans; `home` supplies the templates those
pages leave open (`network/unit/more.html` and its kin) and reads here. Each part starts from its
own app's `visible_to`, and each function costs the same however much there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mutirao.commitments import queries as commitments
from mutirao.commitments.models import NO_DUE_LAST, Commitment
from mutirao.commitments.states import OPEN
from mutirao.core.states import Visibility
from mutirao.meetings import queries as meetings
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate, Organisation, Term, Unit
from mutirao.network.states import LEADING_OFFICES
from mutirao.plans import queries as plans
from mutirao.plans.models import Activity, Plan
from mutirao.reports import queries as reports
from mutirao.reports.models import Report
from mutirao.topics.models import Goal

PLANS = 4
EVENTS = 4
PROMISES = 4
ACTIVITIES = 12
REPORTS = 4


@dataclass
class OfUnit:
    """A unit's plans and reports, the newest term first, and what it meets for next."""

    plans: list[Plan]
    events: list[Event]
    reports: list[Report]


def of_unit(actor: Actor, unit: Unit) -> OfUnit:
    """Three queries."""
    return OfUnit(
        plans=list(plans.for_list(actor).filter(unit=unit)[:PLANS]),
        events=list(meetings.upcoming(actor).filter(unit=unit)[:EVENTS]),
        reports=list(reports.of_unit(actor, unit)[:REPORTS]),
    )


def reports_of_term(actor: Actor, term: Term) -> list[Report]:
    """A term's reports, the network's first. One query."""
    return list(reports.of_term(actor, term))


def reports_of_plan(actor: Actor, plan: Plan) -> list[Report]:
    """The report of a plan's unit on its term, if the actor sees one. One query."""
    return list(reports.of_term(actor, plan.term).filter(unit=plan.unit_id))


@dataclass
class OnTheDesk:
    """Reports begun and not published, and units and terms whose report nobody has begun."""

    drafts: list[Report]
    to_begin: list[tuple[Unit | None, Term]]


def reports_on_desk(actor: Actor) -> OnTheDesk:
    """For those who write reports; two queries.

    A report is asked for when its term ends within two months or is over.
    """
    soon = timezone.localdate() + timedelta(days=60)
    to_begin: list[tuple[Unit | None, Term]]
    if actor.is_secretariat:  # the units' reports are the units' work
        to_begin = [(None, term) for term in reports.terms_without_the_networks()]
    else:
        to_begin = reports.may_open(actor)
    due = [(unit, term) for unit, term in to_begin if timezone.localdate() <= _closed(term)]
    return OnTheDesk(
        drafts=list(reports.written_by(actor).filter(visibility=Visibility.DRAFT)[:REPORTS]),
        to_begin=[(unit, term) for unit, term in due if term.ends_on <= soon][:REPORTS],
    )


def _closed(term: Term) -> date:
    """The last day on which a term's accounts are somebody's work."""
    return term.closes_on or term.ends_on


@dataclass
class OfOrganisation:
    """What an organisation promised (`stands` counts it), its plans, and what it hosts next."""

    stands: dict[str, int]
    promised: list[Commitment]
    plans: list[Plan]
    events: list[Event]


def of_organisation(actor: Actor, organisation: Organisation) -> OfOrganisation:
    """Four queries. What stands in a plan not yet approved is nobody's promise."""
    owned = commitments.visible_to(actor).filter(owner=organisation)
    owned = owned.exclude(visibility=Visibility.DRAFT)
    still_open = owned.filter(state__in=OPEN).order_by(NO_DUE_LAST, "pk")
    led = Mandate.objects.filter(
        organisation=organisation,
        office__in=LEADING_OFFICES,
        unit=OuterRef("unit_id"),
        term=OuterRef("term_id"),
    )
    its_plans = plans.for_list(actor).filter(Q(presented_by=organisation) | Exists(led))
    return OfOrganisation(
        stands=commitments.standing_counts(owned),
        promised=list(still_open[:PROMISES]),
        plans=list(its_plans[:PLANS]),
        events=list(meetings.upcoming(actor).filter(organisation=organisation)[:EVENTS]),
    )


@dataclass
class OfGoal:
    """The activities that serve a goal, in plans one may see, and the meetings about it."""

    activities: list[Activity]
    events: list[Event]
    more: bool  # there are activities beyond those listed


def of_goal(actor: Actor, goal: Goal) -> OfGoal:
    """Two queries."""
    serving = Activity.targets.through.objects.filter(
        activity=OuterRef("pk"), target__goal_id=goal.pk
    )
    found = list(
        Activity.objects.filter(Exists(serving), plan__in=plans.visible_to(actor).values("pk"))
        .select_related("plan__unit", "plan__term", "plan__presented_by")
        .order_by("-plan__term__starts_on", "plan__unit__slug", "plan_id", "position")[
            : ACTIVITIES + 1
        ]
    )
    about = meetings.filtered(meetings.upcoming(actor), goal=str(goal.number))
    return OfGoal(found[:ACTIVITIES], list(about[:EVENTS]), len(found) > ACTIVITIES)
