"""What the views of this app share: finding a report or an edition, or saying there is none."""

from __future__ import annotations

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from mutirao.core.languages import LANGUAGES, current
from mutirao.network.acting import Actor

from .. import queries
from ..models import Edition, EditionFile, Report
from ..rules import sees_edition
from ..states import Kind


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def report_or_404(request: HttpRequest, pk: int) -> Report:
    """The report with unit, term and organisation; 404 when this reader may not see it."""
    return get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)


def writable_or_refused(request: HttpRequest, pk: int) -> Report:
    """A report this person writes: 404 when they may not see it, 403 when only that."""
    report = report_or_404(request, pk)
    if not writes(request, report):
        raise PermissionDenied
    return report


def writes(request: HttpRequest, report: Report) -> bool:
    return bool(rules.test_rule("reports.write_report", actor_of(request), report))


def edition_or_404(request: HttpRequest, report: Report, number: int, *, data: bool) -> Edition:
    """An edition this reader may see, with its data or without."""
    found = report.editions.select_related("person", "organisation").prefetch_related("files")
    edition = get_object_or_404(found if data else found.defer("data"), number=number)
    edition.report = report
    if not sees_edition(actor_of(request), edition, writes(request, report)):
        raise Http404
    return edition


def files_in(edition: Edition, language: str) -> list[EditionFile]:
    """The files of an edition in one language: PDF, Word, Excel."""
    kinds = Kind.values
    found = [file for file in edition.files.all() if file.language == language]
    return sorted(found, key=lambda file: kinds.index(file.kind))


def wanted_language(request: HttpRequest, edition: Edition) -> str:
    """The language asked for in `?language=`, else the reader's, else the first there is."""
    for code in (request.GET.get("language", ""), current()):
        if code in LANGUAGES and code in edition.languages:
            return code
    return edition.languages[0]
