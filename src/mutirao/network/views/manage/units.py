"""Units, terms and mandates."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mutirao.core.conflicts import settled

from ... import actions, queries
from ...forms.managing import MandateForm, TermForm, UnitForm
from ...models import Unit
from ..conflicts import Place, both_versions
from .common import answered, ending, for_the_secretariat


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    return answered(
        request,
        form,
        act=actions.save_unit,
        done=_("The unit is created. Now say who holds its offices."),
        then=lambda made: ("network:manage_unit", made.pk),
        page=lambda: render(request, "network/manage/new_unit.html", {"form": form}),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.unit_page(), pk=pk)
    posted = settled(request.POST) if request.method == "POST" else None
    form = UnitForm(posted, instance=found)
    return answered(
        request,
        form,
        act=partial(actions.save_unit, unit=found),
        done=_("The unit is saved."),
        then=lambda _saved: ("network:manage_unit", pk),
        page=lambda: _unit_page(request, found, form=form),
        conflict=lambda current: _versions(request, form, current),
    )


def _versions(request: HttpRequest, form: UnitForm, current: Unit) -> HttpResponse:
    back = reverse("network:manage_unit", args=[current.pk])
    trail = [(reverse("network:manage"), _("Manage"), ""), (back, str(current), "")]
    theirs = UnitForm(instance=current)
    place = Place(trail, back, "network/sub.html")
    return both_versions(request, mine=form, theirs=theirs, record=current, place=place)


def _unit_page(request: HttpRequest, found: Unit, **bound: BaseForm) -> HttpResponse:
    """The page of a unit; `bound` are forms that were refused."""
    context: dict[str, Any] = {
        "unit": found,
        "form": UnitForm(instance=found),
        "mandate": MandateForm(auto_id="mandate_%s"),
        "today": timezone.localdate(),
    }
    return render(request, "network/manage/unit.html", {**context, **bound})


@for_the_secretariat
@require_POST
def give_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.unit_page(), pk=pk)
    form = MandateForm(request.POST, auto_id="mandate_%s")
    return answered(
        request,
        form,
        act=partial(actions.give_mandate, unit=found),
        done=_("The mandate is registered."),
        then=lambda _mandate: ("network:manage_unit", pk),
        page=lambda: _unit_page(request, found, mandate=form),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(queries.mandates(), pk=pk)
    return ending(
        request,
        record=mandate,
        act=partial(actions.end_mandate, mandate=mandate),
        title=_("End the mandate: %(mandate)s") % {"mandate": mandate},
        back=("network:manage_unit", mandate.unit_id),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    return answered(
        request,
        form,
        act=actions.open_term,
        done=_("The term is open. Register who was elected in each unit's page."),
        then=lambda made: ("network:term", made.code),
        page=lambda: render(request, "network/manage/new_term.html", {"form": form}),
    )
