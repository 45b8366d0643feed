"""Who may read, write and publish a report. Predicates take an `Actor` and the report.

`reports.open_report` takes an unsaved `Report(unit=…, term=…)`: may they begin this one?
"""

from __future__ import annotations

from datetime import timedelta

import rules
from django.db.models import F, Q
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate
from mutirao.network.states import LEADING_OFFICES

from .models import Edition, Report

# A term's report is finished after the term: the assembly that hears it comes later.
DAYS_AFTER_THE_TERM = 120


def led_by(actor: Actor) -> Q:
    """The reports of units that the actor's organisation leads, or led until their term ended.

    As a condition on mandates: whoever gave the office up during the term is out.
    """
    today = timezone.localdate()
    return Q(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today) | Q(ends_on__gte=F("term__ends_on")),
        organisation_id=actor.organisation_id or 0,
        office__in=LEADING_OFFICES,
        starts_on__lte=today,
        term__ends_on__gte=today - timedelta(days=DAYS_AFTER_THE_TERM),
    )


@rules.predicate
def leads(actor: Actor, report: Report) -> bool:
    """Writes for the city that leads, or led to the end, the report's unit in its term."""
    if not actor.may_write or report.unit_id is None:
        return False
    held = Mandate.objects.filter(led_by(actor), unit_id=report.unit_id, term_id=report.term_id)
    return held.exists()


@rules.predicate
def is_secretariat(actor: Actor, report: Report | None = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def may_decide(actor: Actor, report: Report) -> bool:
    return actor.may_decide


@rules.predicate
def is_open_to_reader(actor: Actor, report: Report) -> bool:
    if report.visibility == Visibility.PUBLIC:
        return True
    return report.visibility == Visibility.MEMBERS and actor.is_member


@rules.predicate
def is_member(actor: Actor, report: Report) -> bool:
    return actor.is_member


writes = is_secretariat | leads
rules.add_rule("reports.open_report", writes)
rules.add_rule("reports.see_report", is_open_to_reader | writes)
rules.add_rule("reports.write_report", writes)
rules.add_rule("reports.publish_report", is_secretariat | (leads & may_decide))


def sees_edition(actor: Actor, edition: Edition, writes: bool) -> bool:
    """An edition that was published stays readable for whom it was made; others are for writers."""
    if writes:
        return True
    if edition.published_at is None or not edition.report.is_published:
        return False
    return edition.audience == "public" or actor.is_member
