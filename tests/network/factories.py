"""Small networks that several tests start from."""

from __future__ import annotations

from datetime import date

from mutirao.network.models import AgencyCity, Organisation, Term
from mutirao.network.states import Kind
from tests.factories import MemberFactory, OrganisationFactory


def member(name: str, **fields: object) -> Organisation:
    """A city that is a member since 2000."""
    city = OrganisationFactory(name=name, **fields)
    MemberFactory(organisation=city)
    return city


def agency(name: str, *cities: Organisation, **fields: object) -> Organisation:
    """A development agency of these cities."""
    made = OrganisationFactory(name=name, kind=Kind.AGENCY, population=None, **fields)
    for city in cities:
        AgencyCity.objects.create(agency=made, city=city)
    return made


def past_term() -> Term:
    return Term.objects.create(code="2018", starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
