"""The secretariat's side: organisations, units, terms, mandates, and who acts for whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import NotAllowed

from .. import actions, queries
from ..forms import ManagedFilter
from ..forms.managing import (
    EndForm,
    FromForm,
    MandateForm,
    MembershipForm,
    OrganisationForm,
    PartnerForm,
    TermForm,
    UnitForm,
)
from ..models import AgencyCity, Mandate, Member, Membership, Organisation, Unit
from ..states import Kind

View = Callable[..., HttpResponseBase]
ORGANISATION_FIELDS = (
    "kind", "name", "short_name", "about", "country", "region", "population",
    "population_year", "latitude", "longitude", "languages", "website",
)  # fmt: skip
UNIT_FIELDS = ("kind", "name", "about", "parent")


def for_the_secretariat(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.test_rule("network.manage", request.actor):  # type: ignore[attr-defined]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _done(request: HttpRequest, form: Form, act: Callable[[], Any], message: str) -> Any:
    """What `act` returns when the form is valid and nothing stands in the way, else None.

    The refusal is then among the form's errors, so that what was typed is kept.
    """
    if not form.is_valid():
        return None
    try:
        result = act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, message)
    return result


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


# Organisations


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    made = request.method == "POST" and _done(
        request,
        form,
        lambda: actions.save_organisation(by=request.actor, **form.cleaned_data),  # type: ignore[attr-defined]
        _("The organisation is created. Admit it if it is a member, and say who acts for it."),
    )
    if made:
        return redirect("network:manage_organisation", made.pk)
    return render(request, "network/manage/new_organisation.html", {"form": form})


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    if request.method != "POST":
        return _organisation_page(request, found)
    form = OrganisationForm(request.POST)
    saved = _done(
        request,
        form,
        lambda: actions.save_organisation(
            by=request.actor,  # type: ignore[attr-defined]
            organisation=found,
            **form.cleaned_data,
        ),
        _("The organisation is saved."),
    )
    return (
        redirect("network:manage_organisation", pk)
        if saved
        else _organisation_page(
            request, get_object_or_404(queries.managed_organisation(), pk=pk), form=form
        )
    )


def _organisation_page(request: HttpRequest, found: Organisation, **bound: Form) -> HttpResponse:
    """The page of an organisation; `bound` are forms that were refused."""
    linked = found.kind in (Kind.CITY, Kind.AGENCY)
    context: dict[str, Any] = {
        "organisation": found,
        "form": OrganisationForm(
            initial={name: getattr(found, name) for name in ORGANISATION_FIELDS}
        ),
        "admit": FromForm(auto_id="admit_%s"),
        "partner": PartnerForm(organisation=found) if linked else None,
        "person": MembershipForm(auto_id="person_%s"),
        "today": timezone.localdate(),
    }
    return render(request, "network/manage/organisation.html", {**context, **bound})


def _refused(request: HttpRequest, organisation: Organisation, **bound: Form) -> HttpResponse:
    found = queries.managed_organisation().get(pk=organisation.pk)
    return _organisation_page(request, found, **bound)


@for_the_secretariat
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    form = FromForm(request.POST, auto_id="admit_%s")
    done = _done(
        request,
        form,
        lambda: actions.admit(by=request.actor, organisation=found, **form.cleaned_data),  # type: ignore[attr-defined]
        _("%(organisation)s is admitted.") % {"organisation": found},
    )
    if not done:
        return _refused(request, found, admit=form)
    return redirect("network:manage_organisation", pk)


@for_the_secretariat
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a city and an agency, from either's page."""
    found = get_object_or_404(Organisation, pk=pk)
    form = PartnerForm(request.POST, organisation=found)

    def act() -> AgencyCity:
        other = form.cleaned_data["partner"]
        agency, city = (other, found) if found.kind == Kind.CITY else (found, other)
        return actions.link_agency(by=request.actor, agency=agency, city=city)  # type: ignore[attr-defined]

    if not _done(request, form, act, _("They are linked.")):
        return _refused(request, found, partner=form)
    return redirect("network:manage_organisation", pk)


@for_the_secretariat
@require_POST
def unlink(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    either = AgencyCity.objects.filter(agency_id=pk) | AgencyCity.objects.filter(city_id=pk)
    actions.unlink_agency(by=request.actor, link=get_object_or_404(either, pk=link_pk))  # type: ignore[attr-defined]
    messages.success(request, _("They are no longer linked."))
    return redirect("network:manage_organisation", pk)


@for_the_secretariat
@require_POST
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    form = MembershipForm(request.POST, auto_id="person_%s")
    done = _done(
        request,
        form,
        lambda: actions.give_membership(
            by=request.actor,  # type: ignore[attr-defined]
            organisation=found,
            **form.cleaned_data,
        ),
        _("The person acts for %(organisation)s now.") % {"organisation": found},
    )
    if not done:
        return _refused(request, found, person=form)
    if done[1]:
        messages.info(
            request,
            _(
                "An account was opened, but no mail was sent. Tell the person to choose a"
                " password through “Forgot your password?” on the sign-in page."
            ),
        )
    return redirect("network:manage_organisation", pk)


# What ends: one small page asks for the last day


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("organisation"), pk=pk)
    return _end(
        request,
        record=member,
        act=lambda day: actions.end_member(by=request.actor, member=member, ends_on=day),  # type: ignore[attr-defined]
        title=_("End the admission of %(organisation)s") % {"organisation": member.organisation},
        back=("network:manage_organisation", member.organisation_id),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Membership.objects.select_related("organisation", "person"), pk=pk)
    return _end(
        request,
        record=held,
        act=lambda day: actions.end_membership(by=request.actor, membership=held, ends_on=day),  # type: ignore[attr-defined]
        title=_("%(person)s stops acting for %(organisation)s")
        % {"person": held.person, "organisation": held.organisation},
        back=("network:manage_organisation", held.organisation_id),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(queries.mandates(), pk=pk)
    return _end(
        request,
        record=mandate,
        act=lambda day: actions.end_mandate(by=request.actor, mandate=mandate, ends_on=day),  # type: ignore[attr-defined]
        title=_("End the mandate: %(mandate)s") % {"mandate": mandate},
        back=("network:manage_unit", mandate.unit_id),
    )


def _end(
    request: HttpRequest, *, record: Any, act: Callable, title: str, back: tuple[str, int]
) -> HttpResponse:
    form = EndForm(request.POST or None)
    if request.method == "POST" and _done(
        request, form, lambda: act(form.cleaned_data["ends_on"]), _("The last day is registered.")
    ):
        return redirect(*back)
    context = {"form": form, "record": record, "title": title, "back": back}
    return render(request, "network/manage/end.html", context)


# Units and terms


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    made = request.method == "POST" and _done(
        request,
        form,
        lambda: actions.save_unit(by=request.actor, **form.cleaned_data),  # type: ignore[attr-defined]
        _("The unit is created. Now say who holds its offices."),
    )
    if made:
        return redirect("network:manage_unit", made.pk)
    return render(request, "network/manage/new_unit.html", {"form": form})


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.unit_page(), pk=pk)
    if request.method != "POST":
        return _unit_page(request, found)
    form = UnitForm(request.POST, unit=found)
    saved = _done(
        request,
        form,
        lambda: actions.save_unit(by=request.actor, unit=found, **form.cleaned_data),  # type: ignore[attr-defined]
        _("The unit is saved."),
    )
    if not saved:
        return _unit_page(request, queries.unit_page().get(pk=pk), form=form)
    return redirect("network:manage_unit", pk)


def _unit_page(request: HttpRequest, found: Unit, **bound: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "unit": found,
        "form": UnitForm(unit=found, initial={name: getattr(found, name) for name in UNIT_FIELDS}),
        "mandate": MandateForm(auto_id="mandate_%s"),
        "today": timezone.localdate(),
    }
    return render(request, "network/manage/unit.html", {**context, **bound})


@for_the_secretariat
@require_POST
def give_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.unit_page(), pk=pk)
    form = MandateForm(request.POST, auto_id="mandate_%s")
    given: Mandate | None = _done(
        request,
        form,
        lambda: actions.give_mandate(by=request.actor, unit=found, **form.cleaned_data),  # type: ignore[attr-defined]
        _("The mandate is registered."),
    )
    if given is None:
        return _unit_page(request, found, mandate=form)
    return redirect("network:manage_unit", pk)


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    made = request.method == "POST" and _done(
        request,
        form,
        lambda: actions.open_term(by=request.actor, **form.cleaned_data),  # type: ignore[attr-defined]
        _("The term is open. Register who was elected in each unit's page."),
    )
    if made:
        return redirect("network:term", made.code)
    return render(request, "network/manage/new_term.html", {"form": form})
