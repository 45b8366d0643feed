"""Spreadsheets: sent in, looked at, accepted or not, undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import Conflict, NotAllowed
from mutirao.intake.readers import UnreadableDocument
from mutirao.network.text import fold

from .. import actions, queries
from ..columns import lacking
from ..empty_sheets import empty_csv, empty_xlsx
from ..forms import ColumnsForm, RowsFilter, UploadForm, VersionForm
from ..messages import file_message
from ..models import Import, ImportRow
from ..presenting import blocker_message, present, what_happens
from ..states import ImportState, Mark, SheetKind
from .common import for_whom

ROWS_A_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
secretariat_only = for_whom("registry.import")


@secretariat_only
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponseBase:
    """What was brought in so far, and the form that brings in more."""
    if request.method == "POST":
        return _receive(request)
    rows = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    taken = exported(request, rows, _columns(), "imports")
    return taken or _list(request, UploadForm())


def _list(request: HttpRequest, form: UploadForm) -> HttpResponse:
    rows = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    context = {"form": form, "page": paginate(request, rows), "kinds": SheetKind.choices}
    return render(request, "registry/imports.html", context)


def _columns() -> list[Column]:
    return [
        (_("File"), lambda row: row.filename),
        (_("What the rows are"), lambda row: row.get_kind_display()),
        (_("State"), lambda row: row.get_state_display()),
        (_("New"), lambda row: row.counts.get(Mark.NEW, 0)),
        (_("Changed"), lambda row: row.counts.get(Mark.CHANGED, 0)),
        (_("Brought in"), lambda row: row.created_at),
        (_("Brought in by"), lambda row: row.person.name),
        (_("Accepted"), lambda row: row.accepted_at),
        (_("Accepted by"), lambda row: row.accepted_by.name if row.accepted_by else ""),
        (_("Undone"), lambda row: row.undone_at),
        (_("Undone by"), lambda row: row.undone_by.name if row.undone_by else ""),
    ]


def _receive(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form)
    given = form.cleaned_data
    try:
        batch = actions.bring_in(
            by=request.actor,  # type: ignore[attr-defined]
            filename=given["file"].name,
            **given,
        )
    except UnreadableDocument as error:
        form.add_error("file", file_message({"code": error.code, "params": error.params}))
        return _list(request, form)
    return redirect(batch)


@secretariat_only
@require_safe
def template(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """The empty spreadsheet, headings in the reader's language."""
    if kind not in SheetKind.values or ending not in ("xlsx", "csv"):
        raise Http404
    body = empty_xlsx(kind) if ending == "xlsx" else empty_csv(kind)
    response = HttpResponse(
        body, content_type=_XLSX if ending == "xlsx" else "text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{kind}.{ending}"'
    return response


def _found(request: HttpRequest, key: str) -> Import:
    return get_object_or_404(queries.visible_to(request.actor), key=key)  # type: ignore[attr-defined]


@secretariat_only
@require_safe
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    """Where the spreadsheet stands: progress, columns to name, the preview, what became of it."""
    batch = _found(request, key)
    if batch.is_at_work:
        return render(request, "registry/progress.html", {"batch": batch})
    if request.headers.get("HX-Target") == "progress":  # the bar is at its end
        return HttpResponse(headers={"HX-Refresh": "true"})
    if batch.state == ImportState.FAILED:
        context = {"batch": batch, "message": file_message(batch.error or {"code": "unexpected"})}
        return render(request, "registry/failed.html", context)
    if batch.state == ImportState.COLUMNS:
        return _ask_for_columns(request, batch, ColumnsForm(batch=batch))
    return _preview(request, batch)


def _preview(request: HttpRequest, batch: Import) -> HttpResponseBase:
    form = RowsFilter(request.GET)
    chosen: dict[str, Any] = form.chosen
    rows: Any = queries.rows_of(batch)
    if "mark" in chosen:
        rows = rows.filter(mark=chosen["mark"])
    if "q" in chosen:
        words = fold(chosen["q"])
        rows = [row for row in rows if words in fold(row.label)]
    taken = exported(request, rows, _row_columns(batch), "preview")
    if taken:
        return taken
    page = paginate(request, rows, ROWS_A_PAGE)
    page.object_list = list(page.object_list)
    present(batch, page.object_list)
    context = {
        "batch": batch,
        "form": form,
        "page": page,
        "marks": [(mark, mark.label, batch.counts.get(mark, 0)) for mark in Mark],
        "blockers": [
            {**one, "message": blocker_message(one)} for one in batch.blockers[:ROWS_A_PAGE]
        ],
        "more_blockers": max(0, len(batch.blockers) - ROWS_A_PAGE),
        "message": file_message(batch.error) if batch.error else "",
        "unknown": _unknown_columns(batch),
    }
    return render(request, "registry/preview.html", context)


def _unknown_columns(batch: Import) -> list[str]:
    known = set((batch.mapping or {}).values())
    return [
        heading for place, heading in enumerate(batch.headings) if heading and place not in known
    ]


def _row_columns(batch: Import) -> list[Column]:
    """The file as it came, with what is said of each row before it."""

    def cell(place: int) -> Callable[[ImportRow], object]:
        return lambda row: row.cells[place][0] if place < len(row.cells) else ""

    columns: list[Column] = [
        (_("Row"), lambda row: row.number),
        (_("Result"), lambda row: row.get_mark_display()),
        (_("Remarks"), lambda row: what_happens(batch, row)),
    ]
    taken = {heading for heading, _value in columns}
    for place, heading in enumerate(batch.headings):
        name = heading or f"({place + 1})"
        while name in taken:
            name += " *"
        taken.add(name)
        columns.append((name, cell(place)))
    return columns


def _ask_for_columns(request: HttpRequest, batch: Import, form: ColumnsForm) -> HttpResponse:
    samples = [
        [
            row.cells[place][0] if place < len(row.cells) else ""
            for place in range(len(batch.headings))
        ]
        for row in queries.rows_of(batch)[:3]
    ]
    context = {
        "batch": batch,
        "form": form,
        "samples": samples,
        "missing": lacking(batch.kind, batch.mapping or {}),
    }
    return render(request, "registry/columns.html", context)


@secretariat_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, key: str) -> HttpResponse:
    """Say which column holds what."""
    batch = _found(request, key)
    if batch.state not in (ImportState.COLUMNS, ImportState.READY):
        return redirect(batch)
    if request.method != "POST":
        return _ask_for_columns(request, batch, ColumnsForm(batch=batch))
    form = ColumnsForm(request.POST, batch=batch)
    if form.is_valid():
        try:
            actions.name_columns(by=request.actor, batch=batch, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except Conflict:
            return _moved_on(request, batch)
        else:
            return redirect(batch)
    return _ask_for_columns(request, batch, form)


def _moved_on(request: HttpRequest, batch: Import) -> HttpResponse:
    messages.warning(request, _("Somebody else went on with this spreadsheet. Look at it again."))
    return redirect(batch)


@secretariat_only
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Say of rows whether they are new or one of those that are there."""
    batch = _found(request, key)
    said = {
        int(name[4:]): value
        for name, value in request.POST.items()
        if name.startswith("row_") and name[4:].isdecimal() and isinstance(value, str)
    }
    actions.decide(by=request.actor, batch=batch, decisions=said)  # type: ignore[attr-defined]
    messages.success(request, _("Your decisions are kept."))
    return redirect(batch)


@secretariat_only
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Write all rows, or none."""
    batch = _found(request, key)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect(batch)
    try:
        actions.accept(by=request.actor, batch=batch, **form.cleaned_data)  # type: ignore[attr-defined]
    except Conflict:
        return _moved_on(request, batch)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(batch)


@secretariat_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back all that the import wrote; asked before it is done."""
    batch = _found(request, key)
    if request.method != "POST":
        if batch.state != ImportState.ACCEPTED:
            return redirect(batch)
        return render(request, "registry/undo.html", {"batch": batch})
    try:
        actions.undo(by=request.actor, batch=batch)  # type: ignore[attr-defined]
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(batch)


@secretariat_only
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    batch = _found(request, key)
    actions.read_again(by=request.actor, batch=batch)  # type: ignore[attr-defined]
    return redirect(batch)


@secretariat_only
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    batch = _found(request, key)
    actions.discard(by=request.actor, batch=batch)  # type: ignore[attr-defined]
    messages.success(request, _("The spreadsheet is discarded; nothing of it was written."))
    return redirect("registry:imports")


@secretariat_only
@require_safe
def file(request: HttpRequest, key: str) -> FileResponse:
    """The spreadsheet as it was sent in, always as a download."""
    batch = _found(request, key)
    if not batch.file.name or not batch.file.storage.exists(batch.file.name):
        raise Http404
    response = FileResponse(
        batch.file.open("rb"),
        as_attachment=True,
        filename=batch.filename,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
