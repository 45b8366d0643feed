"""The desk of a report: begun, written, saved as one types, looked at before it is made."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.conflicts import settled
from mutirao.core.languages import DJANGO_CODES, LANGUAGES
from mutirao.core.models import Conflict
from mutirao.network.views.conflicts import Place, both_versions

from .. import actions, queries
from ..content import Frame, gather
from ..forms import EditionForm, NewReportForm, ReportForm
from ..models import Report
from ..rules import led
from ..states import UNDER_WAY
from .common import actor_of, writable_or_refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Of which unit, on which term? A report that is there already is opened."""
    actor = actor_of(request)
    offered = queries.may_open(actor)
    if not actor.is_secretariat and not led(actor):
        raise PermissionDenied
    chosen = {"about": request.GET.get("about", "")}
    form = NewReportForm(request.POST or None, offered=offered, initial=chosen)
    if request.method == "POST" and form.is_valid():
        unit, term = form.cleaned_data["about"]
        return redirect("reports:edit", actions.open_report(unit=unit, term=term, by=actor).pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "offered": offered}
    return render(request, "reports/new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the report; beside them, how to make and publish an edition."""
    report = writable_or_refused(request, pk)
    if request.method != "POST":
        return _desk(request, report, ReportForm(instance=report))
    form = ReportForm(settled(request.POST), instance=report)
    if not form.is_valid():
        report.refresh_from_db()
        return _desk(request, report, form, status=422)
    values = dict(form.cleaned_data)
    version = values.pop("version")
    try:
        actions.write(report=report, version=version, by=actor_of(request), **values)
    except Conflict as conflict:
        return _conflict(request, form, conflict.current)
    messages.success(request, _("Saved."))
    return redirect("reports:edit", pk)


def _desk(
    request: HttpRequest, report: Report, form: ReportForm, status: int = 200
) -> HttpResponse:
    editions = list(queries.editions_of(report)[:5])
    context = {
        "report": report,
        "form": form,
        "editions": editions,
        "making": queries.under_way(report),
        "last": report.productions.exclude(state__in=UNDER_WAY).first(),
        "edition_form": EditionForm(initial={"languages": list(LANGUAGES)}),
        "may_publish": rules.test_rule("reports.publish_report", actor_of(request), report),
    }
    return render(request, "reports/edit.html", context, status=status)


def _conflict(request: HttpRequest, mine: ReportForm, current: Report) -> HttpResponse:
    back = reverse("reports:edit", args=[current.pk])
    trail = [(reverse("reports:reports"), _("Reports"), ""), (back, current.title, "")]
    return both_versions(
        request,
        mine=mine,
        theirs=ReportForm(instance=current),
        record=current,
        place=Place(trail, back, "plans/sub.html", current.language),
    )


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """What was typed, kept while typing. 409: somebody else saved; 422: something is not right."""
    report = writable_or_refused(request, pk)
    form = ReportForm(request.POST, instance=report)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    values = dict(form.cleaned_data)
    version = values.pop("version")
    try:
        saved = actions.write(report=report, version=version, by=actor_of(request), **values)
    except Conflict as conflict:
        return JsonResponse({"version": conflict.current.version}, status=409)
    return JsonResponse({"version": saved.version})


@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it would be made now; nothing is kept."""
    report = writable_or_refused(request, pk)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else report.language
    with translation.override(DJANGO_CODES[language]):
        paper = gather(Frame(report, language, report.audience, timezone.now()))
    context = {
        "report": report,
        "paper": paper,
        "language": language,
        "others": [code for code in LANGUAGES if code != language],
        "preview": True,
        "writer": True,
    }
    return render(request, "reports/report.html", context)
