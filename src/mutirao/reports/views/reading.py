"""The list of reports, and one report as everyone reads it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutirao.core.lists import Column, exported, paginate

from .. import queries
from ..forms import ReportFilter
from ..models import Report
from .common import actor_of, files_in, report_or_404, wanted_language, writes


@login_not_required
@require_safe
def reports(request: HttpRequest) -> HttpResponseBase:
    """The reports this reader may see, filtered; or the whole list as a file."""
    actor = actor_of(request)
    terms, units = queries.present(actor)
    form = ReportFilter(request.GET, terms=terms, units=units)
    rows = queries.narrowed(queries.visible_to(actor), form.chosen)
    if (file := exported(request, rows, _columns(), "reports")) is not None:
        return file
    context = {
        "form": form,
        "page": paginate(request, rows),
        "any": bool(terms),
        "may_open": bool(queries.may_open(actor)),
    }
    return render(request, "reports/reports.html", context)


def _columns() -> list[Column]:
    return [
        (_("title"), lambda report: report.title),
        (_("unit"), lambda report: str(report.unit or _("The whole network"))),
        (_("term"), lambda report: report.term.code),
        (_("written by"), lambda report: report.organisation.name),
        (_("state"), Report.get_visibility_display),
        (_("edition"), lambda report: report.current.number if report.current else None),
        (_("published on"), lambda report: report.current and report.current.published_at),
        (_("languages"), lambda report: report.current.languages if report.current else []),
    ]


@login_not_required
@require_safe
def report(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The edition of record; writers of a report not published yet are led to their desk."""
    found = report_or_404(request, pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    writer = writes(request, found)
    if found.current is None:
        return redirect("reports:edit", found.pk)
    edition = found.current
    edition.refresh_from_db(fields=["data"])
    language = wanted_language(request, edition)
    context = {
        "report": found,
        "edition": edition,
        "paper": edition.paper(language),
        "language": language,
        "files": files_in(edition, language),
        "others": [code for code in edition.languages if code != language],
        "is_current": True,
        "writer": writer,
    }
    return render(request, "reports/report.html", context)
