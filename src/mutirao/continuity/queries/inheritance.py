"""What a new coordinator finds: the work that goes on, the former plan, who led before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from mutirao.commitments.models import NO_DUE_LAST, Commitment
from mutirao.commitments.queries import visible_to as visible_commitments
from mutirao.meetings.models import Event
from mutirao.meetings.queries import upcoming
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate, Term, Unit
from mutirao.network.queries import current_term, mandates_in, terms
from mutirao.network.states import LEADING_OFFICES
from mutirao.plans.models import Plan
from mutirao.plans.queries import for_list
from mutirao.plans.states import PUBLIC

from .opening import plan_for


@dataclass
class Inheritance:
    """What a unit's new term takes over from the ones before. No contact of anybody."""

    unit: Unit
    term: Term | None
    former_term: Term | None
    plan: Plan | None
    carried: list[Commitment]
    left_open: list[Commitment]
    former_plans: list[Plan]
    former_holders: list[Mandate]
    events: list[Event]


def inheritance(actor: Actor, unit: Unit) -> Inheritance:
    """For who leads the unit now, and for the secretariat. Some ten queries."""
    term = current_term()
    former = terms().filter(starts_on__lt=term.starts_on).first() if term else None
    own = visible_commitments(actor).filter(unit=unit).order_by(NO_DUE_LAST, "pk")
    return Inheritance(
        unit=unit,
        term=term,
        former_term=former,
        plan=plan_for(unit, term) if term else None,
        carried=list(_carried(own, term)),
        left_open=list(_left(own, former)),
        former_plans=list(for_list(actor).filter(unit=unit, state__in=PUBLIC).exclude(term=term)),
        former_holders=_holders(unit, former),
        events=list(upcoming(actor).filter(unit=unit)[:5]),
    )


def _carried(own: QuerySet[Commitment], term: Term | None) -> QuerySet[Commitment]:
    return own.filter(term=term, continues__isnull=False).select_related(
        "continues__term", "owner", "unit", "term"
    )


def _left(own: QuerySet[Commitment], former: Term | None) -> QuerySet[Commitment]:
    return own.filter(term=former, state__in=("planned", "in_progress")) if former else own.none()


def _holders(unit: Unit, former: Term | None) -> list[Mandate]:
    if former is None:
        return []
    return list(mandates_in(former).filter(unit=unit, office__in=LEADING_OFFICES))
