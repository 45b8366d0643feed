"""Organisations, units, terms, mandates, and the accounts that act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from mutirao.accounts.models import User
from mutirao.core.languages import local
from mutirao.network.models import (
    AgencyCity,
    Mandate,
    Member,
    Membership,
    Organisation,
    Term,
    Unit,
)
from mutirao.network.states import GRACE_DAYS, Kind

from ..data import read, when

# Who wrote for the network in its first sample term still acts today.
FIRST_DAY = date(2018, 1, 1)


@dataclass(frozen=True)
class Network:
    """What was loaded, by the names the data files use."""

    organisations: dict[str, Organisation]
    units: dict[str, Unit]
    terms: dict[str, Term]
    people: dict[str, User]
    acts_for: dict[str, Organisation]


def load_network(today: date) -> Network:
    """Make everything that acts; `today` is what the data's days count from."""
    organisations = _organisations()
    units, terms = _units(), _terms(today)
    _admit(organisations)
    _mandates(organisations, units, terms)
    people = _people()
    acts_for = _memberships(people, organisations)
    return Network(organisations, units, terms, people, acts_for)


def _organisations() -> dict[str, Organisation]:
    records = [{"kind": Kind.CITY, **record} for record in read("cities")]
    records += read("agencies") + read("others")
    made = Organisation.objects.bulk_create([_organisation(record) for record in records])
    by_slug = {organisation.slug: organisation for organisation in made}
    AgencyCity.objects.bulk_create(
        AgencyCity(agency=by_slug[record["slug"]], city=by_slug[city])
        for record in read("agencies")
        for city in record["cities"]
    )
    return by_slug


def _organisation(record: dict[str, Any]) -> Organisation:
    return Organisation(
        kind=record["kind"],
        name=record["name"],
        slug=record["slug"],
        about=record["about"],
        country=record["country"] or "",
        region=record.get("region") or "",
        population=record.get("population"),
        population_year=record.get("population_year"),
        latitude=record["lat"],
        longitude=record["lon"],
        languages=record.get("languages") or [],
        website=record["website"] or "",
        is_sample=record["sample"],
    )


def _admit(organisations: dict[str, Organisation]) -> None:
    Member.objects.bulk_create(
        Member(
            organisation=organisations[record["slug"]],
            starts_on=date.fromisoformat(record["admitted_on"]),
        )
        for record in read("cities")
    )


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for record in read("units"):  # one by one: a child needs its parent's key
        units[record["slug"]] = Unit.objects.create(
            kind=record["kind"],
            name=record["name"],
            about=record["about"],
            slug=record["slug"],
            parent=units.get(record["parent"]),
            is_sample=True,
        )
    return units


def _terms(today: date) -> dict[str, Term]:
    terms = {}
    for record in read("terms"):
        code, first, last = when.term(record, today)
        terms[record["key"]] = Term(
            code=code,
            starts_on=first,
            ends_on=last,
            closes_on=last + timedelta(days=GRACE_DAYS),
        )
    Term.objects.bulk_create(terms.values())
    return terms


def _mandates(
    organisations: dict[str, Organisation], units: dict[str, Unit], terms: dict[str, Term]
) -> None:
    Mandate.objects.bulk_create(
        Mandate(
            organisation=organisations[record["organisation"]],
            unit=units[record["unit"]],
            term=terms[record["term"]],
            office=record["office"],
            starts_on=terms[record["term"]].starts_on,
            ends_on=terms[record["term"]].ends_on,
        )
        for record in read("mandates")
    )


def _people() -> dict[str, User]:
    """Persons without a password: they are entered by the one-click page or not at all."""
    people = {
        record["key"]: User(
            email=record["email"],
            name=local(record["name"], record["language"]),
            language=record["language"],
            password=make_password(None),
            is_sample=True,
        )
        for record in read("accounts")
    }
    User.objects.bulk_create(people.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people.values()
    )
    return people


def _memberships(
    people: dict[str, User], organisations: dict[str, Organisation]
) -> dict[str, Organisation]:
    acting = [record for record in read("accounts") if record["organisation"]]
    Membership.objects.bulk_create(
        Membership(
            person=people[record["key"]],
            organisation=organisations[record["organisation"]],
            role=record["role"],
            starts_on=FIRST_DAY,
        )
        for record in acting
    )
    return {record["key"]: organisations[record["organisation"]] for record in acting}
