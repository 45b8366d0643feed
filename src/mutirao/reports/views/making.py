"""An edition asked for, watched, cancelled, published."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mutirao.core.models import NotAllowed

from .. import actions, queries
from ..forms import EditionForm
from .common import actor_of, edition_or_404, report_or_404, writable_or_refused


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an edition, or go to the one being made."""
    report = writable_or_refused(request, pk)
    form = EditionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one language."))
        return redirect("reports:edit", pk)
    languages = form.cleaned_data["languages"]
    try:
        made = actions.ask_for_edition(report=report, languages=languages, by=actor_of(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("reports:edit", pk)
    return redirect(made)


@never_cache
@require_safe
def production(request: HttpRequest, key: str) -> HttpResponse:
    """How far the making is. One may leave the page; the edition waits on the report's desk."""
    found = get_object_or_404(queries.productions_of(actor_of(request)), key=key)
    if found.edition is not None:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        return redirect(found.edition)
    if not found.is_under_way and request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    return render(request, "reports/production.html", {"production": found})


@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(queries.productions_of(actor_of(request)), key=key)
    try:
        actions.cancel(production=found, by=actor_of(request))
        messages.success(request, _("The edition is not being made any more."))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("reports:edit", found.report_id)


@require_POST
def publish(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make an edition the report of record."""
    report = writable_or_refused(request, pk)
    edition = edition_or_404(request, report, number, data=False)
    try:
        report = actions.publish(edition=edition, by=actor_of(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("reports:edition", pk, number)
    messages.success(request, _("Published: this is now the report of record."))
    return redirect(report)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the report back; its editions stay with those who write it."""
    report = report_or_404(request, pk)
    if not rules.test_rule("reports.publish_report", actor_of(request), report):
        raise PermissionDenied
    try:
        actions.withdraw(report=report, by=actor_of(request))
        messages.success(request, _("The report is not published any more."))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("reports:edit", pk)
