"""The network as everyone sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from mutirao.core.countries import country_name
from mutirao.core.languages import local
from mutirao.core.lists import Column, exported, paginate

from .. import queries
from ..forms import DirectoryFilter, UnitFilter
from ..maps import MapPoint, local_view, points_of, view_of
from ..models import Organisation, Term, Unit
from ..standing import standing_moments
from ..states import UNIT_KINDS_TOGETHER, Kind


@login_not_required
@vary_on_headers("HX-Request")  # else "back" shows a part kept as the page
@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    """Members and their agencies: searched, filtered, sorted, taken along."""
    rows, form = _filtered(request)
    taken = exported(request, rows, _directory_columns(), "network")
    if taken:
        return taken
    page = "network/directory.html" + ("#results" if wants_results(request) else "")
    return render(request, page, {"form": form, "page": paginate(request, rows)})


def wants_results(request: HttpRequest) -> bool:
    """Only the list is wanted; going back in the browser's history wants the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _filtered(request: HttpRequest) -> tuple[QuerySet[Organisation], DirectoryFilter]:
    actor = request.actor  # type: ignore[attr-defined]
    countries = queries.countries_present(actor)
    form = DirectoryFilter(request.GET, countries=countries)
    chosen: dict[str, Any] = form.chosen
    rows = queries.directory(actor)
    if "q" in chosen:
        rows = queries.named_like(rows, chosen["q"])
    if "language" in chosen:
        rows = rows.filter(languages__contains=[chosen["language"]])
    if "unit" in chosen:
        rows = queries.holding_in(rows, chosen["unit"], timezone.localdate())
    rows = rows.filter(**{name: chosen[name] for name in ("kind", "country") if name in chosen})
    return queries.sorted_by(rows, chosen.get("sort", ""), countries), form


def _directory_columns() -> list[Column]:
    return [
        (_("Name"), lambda row: row.name),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Country"), lambda row: row.country),
        (_("Country's name"), lambda row: country_name(row.country)),
        (_("State or province"), lambda row: row.region),
        (_("Population"), lambda row: row.population),
        (_("Languages"), lambda row: row.languages),
        (_("Latitude"), lambda row: row.latitude),
        (_("Longitude"), lambda row: row.longitude),
        (_("Cities it works for"), lambda row: [city["name"] for city in row.agency_cities]),
        (_("Offices"), lambda row: [_office(mandate) for mandate in row.live_mandates]),
        (_("Website"), lambda row: row.website),
    ]


def _office(mandate: Any) -> str:
    return f"{mandate.get_office_display()}, {mandate.unit}"


@login_not_required
@require_safe
def network_map(request: HttpRequest) -> HttpResponse:
    rows = list(queries.directory(request.actor).prefetch_related(None))  # type: ignore[attr-defined]
    points = points_of(rows)
    unplaced = sum(row.latitude is None for row in rows)
    context = {
        "rows": rows,
        "points": points,
        "view": view_of(points),
        "unplaced": unplaced,
        "countries": _by_country(rows),
        "cities": sum(row.kind == Kind.CITY for row in rows),
        "agencies": sum(row.kind == Kind.AGENCY for row in rows),
    }
    return render(request, "network/map.html", context)


def _by_country(rows: list[Organisation]) -> list[tuple[str, int, int]]:
    """(country, how many cities, how many agencies), by the country's name."""
    return [
        (
            code,
            sum(row.country == code and row.kind == Kind.CITY for row in rows),
            sum(row.country == code and row.kind == Kind.AGENCY for row in rows),
        )
        for code in queries.by_name(list({row.country for row in rows if row.country}))
    ]


@login_not_required
@require_safe
def organisation(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.organisation_page(actor).filter(pk=pk).first()
    if found is None:
        survivor = queries.survivor(pk)
        if survivor is None:
            raise Http404
        return redirect(survivor, permanent=True)
    if found.slug != slug:
        return redirect(found, permanent=True)
    partners = list(queries.partners(found))
    return render(
        request,
        "network/organisation.html",
        {
            "organisation": found,
            "partners": partners,
            "moments": standing_moments(found, actor),
            "suspended": actor.is_member and queries.suspension_of(found),
            "roles": queries.roles(found),
            "offices": queries.by_term(found.mandates.all()),
            **_small_map(found, partners),
        },
    )


def _small_map(found: Organisation, partners: list[Organisation]) -> dict[str, object]:
    points: list[MapPoint] = points_of([found]) + points_of(partners)
    if found.latitude is None or found.longitude is None:
        return {}
    return {"points": points, "view": local_view(found.longitude, found.latitude)}


@login_not_required
@vary_on_headers("HX-Request")  # else "back" shows a part kept as the page
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """Units by kind, with who holds their offices today."""
    form = UnitFilter(request.GET)
    rows = form.narrowed(queries.in_readers_order(queries.units_with_holders()))
    taken = exported(request, rows, _unit_columns(), "units")  # type: ignore[arg-type]
    if taken:
        return taken
    page = "network/units.html" + ("#results" if wants_results(request) else "")
    kinds = [
        (label, [unit for unit in rows if unit.kind == kind])
        for kind, label in UNIT_KINDS_TOGETHER.items()
    ]
    return render(request, page, {"form": form, "count": len(rows), "kinds": kinds})


def _unit_columns() -> list[Column]:
    return [
        (_("Unit"), str),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("What it does"), lambda row: local(row.about)),
        (
            _("Offices"),
            lambda row: [f"{m.get_office_display()}: {m.organisation}" for m in row.live_mandates],
        ),
    ]


@login_not_required
@require_safe
def unit(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.unit_page(), pk=pk)
    if found.slug != slug:
        return redirect(found, permanent=True)
    held = list(found.mandates.all())
    today = timezone.localdate()
    return render(
        request,
        "network/unit.html",
        {
            "unit": found,
            "holders": [mandate for mandate in held if queries.holds_on(mandate, today)],
            "history": queries.by_term(held),
        },
    )


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponseBase:
    rows = queries.terms_counted()
    taken = exported(request, rows, _term_columns(), "terms")
    if taken:
        return taken
    context = {"page": paginate(request, rows), "today": timezone.localdate()}
    return render(request, "network/terms.html", context)


def _term_columns() -> list[Column]:
    return [
        (_("Term"), lambda row: row.code),
        (_("Starts on"), lambda row: row.starts_on),
        (_("Ends on"), lambda row: row.ends_on),
        (_("Offices"), lambda row: row.offices),
        (_("Organisations"), lambda row: row.holders),
    ]


@login_not_required
@require_safe
def term(request: HttpRequest, code: str) -> HttpResponseBase:
    found: Term = get_object_or_404(queries.terms(), code=code)
    on = _day_in(found, request.GET.get("on", ""))
    rows = queries.mandates_in(found)
    if on:
        rows = rows.filter(queries.live_on(on))
    taken = exported(request, rows, _mandate_columns(), f"term-{found.code}")
    if taken:
        return taken
    groups: dict[Unit, list[Any]] = {}
    for mandate in rows:
        groups.setdefault(mandate.unit, []).append(mandate)
    today = timezone.localdate()
    context = {
        "term": found,
        "groups": list(groups.items()),
        "today": today,
        "on": on,
        "last_day": min(today, found.closes_on or found.ends_on),
    }
    return render(request, "network/term.html", context)


def _day_in(term: Term, text: str) -> date | None:
    """The day asked for, moved into the term and its accounts; None for none, or no real day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    last = max(term.starts_on, min(timezone.localdate(), term.closes_on or term.ends_on))
    return min(max(day, term.starts_on), last)


def _mandate_columns() -> list[Column]:
    return [
        (_("Unit"), lambda row: str(row.unit)),
        (_("Office"), lambda row: row.get_office_display()),
        (_("Organisation"), lambda row: row.organisation.name),
        (_("Country"), lambda row: row.organisation.country),
        (_("From"), lambda row: row.starts_on),
        (_("Until"), lambda row: row.ends_on),
    ]
