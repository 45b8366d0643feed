"""Units, terms and mandates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed

from .. import queries
from ..acting import Actor
from ..models import (
    Mandate,
    Membership,
    Organisation,
    Term,
    Unit,
    unique_slug,
)
from ..states import GRACE_DAYS, Office
from .common import current, ended, only_the_secretariat, overlapping, period, refusals


@transaction.atomic
def save_unit(
    *,
    by: Actor,
    unit: Unit | None = None,
    version: int | None = None,
    key: UUID | None = None,
    **fields: Any,
) -> Unit:
    """Create a unit, once per `key`, or change one; `fields` are the model's. The address stays.

    Raises Conflict when the unit was saved since `version`.
    """
    only_the_secretariat(by)
    if unit is None:
        name = next(iter(fields["name"].values()))
        slug = unique_slug(Unit, fields["name"].get("en") or name)
        with refusals(network_unit_slug=_("Somebody created the same unit just now.")):
            return Unit.once(key, slug=slug, **fields)
    unit = current(unit, version)
    if _inside(unit, fields.get("parent")):
        raise NotAllowed(_("A unit cannot be part of one of its own parts."))
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.version += 1
    unit.save()
    return unit


def _inside(unit: Unit, parent: Unit | None) -> bool:
    """`parent` is the unit itself or lies below it."""
    while parent is not None:
        if parent.pk == unit.pk:
            return True
        parent = parent.parent
    return False


@transaction.atomic
def open_term(
    *,
    by: Actor,
    code: str,
    starts_on: date,
    ends_on: date,
    closes_on: date | None = None,
    key: UUID | None = None,
) -> Term:
    """Register the period of a management, once per `key`; terms do not overlap.

    Until `closes_on` (default: GRACE_DAYS after the term) who led a unit to the end may close and
    report its plan.
    """
    only_the_secretariat(by)
    if ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    closes_on = closes_on or ends_on + timedelta(days=GRACE_DAYS)
    if closes_on < ends_on:
        raise NotAllowed(_("The accounts of a term cannot close before it ends."))
    there = overlapping(Term.objects.all(), starts_on, ends_on)
    facts = {"term": there, "period": period(there) if there else ""}
    with refusals(
        term_no_overlap=_("Terms cannot overlap: %(term)s goes %(period)s.") % facts,
        network_term_code=_("There is a term called %(code)s already.") % {"code": code},
    ):
        return Term.once(key, code=code, starts_on=starts_on, ends_on=ends_on, closes_on=closes_on)


@transaction.atomic
def give_mandate(
    *,
    by: Actor,
    organisation: Organisation,
    unit: Unit,
    term: Term,
    office: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    key: UUID | None = None,
) -> Mandate:
    """An organisation holds an office in a unit for a term (default: all of it), once per `key`.

    Raises NotAllowed where the office is taken, and for a member that is suspended on its first
    day.
    """
    only_the_secretariat(by)
    starts_on = starts_on or term.starts_on
    _within(term, starts_on, ends_on)
    if queries.is_suspended(organisation, starts_on):
        raise NotAllowed(
            _("%(organisation)s is suspended on that day and can take no mandate.")
            % {"organisation": organisation}
        )
    fields: dict[str, Any] = {
        "organisation": organisation,
        "unit": unit,
        "term": term,
        "office": office,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    taken = _taken(Mandate(**fields))
    with refusals(mandate_one_live=taken, mandate_live_once=taken):
        mandate = Mandate.once(key, **fields)
    _tell("network.mandate_given", mandate, by, mandate.starts_on)
    return mandate


def _tell(kind: str, mandate: Mandate, by: Actor, day: date) -> None:
    """Who acts for the holder, and who follows it or the unit; a term of the past is a record."""
    today = timezone.localdate()
    if mandate.term.ends_on < today:
        return
    acting = Membership.objects.filter(queries.live_on(today), organisation=mandate.organisation)
    tell(
        kind,
        people=acting.values_list("person_id", flat=True),
        record=mandate.unit,
        by=by,
        followers=True,
        holder=mandate.organisation.display,
        office=Office(mandate.office).label,
        day=day,
    )


def _within(term: Term, starts_on: date, ends_on: date | None) -> None:
    last = ends_on or term.ends_on
    if not term.starts_on <= starts_on <= last <= term.ends_on:
        raise NotAllowed(
            _("The term %(term)s goes %(period)s; the mandate must lie within it.")
            % {"term": term, "period": period(term)}
        )


def _taken(mandate: Mandate) -> str:
    """Who holds the office on those days, and since when: what stands in the way of `mandate`."""
    held = Mandate.objects.filter(unit=mandate.unit, term=mandate.term, office=mandate.office)
    held = held.select_related("organisation", "term")
    own = held.filter(organisation=mandate.organisation, ends_on__isnull=True)
    there = own.first() or overlapping(held, mandate.starts_on, mandate.ends_on)
    if there is None:
        return _("Somebody gave this office just now. Look at the unit again.")
    there.ends_on = there.ends_on or there.term.ends_on
    facts = {
        "organisation": there.organisation,
        "office": there.get_office_display(),
        "unit": mandate.unit,
        "period": period(there),
    }
    return (
        _(
            "%(organisation)s already is %(office)s of %(unit)s, %(period)s."
            " End that mandate first, or choose days outside it."
        )
        % facts
    )


@transaction.atomic
def end_mandate(*, by: Actor, mandate: Mandate, ends_on: date) -> Mandate:
    """A mandate ends before its term does; `ends_on` is its last day."""
    only_the_secretariat(by)
    _within(mandate.term, max(mandate.starts_on, mandate.term.starts_on), ends_on)
    mandate = ended(mandate, ends_on)
    _tell("network.mandate_ended", mandate, by, ends_on)
    return mandate
