"""Offices in a report: who coordinates, what changed in the term, and where the cities are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutirao.core.countries import country_name
from mutirao.core.maps import View
from mutirao.core.maps import around as view_around
from mutirao.core.papers import blocks
from mutirao.core.templatetags.mutirao import day
from mutirao.meetings.models import Event
from mutirao.network import queries as network
from mutirao.network.maps import Link, MapPoint, map_svg, points_of
from mutirao.network.models import Mandate, Organisation
from mutirao.network.states import LEADING_OFFICES, Office
from mutirao.plans.models import Activity

from .frame import Frame


def mandates_of(frame: Frame) -> list[Mandate]:
    """The mandates of the term, of the report's unit or of all, by unit and office."""
    found = network.mandates_in(frame.report.term)
    return list(found.filter(unit=frame.report.unit) if frame.report.unit_id else found)


def cover_facts(mandates: Sequence[Mandate]) -> list[tuple[str, str]]:
    """Who leads and who shares the work, each with its dates where it changed in the term."""
    by_office: dict[str, list[str]] = defaultdict(list)
    for mandate in mandates:
        if mandate.office in (*LEADING_OFFICES, Office.SUB_COORDINATOR):
            by_office[mandate.office].append(_with_dates(mandate))
    return [
        (str(capfirst(Office(office).label)), "; ".join(names))
        for office, names in by_office.items()
    ]


def _with_dates(mandate: Mandate) -> str:
    begun = mandate.starts_on > mandate.term.starts_on
    ended = mandate.ends_on is not None and mandate.ends_on < mandate.term.ends_on
    name = mandate.organisation.display
    if not begun and not ended:
        return name
    until = mandate.ends_on or mandate.term.ends_on
    return f"{name} ({day(mandate.starts_on, 'medium')} – {day(until, 'medium')})"


def changed(mandate: Mandate) -> bool:
    """It began after the term or ended before it."""
    ended = mandate.ends_on is not None and mandate.ends_on < mandate.term.ends_on
    return ended or mandate.starts_on > mandate.term.starts_on


def mandates_table(
    frame: Frame, mandates: Sequence[Mandate], caption: str, key: str = "mandates"
) -> blocks.Block | None:
    whole = not frame.report.unit_id
    columns = [blocks.column(_("Unit"), share=5)] if whole else []
    columns += [
        blocks.column(_("Office"), share=3),
        blocks.column(_("Organisation"), share=4),
        blocks.column(_("Country"), share=2),
        blocks.column(_("From"), kind="date", share=2),
        blocks.column(_("Until"), kind="date", share=2),
    ]
    return blocks.table(
        key,
        caption,
        columns,
        [
            blocks.row(
                mandate.pk,
                *([blocks.cell(mandate.unit)] if whole else []),
                blocks.cell(capfirst(mandate.get_office_display())),
                _organisation(frame, mandate.organisation),
                blocks.cell(country_name(mandate.organisation.country)),
                blocks.cell(day(mandate.starts_on, "medium"), mandate.starts_on),
                blocks.cell(day(mandate.ends_on, "medium") or _("end of term"), mandate.ends_on),
            )
            for mandate in mandates
        ],
    )


def _organisation(frame: Frame, organisation: Organisation) -> blocks.Cell:
    return blocks.cell(organisation.display, url=frame.url(organisation.get_absolute_url()))


def changes(frame: Frame, mandates: Sequence[Mandate]) -> list[blocks.Block | None]:
    found = [mandate for mandate in mandates if changed(mandate)]
    if not found:
        return [blocks.note(_("Nobody took or left an office while the term ran."))]
    return [mandates_table(frame, found, _("Offices taken or left during the term"), "changes")]


def involved(
    frame: Frame,
    mandates: Sequence[Mandate],
    activities: Sequence[Activity],
    owners: Iterable[Organisation],
    events: Sequence[Event],
) -> list[blocks.Block | None]:
    """The map of who took part, with what each did behind it."""
    parts: dict[int, list[str]] = defaultdict(list)
    known: dict[int, Organisation] = {}

    def note(organisation: Organisation, word: str) -> None:
        known[organisation.pk] = organisation
        if word not in parts[organisation.pk]:
            parts[organisation.pk].append(word)

    for mandate in mandates:
        note(mandate.organisation, mandate.get_office_display())
    named = Activity.organisations.through.objects.filter(
        activity__in=[activity.pk for activity in activities], organisation=OuterRef("pk")
    )
    for organisation in Organisation.objects.filter(Exists(named)):
        note(organisation, _("responsible for activities"))
    for owner in owners:
        note(owner, _("answers for commitments"))
    for event in events:
        if event.organisation is not None:
            note(event.organisation, _("hosts meetings"))
    leader = next((m.organisation for m in mandates if m.office in LEADING_OFFICES), None)
    return _map_and_table(frame, list(known.values()), parts, leader)


def _map_and_table(
    frame: Frame,
    organisations: list[Organisation],
    parts: dict[int, list[str]],
    leader: Organisation | None,
) -> list[blocks.Block | None]:
    organisations.sort(key=lambda one: (one != leader, one.country, one.display))
    placed = points_of(organisations)
    links = star(leader, organisations)
    countries = {one.country for one in organisations if one.country}
    alt = _("Map with %(places)s places: %(names)s.") % {
        "places": len(placed),
        "names": ", ".join(point.label for point in placed[:30]),
    }
    caption = _("Where those who took part are")
    rows = [
        blocks.row(
            one.pk,
            _organisation(frame, one),
            blocks.cell(capfirst(one.get_kind_display())),
            blocks.cell(country_name(one.country)),
            blocks.cell(capfirst("; ".join(parts[one.pk]))),
        )
        for one in organisations
    ]
    columns = [
        blocks.column(_("Organisation"), share=4),
        blocks.column(_("Kind"), share=3),
        blocks.column(_("Country"), share=2),
        blocks.column(_("Took part as"), share=5),
    ]
    table = blocks.table("taking-part", _("Who took part"), columns, rows)
    summary = ngettext(
        "%(count)d organisation of %(countries)s took part.",
        "%(count)d organisations of %(countries)s took part.",
        len(organisations),
    ) % {"count": len(organisations), "countries": _countries(len(countries))}
    drawing = (
        blocks.picture(
            "map", map_svg(placed, near(placed), links, alt), alt=alt, caption=caption, width=0.9
        )
        if placed
        else None
    )
    return [blocks.words(summary) if rows else None, drawing, table]


def _countries(count: int) -> str:
    return ngettext("%(count)d country", "%(count)d countries", count) % {"count": count}


def star(leader: Organisation | None, others: Iterable[Organisation]) -> list[Link]:
    """Lines from the city that leads to the others whose place is known."""
    if leader is None or leader.longitude is None or leader.latitude is None:
        return []
    return [
        Link(leader.longitude, leader.latitude, one.longitude, one.latitude)
        for one in others
        if one != leader and one.longitude is not None and one.latitude is not None
    ]


def near(points: Sequence[MapPoint]) -> View:
    """The part of the world with these places, in the format of half a sheet."""
    places = [(point.lon, point.lat) for point in points]
    return view_around(places, width=560, height=460, padding=44)
