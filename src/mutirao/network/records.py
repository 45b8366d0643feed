"""The network's records that have a page, for history, discussion, following and notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rules
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name
from mutirao.core.languages import OWN_NAMES
from mutirao.core.records import Line, Part, RecordKind, Restoring, declare
from mutirao.core.states import label_of

from . import actions, queries
from .acting import Actor
from .models import AgencyCity, Mandate, Member, Membership, Organisation, Term, Unit
from .states import Kind, Office, Role, UnitKind


def _around_unit(unit: Unit) -> Iterator[Model]:
    """What happens in a part concerns who follows the whole."""
    if unit.parent is not None:
        yield unit.parent


def _manages(actor: Actor, record: Model) -> bool:
    return bool(rules.test_rule("network.manage", actor))


def _rewrite_organisation(row: Organisation, by: Actor, values: dict[str, Any]) -> None:
    actions.save_organisation(by=by, organisation=row, version=row.version, **values)


def _rewrite_unit(row: Unit, by: Actor, values: dict[str, Any]) -> None:
    actions.save_unit(by=by, unit=row, version=row.version, **values)


def _sees_people(actor: Actor, organisation: Organisation) -> bool:
    """Who acts for an organisation is told to those who see its team."""
    return bool(rules.test_rule("network.see_team", actor, organisation))


def _languages(codes: list[str]) -> str:
    return ", ".join(OWN_NAMES.get(code, code) for code in codes)


_PERIOD = (Line("starts_on", _("from")), Line("ends_on", _("until")))
_HELD = (
    Line("organisation_id", _("organisation")),
    Line("unit_id", _("unit")),
    Line("term_id", _("term")),
    Line("office"),
    *_PERIOD,
)


def _mandate(row: Mapping[str, Any]) -> str:
    return f"{_('mandate')}: {label_of(Office, row['office'])}"


def _membership(row: Mapping[str, Any]) -> str:
    return f"{_('person who acts for it')}: {label_of(Role, row['role'])}"


def _mandates(within: str) -> Part:
    return Part(Mandate, _HELD, within, label=_("mandate"), subject=_mandate, whole=True)


ORGANISATION = (
    Part(
        Organisation,
        label=_("organisation"),
        lines=(
            Line("name"),
            Line("short_name"),
            Line("kind", said=lambda value: label_of(Kind, value)),
            Line("about"),
            Line("country", _("country"), country_name),
            Line("region"),
            Line("population"),
            Line("population_year", _("year of the population")),
            Line("latitude"),
            Line("longitude"),
            Line("languages", _("languages"), _languages),
            Line("website"),
        ),
        restoring=Restoring(("name", "short_name", "about"), _manages, _rewrite_organisation),
    ),
    Part(
        Member, _PERIOD, within="organisation_id", label=_("admission to the network"), whole=True
    ),
    Part(
        Mandate, _HELD, within="organisation_id", label=_("mandate"), subject=_mandate, whole=True
    ),
    Part(
        Membership,
        (Line("person_id", _("person")), Line("role"), *_PERIOD),
        within="organisation_id",
        label=_("person who acts for it"),
        subject=_membership,
        whole=True,
        seen_by=_sees_people,
    ),
    Part(
        AgencyCity,
        within="agency_id",
        label=_("city it works for"),
        link=Line("city_id", _("city it works for")),
    ),
    Part(
        AgencyCity,
        within="city_id",
        label=_("development agency"),
        link=Line("agency_id", _("development agency")),
    ),
)
UNIT = (
    Part(
        Unit,
        label=_("unit"),
        lines=(
            Line("name"),
            Line("about"),
            Line("kind", said=lambda value: label_of(UnitKind, value)),
            Line("parent_id", _("part of")),
        ),
        restoring=Restoring(("name", "about"), _manages, _rewrite_unit),
    ),
    _mandates("unit_id"),
)
TERM = (
    Part(Term, (Line("code"), Line("starts_on"), Line("ends_on")), label=_("term")),
    _mandates("term_id"),
)


def _itself(unit: Unit) -> Unit:
    return unit


declare(
    RecordKind(
        Organisation,
        _("organisation"),
        queries.visible_to,
        history=ORGANISATION,
        discussed=True,
    ),
    RecordKind(
        Unit,
        _("unit"),
        queries.units_visible_to,
        _around_unit,
        history=UNIT,
        discussed=True,
        unit_of=_itself,
    ),
    RecordKind(Term, _("term"), queries.terms_visible_to, history=TERM),
)
