"""What the secretariat does to the network. Each act is refused to anybody else.

What the database refuses (a second live coordinator, two admissions at a time …) is said as
`core.models.NotAllowed`, in words that name what stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.accounts.actions import open_account
from mutirao.accounts.models import User
from mutirao.core.models import NotAllowed
from mutirao.core.templatetags.mutirao import day

from .acting import Actor
from .models import (
    AgencyCity,
    Mandate,
    Member,
    Membership,
    Organisation,
    Term,
    Unit,
    unique_slug,
)
from .states import Kind, Role


def _only_the_secretariat(by: Actor) -> None:
    if not rules.test_rule("network.manage", by):
        raise PermissionDenied


def _period(record: Any) -> str:
    """ "from 1 Jan 2026 to 31 Dec 2026", or "since …", in the reader's language."""
    if record.ends_on is None:
        return _("since %(day)s") % {"day": day(record.starts_on, "medium")}
    days = {"first": day(record.starts_on, "medium"), "last": day(record.ends_on, "medium")}
    return _("from %(first)s to %(last)s") % days


@contextmanager
def _refusals(**messages: str) -> Iterator[None]:
    """Say a refusal of the database in words: constraint's name (or its beginning) → message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        name = getattr(diag, "constraint_name", None) or ""
        known = next((text for key, text in messages.items() if name.startswith(key)), None)
        if known is None:
            raise
        raise NotAllowed(known) from error


def _overlapping(rows: models.QuerySet, starts_on: date, ends_on: date | None) -> Any:
    """The first of `rows` with a day in common with starts_on … ends_on (None: for ever)."""
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return rows.filter(starts_on__lte=ends_on or date.max).order_by("starts_on").first()


# Organisations


@transaction.atomic
def save_organisation(
    *, by: Actor, organisation: Organisation | None = None, **fields: Any
) -> Organisation:
    """Create an organisation, or change one; `fields` are the model's. The address stays."""
    _only_the_secretariat(by)
    if organisation is None:
        organisation = Organisation(slug=unique_slug(Organisation, fields["name"]))
    for name, value in fields.items():
        setattr(organisation, name, value)
    with _refusals(
        organisation_slug=_("Somebody created the same organisation just now."),
        organisation_place=_("Give latitude and longitude together, or neither."),
        organisation_city=_("A city government needs its country."),
    ):
        organisation.save()
    return organisation


@transaction.atomic
def link_agency(*, by: Actor, agency: Organisation, city: Organisation) -> AgencyCity:
    """Say that an agency works for a city."""
    _only_the_secretariat(by)
    if agency.kind != Kind.AGENCY or city.kind != Kind.CITY:
        raise NotAllowed(_("Only a development agency and a city government can be linked."))
    names = {"agency": agency, "city": city}
    with _refusals(agency_city_once=_("%(agency)s is linked to %(city)s already.") % names):
        return AgencyCity.objects.create(agency=agency, city=city)


@transaction.atomic
def unlink_agency(*, by: Actor, link: AgencyCity) -> None:
    """An agency works for a city no longer; the history keeps that it did."""
    _only_the_secretariat(by)
    link.delete()


@transaction.atomic
def admit(*, by: Actor, organisation: Organisation, starts_on: date) -> Member:
    """Admit an organisation to the network from that day on."""
    _only_the_secretariat(by)
    there = _overlapping(organisation.admissions.all(), starts_on, None)
    facts = {"organisation": organisation, "period": _period(there) if there else ""}
    taken = _("%(organisation)s is a member %(period)s already.") % facts
    with _refusals(member_once_at_a_time=taken):
        return Member.objects.create(organisation=organisation, starts_on=starts_on)


@transaction.atomic
def end_member(*, by: Actor, member: Member, ends_on: date) -> Member:
    """An organisation leaves the network; `ends_on` is its last day as a member."""
    _only_the_secretariat(by)
    return _ended(member, ends_on)


def _ended(record: Any, ends_on: date) -> Any:
    """The record with its last day set; refused before its first day."""
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if ends_on < record.starts_on:
        first = day(record.starts_on, "medium")
        raise NotAllowed(_("The last day cannot come before the first, %(day)s.") % {"day": first})
    record.ends_on = ends_on
    with _refusals(
        member_once=_("These days overlap with another admission."),
        mandate_one_live=_("These days overlap with another holder of the office."),
        membership_once=_("These days overlap with another of the person's roles there."),
    ):
        record.save(update_fields=["ends_on"])
    return record


# Units, terms and mandates


@transaction.atomic
def save_unit(*, by: Actor, unit: Unit | None = None, **fields: Any) -> Unit:
    """Create a unit, or change one; `fields` are the model's. The address stays."""
    _only_the_secretariat(by)
    if unit is None:
        name = next(iter(fields["name"].values()))
        unit = Unit(slug=unique_slug(Unit, fields["name"].get("en") or name))
    elif _inside(unit, fields.get("parent")):
        raise NotAllowed(_("A unit cannot be part of one of its own parts."))
    for name, value in fields.items():
        setattr(unit, name, value)
    with _refusals(unit_slug=_("Somebody created the same unit just now.")):
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
def open_term(*, by: Actor, code: str, starts_on: date, ends_on: date) -> Term:
    """Register the period of a management; terms do not overlap."""
    _only_the_secretariat(by)
    if ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    there = _overlapping(Term.objects.all(), starts_on, ends_on)
    facts = {"term": there, "period": _period(there) if there else ""}
    with _refusals(
        term_no_overlap=_("Terms cannot overlap: %(term)s goes %(period)s.") % facts,
        network_term_code=_("There is a term called %(code)s already.") % {"code": code},
    ):
        return Term.objects.create(code=code, starts_on=starts_on, ends_on=ends_on)


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
) -> Mandate:
    """An organisation holds an office in a unit for a term (default: all of it)."""
    _only_the_secretariat(by)
    starts_on = starts_on or term.starts_on
    _within(term, starts_on, ends_on)
    mandate = Mandate(
        organisation=organisation,
        unit=unit,
        term=term,
        office=office,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    taken = _taken(mandate)
    with _refusals(mandate_one_live=taken, mandate_live_once=taken):
        mandate.save()
    return mandate


def _within(term: Term, starts_on: date, ends_on: date | None) -> None:
    last = ends_on or term.ends_on
    if not term.starts_on <= starts_on <= last <= term.ends_on:
        raise NotAllowed(
            _("The term %(term)s goes %(period)s; the mandate must lie within it.")
            % {"term": term, "period": _period(term)}
        )


def _taken(mandate: Mandate) -> str:
    """Who holds the office on those days, and since when: what stands in the way of `mandate`."""
    held = Mandate.objects.filter(unit=mandate.unit, term=mandate.term, office=mandate.office)
    held = held.select_related("organisation", "term")
    own = held.filter(organisation=mandate.organisation, ends_on__isnull=True)
    there = own.first() or _overlapping(held, mandate.starts_on, mandate.ends_on)
    if there is None:
        return _("Somebody gave this office just now. Look at the unit again.")
    there.ends_on = there.ends_on or there.term.ends_on
    facts = {
        "organisation": there.organisation,
        "office": there.get_office_display(),
        "unit": mandate.unit,
        "period": _period(there),
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
    _only_the_secretariat(by)
    _within(mandate.term, max(mandate.starts_on, mandate.term.starts_on), ends_on)
    return _ended(mandate, ends_on)


# People


@transaction.atomic
def give_membership(
    *,
    by: Actor,
    organisation: Organisation,
    email: str,
    name: str,
    language: str,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
) -> tuple[Membership, bool]:
    """A person acts for an organisation; and whether an account was opened for that.

    Nobody is written to: a new person chooses a password through "forgot your password".
    """
    _only_the_secretariat(by)
    if ends_on and ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    person, new = open_account(email=email, name=name, language=language)
    there = _overlapping(
        Membership.objects.filter(person=person, organisation=organisation), starts_on, ends_on
    )
    facts = {
        "person": person,
        "role": there.get_role_display() if there else "",
        "period": _period(there) if there else "",
    }
    taken = _("%(person)s already acts for it as %(role)s, %(period)s. End that first.") % facts
    with _refusals(membership_once_at_a_time=taken):
        membership = Membership.objects.create(
            person=person,
            organisation=organisation,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return membership, new


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, ends_on: date) -> Membership:
    """A person stops acting for an organisation; what they did stays the organisation's."""
    _only_the_secretariat(by)
    if membership == by.membership:
        raise NotAllowed(_("Nobody takes the key from themselves: ask a colleague to do this."))
    return _ended(membership, ends_on)


@transaction.atomic
def open_secretariat(*, email: str, name: str, language: str) -> User:
    """The operator, at the console, lets a person act for the technical secretariat from today.

    The network's own body is made when there is none. Calling it again changes nothing.
    """
    body = Organisation.objects.filter(kind=Kind.NETWORK).order_by("pk").first()
    if body is None:
        slug = unique_slug(Organisation, name)
        body = Organisation.objects.create(kind=Kind.NETWORK, name=name, slug=slug)
    person, _new = open_account(email=email, name=name, language=language)
    live = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    if not Membership.objects.filter(live, person=person, organisation=body).exists():
        Membership.objects.create(
            person=person,
            organisation=body,
            role=Role.SECRETARIAT,
            starts_on=timezone.localdate(),
        )
    return person
