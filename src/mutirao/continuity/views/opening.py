"""The guide that opens the next term, one step a page."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.models import NotAllowed
from mutirao.network.models import Unit
from mutirao.network.queries import current_term, terms

from .. import actions, queries
from ..forms import AddSeatForm, BeginForm, SeatsForm, WorkForm
from ..models import Opening
from ..states import OpeningState


class Request(HttpRequest):
    actor: Any


def _guarded(request: Request, pk: int | None = None) -> Opening | None:
    if not rules.test_rule("continuity.open_term", request.actor):
        raise PermissionDenied
    return get_object_or_404(queries.openings(), pk=pk) if pk else None


def _found(request: Request, pk: int) -> Opening:
    found = _guarded(request, pk)
    assert found is not None
    return found


def _done(form: Form, act: Any) -> Any:
    """What `act` returns; None when the form or the house refuses, said among its errors."""
    if not form.is_valid():
        return None
    try:
        return act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def openings(request: Request) -> HttpResponse:
    """Guides begun so far, and the first step of a new one."""
    _guarded(request)
    form = BeginForm(request.POST or None, initial=_proposed())
    made = request.method == "POST" and _done(
        form, lambda: actions.begin(by=request.actor, **form.cleaned_data)
    )
    if made:
        return redirect("continuity:seats", made.pk)
    context = {"form": form, "openings": queries.openings(), "closing": current_term()}
    status = 422 if form.errors else 200
    return render(request, "continuity/openings.html", context, status=status)


def _proposed() -> dict[str, Any]:
    """The term after the current one: registered already, or of the same length."""
    now = current_term()
    if now is None:
        return {}
    after = terms().filter(starts_on__gt=now.ends_on).order_by("starts_on").first()
    if after:
        days = {"code": after.code, "starts_on": after.starts_on, "ends_on": after.ends_on}
    else:
        year = now.ends_on.year + 1
        days = {
            "code": str(year),
            "starts_on": now.starts_on.replace(year=now.starts_on.year + 1)
            if now.starts_on.day < 29
            else now.starts_on,
            "ends_on": now.ends_on.replace(year=year, day=min(now.ends_on.day, 28))
            if now.ends_on.month == 2
            else now.ends_on.replace(year=year),
        }
    return {**days, "closes_on": now.closes_on}


@require_safe
def opening(request: Request, pk: int) -> HttpResponse:
    """The steps and how each stands."""
    found = _found(request, pk)
    return render(
        request,
        "continuity/opening.html",
        {"opening": found, "preview": queries.preview(found), "step": "overview"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: Request, pk: int) -> HttpResponse:
    """Step 2: unit by unit, who continues, who is new, what is vacant."""
    found = _found(request, pk)
    rows = queries.seats_of(found)
    form = SeatsForm(request.POST if request.method == "POST" else None, seats=rows)
    saved = request.method == "POST" and _done(
        form,
        lambda: actions.choose_seats(opening=found, choices=form.choices, by=request.actor),
    )
    if saved:
        messages.success(request, _("The offices are saved."))
        return redirect("continuity:work", pk)
    return _seats_page(request, found, form)


def _seats_page(
    request: Request, found: Opening, form: SeatsForm, add: AddSeatForm | None = None
) -> HttpResponse:
    refused = form.errors or (add and add.errors)
    context = {
        "opening": found,
        "form": form,
        "add": add or AddSeatForm(auto_id="add_%s"),
        "step": "seats",
    }
    return render(request, "continuity/seats.html", context, status=422 if refused else 200)


@require_POST
def add_seat(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    add = AddSeatForm(request.POST, auto_id="add_%s")
    made = _done(add, lambda: actions.add_seat(opening=found, by=request.actor, **add.cleaned_data))
    if made:
        messages.success(request, _("The city is added."))
        return redirect("continuity:seats", pk)
    return _seats_page(request, found, SeatsForm(seats=queries.seats_of(found)), add)


@require_safe
def work(request: Request, pk: int) -> HttpResponse:
    """Step 3: what each unit leaves unfinished."""
    found = _found(request, pk)
    context = {"opening": found, "work": queries.unfinished(found), "step": "work"}
    return render(request, "continuity/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_work(request: Request, pk: int, unit_pk: int) -> HttpResponse:
    found = _found(request, pk)
    unit = get_object_or_404(Unit, pk=unit_pk)
    left = next(iter(queries.unfinished(found, unit)), queries.Left(unit))
    form = WorkForm(request.POST if request.method == "POST" else None, left=left)
    saved = request.method == "POST" and _done(
        form,
        lambda: actions.choose_work(
            opening=found, unit=unit, choices=form.choices, by=request.actor
        ),
    )
    if saved:
        messages.success(request, _("The choices for %(unit)s are saved.") % {"unit": unit})
        return redirect("continuity:work", pk)
    context = {"opening": found, "left": left, "form": form, "step": "work"}
    status = 422 if form.errors else 200
    return render(request, "continuity/unit_work.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Request, pk: int) -> HttpResponse:
    """Steps 4 and 5: everything that will happen; then it happens."""
    found = _found(request, pk)
    if request.method == "POST":
        actions.open_next(opening=found, by=request.actor)
        messages.success(request, _("The term %(term)s is open.") % {"term": found.term})
        return redirect(found)
    context = {"opening": found, "preview": queries.preview(found), "step": "preview"}
    return render(request, "continuity/preview.html", context)


@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if found.state == OpeningState.DONE:
        actions.take_up_again(opening=found, by=request.actor)
        messages.info(request, _("The guide is open again. What was done stays done."))
    return redirect(found)
