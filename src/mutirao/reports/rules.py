"""Who may read, write and publish a report. Predicates take an `Actor` and the report.

`reports.open_report` takes an unsaved `Report(unit=…, term=…)`: may they begin this one?
"""

from __future__ import annotations

import rules

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.states import LEADING_OFFICES

from .models import Edition, Report


@rules.predicate
def leads(actor: Actor, report: Report) -> bool:
    """Writes for the city that leads the report's unit in its term, or led it to the end.

    A term's report is finished after the term: until its accounts close (`Term.closes_on`).
    """
    unit, term = report.unit_id, report.term_id
    return unit is not None and (actor.leads(unit, term) or actor.closes(unit, term))


def led(actor: Actor) -> set[tuple[int, int]]:
    """(unit, term) of the reports that `leads` is about, for queries."""
    held = [*actor.mandates, *actor.closing] if actor.may_write else []
    return {(one.unit_id, one.term_id) for one in held if one.office in LEADING_OFFICES}


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
