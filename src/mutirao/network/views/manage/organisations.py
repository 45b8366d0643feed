"""Organisations, and which agency works for which city."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.conflicts import settled
from mutirao.core.lists import Column, exported, paginate

from ... import actions, queries
from ...acting import Actor
from ...forms import ManagedFilter
from ...forms.managing import AdmitForm, MembershipForm, OrganisationForm, PartnerForm
from ...models import AgencyCity, Organisation
from ...standing import standing_moments
from ...states import Kind
from ..conflicts import Place, both_versions
from .common import answered, for_the_secretariat


@for_the_secretariat
@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """Every organisation, members or not; units and terms beside them."""
    form = ManagedFilter(request.GET)
    rows = queries.managed()
    chosen: dict[str, Any] = form.chosen
    if "q" in chosen:
        rows = queries.named_like(rows, chosen["q"])
    if "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "member" in chosen:
        rows = rows.filter(member_since__isnull=chosen["member"] == "no")
    taken = exported(request, rows, _columns(), "organisations")
    if taken:
        return taken
    context = {
        "form": form,
        "page": paginate(request, rows),
        "units": queries.in_readers_order(queries.units()),
        "terms": queries.terms(),
    }
    return render(request, "network/manage/overview.html", context)


def _columns() -> list[Column]:
    return [
        (_("Name"), lambda row: row.name),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Country"), lambda row: row.country),
        (_("Member since"), lambda row: row.member_since),
    ]


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    return answered(
        request,
        form,
        act=actions.save_organisation,
        done=_("The organisation is created. Admit it if it is a member, and say who acts for it."),
        then=lambda made: ("network:manage_organisation", made.pk),
        page=lambda: render(request, "network/manage/new_organisation.html", {"form": form}),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    posted = settled(request.POST) if request.method == "POST" else None
    form = OrganisationForm(posted, instance=found)
    return answered(
        request,
        form,
        act=partial(actions.save_organisation, organisation=found),
        done=_("The organisation is saved."),
        then=lambda _saved: ("network:manage_organisation", pk),
        page=lambda: organisation_page(request, found, form=form),
        conflict=lambda current: _versions(request, form, current),
    )


def _versions(request: HttpRequest, form: OrganisationForm, current: Organisation) -> HttpResponse:
    back = reverse("network:manage_organisation", args=[current.pk])
    trail = [(reverse("network:manage"), _("Manage"), ""), (back, current.display, "")]
    theirs = OrganisationForm(instance=current)
    place = Place(trail, back, "network/sub.html")
    return both_versions(request, mine=form, theirs=theirs, record=current, place=place)


def organisation_page(request: HttpRequest, found: Organisation, **bound: BaseForm) -> HttpResponse:
    """The page of an organisation; `bound` are forms that were refused."""
    linked = found.kind in (Kind.CITY, Kind.AGENCY)
    context: dict[str, Any] = {
        "organisation": found,
        "form": OrganisationForm(instance=found),
        "admit": AdmitForm(auto_id="admit_%s"),
        "moments": standing_moments(found, request.actor),  # type: ignore[attr-defined]
        "admission": next((m for m in found.admissions.all() if not m.ends_on), None),
        "partner": PartnerForm(organisation=found) if linked else None,
        "person": MembershipForm(auto_id="person_%s"),
        "suspended": queries.suspension_of(found),
        "today": timezone.localdate(),
    }
    return render(request, "network/manage/organisation.html", {**context, **bound})


@for_the_secretariat
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a city and an agency, from either's page."""
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    form = PartnerForm(request.POST, organisation=found)

    def act(*, by: Actor, partner: Organisation) -> AgencyCity:
        agency, city = (partner, found) if found.kind == Kind.CITY else (found, partner)
        return actions.link_agency(by=by, agency=agency, city=city)

    return answered(
        request,
        form,
        act=act,
        done=_("They are linked."),
        then=lambda _link: ("network:manage_organisation", pk),
        page=lambda: organisation_page(request, found, partner=form),
    )


@for_the_secretariat
@require_POST
def unlink(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    either = AgencyCity.objects.filter(agency_id=pk) | AgencyCity.objects.filter(city_id=pk)
    actions.unlink_agency(by=request.actor, link=get_object_or_404(either, pk=link_pk))  # type: ignore[attr-defined]
    messages.success(request, _("They are no longer linked."))
    return redirect("network:manage_organisation", pk)
