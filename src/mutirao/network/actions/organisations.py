"""Organisations, and which agency works for which city."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed

from ..acting import Actor
from ..models import (
    AgencyCity,
    Organisation,
    unique_slug,
)
from ..states import Kind
from .common import only_the_secretariat, refusals


@transaction.atomic
def save_organisation(
    *, by: Actor, organisation: Organisation | None = None, **fields: Any
) -> Organisation:
    """Create an organisation, or change one; `fields` are the model's. The address stays."""
    only_the_secretariat(by)
    if organisation is None:
        organisation = Organisation(slug=unique_slug(Organisation, fields["name"]))
    for name, value in fields.items():
        setattr(organisation, name, value)
    with refusals(
        organisation_slug=_("Somebody created the same organisation just now."),
        organisation_place=_("Give latitude and longitude together, or neither."),
        organisation_city=_("A city government needs its country."),
    ):
        organisation.save()
    return organisation


@transaction.atomic
def link_agency(*, by: Actor, agency: Organisation, city: Organisation) -> AgencyCity:
    """Say that an agency works for a city."""
    only_the_secretariat(by)
    if agency.kind != Kind.AGENCY or city.kind != Kind.CITY:
        raise NotAllowed(_("Only a development agency and a city government can be linked."))
    names = {"agency": agency, "city": city}
    with refusals(agency_city_once=_("%(agency)s is linked to %(city)s already.") % names):
        return AgencyCity.objects.create(agency=agency, city=city)


@transaction.atomic
def unlink_agency(*, by: Actor, link: AgencyCity) -> None:
    """An agency works for a city no longer; the history keeps that it did."""
    only_the_secretariat(by)
    link.delete()
