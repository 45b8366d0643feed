"""The editions of a report: each one as it was made, its files, and what changed between two."""

from __future__ import annotations

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mutirao.core.languages import LANGUAGES, current

from .. import queries
from ..comparing import compared
from ..models import Edition, EditionFile, Report
from ..rules import sees_edition
from ..states import CONTENT_TYPES, Kind
from .common import (
    actor_of,
    edition_or_404,
    files_in,
    report_or_404,
    wanted_language,
    writes,
)


@login_not_required
@require_safe
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every edition this reader may see, the latest first."""
    report = report_or_404(request, pk)
    shown = _seen(request, report)
    context = {
        "report": report,
        "editions": shown,
        "writer": writes(request, report),
        "may_publish": rules.test_rule("reports.publish_report", actor_of(request), report),
    }
    return render(request, "reports/editions.html", context)


def _seen(request: HttpRequest, report: Report) -> list[Edition]:
    writer, found = writes(request, report), []
    for edition in queries.editions_of(report):
        edition.report = report
        if sees_edition(actor_of(request), edition, writer):
            found.append(edition)
    return found


@login_not_required
@require_safe
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One edition as it was made, in the reader's language where it has it."""
    report = report_or_404(request, pk)
    found = edition_or_404(request, report, number, data=True)
    language = wanted_language(request, found)
    context = {
        "report": report,
        "edition": found,
        "paper": found.paper(language),
        "language": language,
        "files": files_in(found, language),
        "others": [code for code in found.languages if code != language],
        "is_current": report.current_id == found.pk,
        "writer": writes(request, report),
        "may_publish": rules.test_rule("reports.publish_report", actor_of(request), report),
    }
    return render(request, "reports/report.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest, pk: int, number: int, language: str, kind: str) -> FileResponse:
    """A file of an edition; it never changes."""
    report = report_or_404(request, pk)
    found = edition_or_404(request, report, number, data=False)
    return _sent(report, get_object_or_404(found.files, language=language, kind=kind))


@login_not_required
@require_safe
def latest(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The address that stays: the edition of record in `?language=` (default: the reader's)."""
    report = report_or_404(request, pk)
    if report.current is None or kind not in Kind.values:
        raise Http404
    asked = request.GET.get("language", "")
    wanted = asked if asked in LANGUAGES else current()
    languages = report.current.languages
    language = wanted if wanted in languages else languages[0]
    return redirect("reports:file", pk, report.current.number, language, kind)


def _sent(report: Report, row: EditionFile) -> FileResponse:
    if not row.file.name or not row.file.storage.exists(row.file.name):
        raise Http404
    name = f"{slugify(report.title)[:60] or 'report'}-{row.edition.number}-{row.language}"
    response = FileResponse(
        row.file.open("rb"),
        as_attachment=row.kind != Kind.PDF,
        filename=f"{name}.{row.kind}",
        content_type=CONTENT_TYPES[Kind(row.kind)],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one edition to another: figures, rows, texts."""
    report = report_or_404(request, pk)
    seen = _seen(request, report)
    numbers = [one.number for one in seen]
    newer = _number(request, "to", numbers, numbers[0] if numbers else 0)
    older = _number(request, "from", numbers, next((n for n in numbers if n < newer), newer))
    context = {"report": report, "editions": seen, "older": older, "newer": newer}
    if numbers:
        before = edition_or_404(request, report, min(older, newer), data=True)
        after = edition_or_404(request, report, max(older, newer), data=True)
        language = wanted_language(request, after)
        context.update(
            before=before,
            after=after,
            changes=compared(before.paper(language), after.paper(language)),
        )
    return render(request, "reports/compare.html", context)


def _number(request: HttpRequest, name: str, known: list[int], default: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdigit() and int(asked) in known else default
