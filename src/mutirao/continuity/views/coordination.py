"""How coordinations stand, reminders to units, and what a new coordinator finds."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from mutirao.core.lists import Column, exported
from mutirao.core.models import NotAllowed
from mutirao.network.models import Term, Unit
from mutirao.network.queries import current_term, terms

from .. import actions, queries
from ..forms import AnswerForm, CoordinationFilter, NudgeForm, SilentForm

SILENT_DAYS = 30


class Request(HttpRequest):
    actor: Any
    htmx: Any


def _needs(request: Request, rule: str, record: Any = None) -> None:
    if not rules.test_rule(rule, request.actor, record):
        raise PermissionDenied


def _term(code: object) -> Term | None:
    """The term asked for; the current one, or the last."""
    asked = terms().filter(code=code).first() if code else None
    return asked or current_term() or terms().first()


@vary_on_headers("HX-Request")
@require_safe
def coordinations(request: Request) -> HttpResponseBase:
    _needs(request, "continuity.follow_coordinations")
    form = CoordinationFilter(request.GET, terms=terms())
    chosen = form.chosen
    term = _term(chosen.get("term"))
    rows = queries.coordinations(request.actor, term) if term else []
    shown = queries.arranged(rows, chosen)
    taken = exported(request, shown, _columns(), f"coordinations-{term}")  # type: ignore[arg-type]
    if taken:
        return taken
    context = {
        "form": form,
        "term": term,
        "rows": shown,
        "all": len(rows),
        "without_plan": sum(row.plan is None for row in rows),
        "with_late": sum(bool(row.counts["late"]) for row in rows),
        "silent": sum(row.silent_days is None or row.silent_days > SILENT_DAYS for row in rows),
        "silent_days": SILENT_DAYS,
        "board": reverse("commitments:board"),
        "reminded": request.actor.is_secretariat or any(row.nudge for row in rows),
    }
    page = "continuity/coordinations.html" + ("#results" if request.htmx else "")
    return render(request, page, context)


def _columns() -> list[Column]:
    counts: list[Column] = [
        (_("Done"), lambda row: row.counts["done"]),
        (_("Open"), lambda row: row.open),
        (_("Late"), lambda row: row.counts["late"]),
        (_("Carried over"), lambda row: row.counts["carried"]),
        (_("Kept (per cent)"), lambda row: row.kept_percent),
    ]
    return [
        (_("Unit"), lambda row: str(row.unit)),
        (_("Coordination"), lambda row: [one.name for one in row.leaders]),
        (_("Plan"), lambda row: row.plan.get_state_display() if row.plan else ""),
        (_("Since"), lambda row: row.plan_since),
        *counts,
        (_("Last activity"), lambda row: row.last.at if row.last else None),
        (_("Next meeting"), lambda row: row.meeting.starts_on if row.meeting else None),
        (_("Last reminder"), lambda row: row.nudge.at if row.nudge else None),
    ]


@require_safe
def compare(request: Request) -> HttpResponseBase:
    """Each unit through the last terms."""
    _needs(request, "continuity.follow_coordinations")
    compared, rows = queries.over_terms(request.actor)
    flat = [(unit, past) for unit, pasts in rows for past in pasts]
    taken = exported(request, flat, _past_columns(), "coordinations-over-terms")  # type: ignore[arg-type]
    if taken:
        return taken
    context = {"terms": compared, "rows": rows, "board": reverse("commitments:board")}
    return render(request, "continuity/compare.html", context)


def _past_columns() -> list[Column]:
    return [
        (_("Unit"), lambda row: str(row[0])),
        (_("Term"), lambda row: row[1].term.code),
        (_("Plan approved"), lambda row: row[1].approved),
        (_("Commitments"), lambda row: row[1].counts["total"]),
        (_("Done"), lambda row: row[1].counts["done"]),
        (_("Late"), lambda row: row[1].counts["late"]),
        (_("Carried over"), lambda row: row[1].counts["carried"]),
        (_("Kept (per cent)"), lambda row: row[1].kept_percent),
        (_("Meetings held"), lambda row: row[1].meetings),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def nudge_unit(request: Request, code: str, unit_pk: int) -> HttpResponse:
    """Write to who leads a unit: what is late is proposed as text, in their language."""
    _needs(request, "continuity.nudge")
    term = get_object_or_404(terms(), code=code)
    row = _row(request, term, get_object_or_404(Unit, pk=unit_pk))
    if not row.leaders:
        raise NotAllowed(_("Nobody leads this unit in that term, so nobody can be written to."))
    to = row.leaders[0]
    before = queries.too_soon(row.unit, term)
    text = queries.proposed_text(row.unit, term, queries.language_of(to), row)
    form = NudgeForm(request.POST or None, soon=before is not None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.nudge(unit=row.unit, term=term, to=to, by=request.actor, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(city)s is reminded.") % {"city": to})
            return redirect(f"{reverse('continuity:coordinations')}?term={term.code}")
    context = {"form": form, "row": row, "term": term, "to": to, "before": before}
    status = 422 if form.errors else 200
    return render(request, "continuity/nudge_unit.html", context, status=status)


def _row(request: Request, term: Term, unit: Unit) -> queries.Row:
    found = queries.coordinations(request.actor, term)
    return next(row for row in found if row.unit.pk == unit.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def nudge_silent(request: Request) -> HttpResponse:
    """Write to every unit that was silent for a while, after looking at each text."""
    _needs(request, "continuity.nudge")
    term = _term(request.GET.get("term"))
    if term is None:
        raise Http404
    letters = _letters(request, term)
    form = SilentForm(request.POST if request.method == "POST" else None, letters=letters)
    if request.method == "POST" and form.is_valid():
        sent = actions.nudge_silent(term=term, letters=form.letters, by=request.actor)
        messages.success(request, _("%(count)d reminders are sent.") % {"count": len(sent)})
        return redirect(f"{reverse('continuity:coordinations')}?term={term.code}")
    context = {"form": form, "term": term, "days": SILENT_DAYS}
    status = 422 if form.errors else 200
    return render(request, "continuity/nudge_silent.html", context, status=status)


def _letters(request: Request, term: Term) -> list[Any]:
    rows = queries.coordinations(request.actor, term)
    found = []
    for row in queries.arranged(rows, {"silence": SILENT_DAYS}):
        if row.leaders and queries.too_soon(row.unit, term) is None:
            to = row.leaders[0]
            language = queries.language_of(to)
            text = queries.proposed_text(row.unit, term, language, row)
            found.append((row.unit, to, text, language))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def nudge(request: Request, pk: int) -> HttpResponse:
    """A reminder, and the answer to it."""
    found = get_object_or_404(queries.nudges_visible_to(request.actor), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer(nudge=found, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Thank you. The secretariat sees your answer."))
        return redirect(found)
    may = not found.answer and rules.test_rule("continuity.answer_nudge", request.actor, found)
    late = queries.late_work(found.unit, found.term)
    context = {"nudge": found, "form": form if may else None, "late": late[:10]}
    status = 422 if form.errors else 200
    return render(request, "continuity/nudge.html", context, status=status)


@require_safe
def inherited(request: Request, unit_pk: int) -> HttpResponse:
    """What whoever leads a unit today took over from the term before."""
    unit = get_object_or_404(Unit, pk=unit_pk)
    term = current_term()
    serves = term is not None and request.actor.serves(unit.pk, term.pk)
    if not (serves or request.actor.is_secretariat):
        raise PermissionDenied
    context = {"found": queries.inheritance(request.actor, unit)}
    return render(request, "continuity/inherited.html", context)
