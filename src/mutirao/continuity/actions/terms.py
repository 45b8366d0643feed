"""Opening the next term: prepared step by step, done at once, done again without harm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.assembly.actions import deciders
from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.network import actions as network
from mutirao.network.acting import Actor
from mutirao.network.actions.common import refusals
from mutirao.network.models import Organisation, Term, Unit
from mutirao.network.queries import current_term, terms
from mutirao.network.states import SINGLE_OFFICES
from mutirao.plans.models import Activity

from .. import queries
from ..models import CarryChoice, Opening, SeatChoice
from ..states import FILLED, Carry, OpeningState, Seat
from .carrying import carry_due


def _checked(by: Actor) -> None:
    if not rules.test_rule("continuity.open_term", by):
        raise PermissionDenied


def _locked(opening: Opening) -> Opening:
    return (
        Opening.objects.select_for_update(of=("self",))
        .select_related("closing", "term")
        .get(pk=opening.pk)
    )


def _preparing(opening: Opening) -> Opening:
    current = _locked(opening)
    if current.state == OpeningState.DONE:
        raise NotAllowed(_("The term is open already. Take the guide up again to change more."))
    return current


@transaction.atomic
def begin(
    *, code: str, starts_on: date, ends_on: date, closes_on: date | None, by: Actor
) -> Opening:
    """Step 1: the next term and until when the accounts of the one before stay open.

    A term of that code that exists is taken as it is. Raises NotAllowed without a term before.
    """
    _checked(by)
    closing = current_term() or terms().filter(starts_on__lt=starts_on).first()
    if closing is None or closing.starts_on >= starts_on:
        raise NotAllowed(_("There is no term before it: register the first one by hand."))
    term = Term.objects.filter(code=code).first()
    if term is None:
        term = network.open_term(by=by, code=code, starts_on=starts_on, ends_on=ends_on)
    if closes_on is not None:
        _keep_open(closing, closes_on)
    opening, new = Opening.objects.get_or_create(term=term, defaults={"closing": closing})
    if new:
        SeatChoice.objects.bulk_create(queries.proposed_seats(opening))
    return opening


def _keep_open(closing: Term, closes_on: date) -> None:
    closing.closes_on = closes_on
    late = _("The accounts of a term cannot close before it ends.")
    with refusals(term_closes_after_end=late):
        closing.save(update_fields=["closes_on"])


@transaction.atomic
def choose_seats(
    *, opening: Opening, choices: Mapping[int, tuple[str, Organisation | None]], by: Actor
) -> Opening:
    """Step 2: seat's id → (choice, the city when it is another one)."""
    _checked(by)
    current = _preparing(opening)
    for seat in current.seats.select_related("unit", "holder"):
        choice, other = choices.get(seat.pk, (seat.choice, seat.organisation))
        organisation = seat.holder if choice == Seat.CONTINUES else other
        if choice in FILLED and organisation is None:
            raise NotAllowed(_("Say which city: %(seat)s.") % {"seat": _named(seat)})
        seat.choice = choice
        seat.organisation = organisation if choice in FILLED else None
        seat.save(update_fields=["choice", "organisation"])
    return current


@transaction.atomic
def add_seat(
    *, opening: Opening, unit: Unit, office: str, organisation: Organisation, by: Actor
) -> SeatChoice:
    """One more city in an office, or an office nobody held so far."""
    _checked(by)
    current = _preparing(opening)
    there = current.seats.filter(unit=unit, office=office)
    if office in SINGLE_OFFICES and there.exists():
        raise NotAllowed(_("This office has a line already; choose the city there."))
    if same := there.filter(organisation=organisation).first():
        return same
    return SeatChoice.objects.create(
        opening=current, unit=unit, office=office, choice=Seat.NEW, organisation=organisation
    )


def _named(seat: SeatChoice) -> str:
    return f"{seat.unit}, {seat.get_office_display()}"


@transaction.atomic
def choose_work(
    *, opening: Opening, unit: Unit, choices: Mapping[str, tuple[str, str]], by: Actor
) -> Opening:
    """Step 3: "c12" (a commitment) or "a7" (an activity) → (choice, reason).

    Only what the unit leaves unfinished is taken; giving something up needs its reason.
    """
    _checked(by)
    current = _preparing(opening)
    for left in queries.unfinished(current, unit):
        for row in left.rows:
            letter, name = ("a", "activity") if isinstance(row, Activity) else ("c", "commitment")
            choice, reason = choices.get(f"{letter}{row.pk}", queries.chosen_for(row))
            if choice == Carry.DROP and not reason.strip():
                raise NotAllowed(_("Say why it is given up: “%s”.") % row)
            which: dict[str, Any] = {name: row}
            CarryChoice.objects.update_or_create(
                opening=current,
                **which,
                defaults={"choice": choice, "reason": reason.strip()},
            )
    return current


@transaction.atomic
def open_next(*, opening: Opening, by: Actor) -> Opening:
    """Step 5: mandates are given, and the work goes on once the closing term has ended.

    All of it or nothing; done again it does nothing more. Raises NotAllowed while an office is
    undecided, or another city holds one in the next term.
    """
    _checked(by)
    current = _locked(opening)
    if current.state == OpeningState.DONE:
        return current
    seen = queries.preview(current)
    if seen.undecided:
        raise NotAllowed(_("Decide first on %(seat)s.") % {"seat": _named(seen.undecided[0])})
    if seen.clashes:
        seat, held = seen.clashes[0]
        facts = {"organisation": held.organisation, "office": _named(seat)}
        raise NotAllowed(
            _("%(organisation)s holds “%(office)s” in that term. End that mandate first.") % facts
        )
    for seat in seen.new:
        _give(seat, current.term, by)
    current.state, current.done_at = OpeningState.DONE, timezone.now()
    current.person, current.organisation = by.person, by.organisation
    current.save()
    _tell_outgoing(current, seen, by)
    return carry_due(opening=current)


def _give(seat: SeatChoice, term: Term, by: Actor) -> None:
    organisation: Any = seat.organisation
    network.give_mandate(
        by=by, organisation=organisation, unit=seat.unit, term=term, office=seat.office
    )
    people = deciders([organisation.pk])
    tell("continuity.mandate", people=people, record=seat.unit, by=by, term=str(term),
         office=seat.get_office_display())  # fmt: skip


def _tell_outgoing(opening: Opening, seen: queries.Preview, by: Actor) -> None:
    """Who leads until the term ends hears until when its accounts stay open."""
    for mandate in seen.ending:
        people = deciders([mandate.organisation_id])
        tell("continuity.term_ends", people=people, record=mandate.unit, by=by,
             term=str(opening.closing), last=opening.closing.ends_on,
             closes=opening.closing.closes_on or opening.closing.ends_on)  # fmt: skip


@transaction.atomic
def take_up_again(*, opening: Opening, by: Actor) -> Opening:
    """Change more after it was done: what is given stays, doing it again adds what is missing."""
    _checked(by)
    current = _locked(opening)
    current.state = OpeningState.PREPARING
    current.carried_at = None
    current.save(update_fields=["state", "carried_at"])
    return current
