"""Organisations, and which agency works for which city."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
from .common import current, only_the_secretariat, refusals


@transaction.atomic
def save_organisation(
    *,
    by: Actor,
    organisation: Organisation | None = None,
    version: int | None = None,
    key: UUID | None = None,
    **fields: Any,
) -> Organisation:
    """Create an organisation, once per `key`, or change one; `fields` are the model's.

    The address stays. Raises Conflict when the organisation was saved since `version`.
    """
    only_the_secretariat(by)
    with refusals(
        network_organisation_slug=_("Somebody created the same organisation just now."),
        organisation_code_once=_("Another organisation has this code."),
        organisation_place=_("Give latitude and longitude together, or neither."),
        organisation_city=_("A city government needs its country."),
    ):
        if organisation is None:
            slug = unique_slug(Organisation, fields["name"])
            return Organisation.once(key, slug=slug, **fields)
        organisation = current(organisation, version)
        for name, value in fields.items():
            setattr(organisation, name, value)
        organisation.version += 1
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
