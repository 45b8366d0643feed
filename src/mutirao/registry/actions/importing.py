"""A spreadsheet comes in and is previewed; what a person says about it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any
from uuid import UUID

import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.intake.readers import UnreadableDocument
from mutirao.network.acting import Actor

from .. import queries
from ..checking import check, dates_in
from ..columns import COLUMNS, find_headings, lacking
from ..models import Import, ImportRow
from ..sheets import Row, UnreadableSheet, read_sheets
from ..states import ImportState, Mark
from .common import PREVIEW_FIELDS as PREVIEWED
from .common import ROWS_AT_ONCE, counted, held, judged, move, queue, stored_rows, take_over

REPORT_EVERY = 0.25  # seconds between two notes of progress


def bring_in(*, by: Actor, kind: str, file: File, filename: str, key: UUID) -> Import:
    """Keep a spreadsheet and queue its preview, once per `key`.

    Raises PermissionDenied, and UnreadableDocument for an empty or too large file.
    """
    if not rules.test_rule("registry.import", by) or by.person is None:
        raise PermissionDenied
    name = PurePath(filename.replace("\\", "/")).name[-200:] or "?"
    if not file.size:
        raise UnreadableSheet("no_rows", name=name)
    if file.size > settings.UPLOAD_BYTES:
        raise UnreadableSheet("too_large", name=name, limit=settings.UPLOAD_BYTES // 2**20)
    data = file.read()
    file.seek(0)
    with transaction.atomic():
        batch, new = Import.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "filename": name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": file.size,
                "person": by.person,
                "organisation_id": by.organisation_id or 0,
            },
        )
        if new:
            suffix = PurePath(name).suffix.lower()
            batch.file.save(f"{key}{suffix if suffix in ('.csv', '.xlsx') else ''}", file)
            queue(batch)
    return batch


def preview(*, import_id: int) -> None:
    """Read the file and judge its rows; nothing but the import itself is written."""
    batch = Import.objects.filter(pk=import_id, state=ImportState.WAITING).first()
    if batch is None:
        return
    try:
        rows = _read(batch)
    except UnreadableDocument as error:
        store_failure(import_id=import_id, code=error.code, params=error.params)
        return
    decisions = dict(queries.rows_of(batch).exclude(decision="").values_list("number", "decision"))
    stored = [_stored(batch, row, decisions.get(row.number, "")) for row in rows]
    if lacking(batch.kind, batch.mapping or {}):
        _store(batch, stored, ImportState.COLUMNS)
        return
    batch.order_read, batch.order_is_a_guess = dates_in(
        batch.kind, rows, batch.mapping or {}, batch.date_order
    )
    verdicts = check(
        batch.kind,
        rows,
        mapping=batch.mapping or {},
        order=batch.order_read,
        width=len(batch.headings),
        decisions=decisions,
        progress=_reporter(batch.pk),
    )
    for row, verdict in zip(stored, verdicts, strict=True):
        take_over(row, verdict)
    batch.counts = counted(verdicts)
    _store(batch, stored, ImportState.READY)


def _read(batch: Import) -> list[Row]:
    """The rows under the headings; headings and mapping are put into `batch`."""
    try:
        with batch.file.open("rb") as source:
            data = source.read()
    except FileNotFoundError as error:
        raise UnreadableDocument("not_found", name=batch.filename) from error
    sheets = read_sheets(data, batch.filename)
    sheet, first, found = find_headings(batch.kind, sheets)
    rows = sheets[sheet] if sheets else []
    if len(rows) <= first + 1:
        raise UnreadableSheet("no_rows", name=batch.filename)
    batch.headings = [cell.text for cell in rows[first].cells]
    if batch.mapping is None:
        batch.mapping = found
    return rows[first + 1 :]


def _stored(batch: Import, row: Row, decision: str) -> ImportRow:
    return ImportRow(
        parent=batch,
        number=row.number,
        cells=[[cell.text[:2000], cell.kind] for cell in row.cells],
        decision=decision,
    )


def _reporter(import_id: int) -> Callable[[int, int], None]:
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_EVERY:
            last = now
            Import.objects.filter(pk=import_id).update(done=done, total=total)

    return report


@transaction.atomic
def _store(batch: Import, rows: list[ImportRow], state: str) -> None:
    """Keep a preview, unless another run of the job or the person was first."""
    fresh = queries.locked(batch.pk)
    if fresh is None or fresh.state != ImportState.WAITING or fresh.version != batch.version:
        return
    ImportRow.objects.filter(parent=batch).delete()
    ImportRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    batch.error = None
    move(batch, state)
    batch.save()


@transaction.atomic
def store_failure(*, import_id: int, code: str, params: Mapping[str, Any]) -> None:
    """Keep why a job could not do its work: a code of `messages.FILES` or of the readers."""
    batch = queries.locked(import_id)
    if batch is None or not batch.is_at_work:
        return
    batch.error = {"code": code, "params": {key: str(value) for key, value in params.items()}}
    if batch.state == ImportState.UNDOING:
        move(batch, ImportState.ACCEPTED)
        batch.undone_by = None
    else:
        move(batch, ImportState.FAILED)
    batch.save()


@transaction.atomic
def name_columns(
    *, by: Actor, batch: Import, version: int, mapping: Mapping[str, int], date_order: str
) -> Import:
    """Say what the columns hold and how dates are written; the rows are judged anew."""
    batch = held(batch, by, version)
    known = {column.key for column in COLUMNS[batch.kind]}
    mapping = {key: place for key, place in mapping.items() if key in known}
    if missing := lacking(batch.kind, mapping):
        raise NotAllowed(
            _("Say which column holds: %(columns)s.")
            % {"columns": ", ".join(str(column.label) for column in missing)}
        )
    if len(set(mapping.values())) != len(mapping):
        raise NotAllowed(_("One column of the file is named twice."))
    move(batch, ImportState.WAITING)
    batch.mapping, batch.date_order = dict(mapping), date_order
    batch.previewed_anew = False
    batch.done = batch.total = 0
    batch.save()
    queue(batch)
    return batch


@transaction.atomic
def decide(*, by: Actor, batch: Import, decisions: Mapping[int, str]) -> Import:
    """Say of rows (by number) which organisation they are (its key), or "new".

    The rows are judged anew at once. Raises NotAllowed for a choice that was not offered.
    """
    batch = held(batch, by)
    if batch.state != ImportState.READY:
        raise NotAllowed(_("This spreadsheet is not at that point any more. Look at it again."))
    stored = stored_rows(batch)
    for row in stored:
        choice = decisions.get(row.number, "")
        if not choice:
            continue
        if choice != "new" and choice not in map(str, row.candidates):
            raise NotAllowed(_("Choose one of the organisations that are offered."))
        row.decision = choice
    _judge_again(batch, stored)
    return batch


def _judge_again(batch: Import, stored: list[ImportRow]) -> None:
    verdicts = judged(batch, stored)
    for row, verdict in zip(stored, verdicts, strict=True):
        candidates = row.candidates
        take_over(row, verdict)
        if row.decision:
            row.candidates = candidates  # so that the choice can be changed
    ImportRow.objects.bulk_update(stored, [*PREVIEWED, "decision"], batch_size=ROWS_AT_ONCE)
    batch.counts = counted(verdicts)
    batch.version += 1
    batch.save()


@transaction.atomic
def accept(*, by: Actor, batch: Import, version: int) -> Import:
    """Queue the writing of all rows, or refuse all of them."""
    batch = held(batch, by, version)
    if not batch.is_acceptable:
        wrong = batch.counts.get(Mark.WRONG, 0) + batch.counts.get(Mark.UNSURE, 0)
        raise NotAllowed(
            _("Nothing is written while rows are wrong or undecided: %(count)s.") % {"count": wrong}
            if wrong
            else _("There is nothing to write.")
        )
    move(batch, ImportState.ACCEPTING)
    batch.accepted_by = by.person
    batch.previewed_anew = False
    batch.save()
    queue(batch)
    return batch


@transaction.atomic
def undo(*, by: Actor, batch: Import) -> Import:
    """Queue the taking back of all that the import wrote."""
    batch = held(batch, by)
    move(batch, ImportState.UNDOING)
    batch.undone_by = by.person
    batch.blockers, batch.error = [], None
    batch.save()
    queue(batch)
    return batch


@transaction.atomic
def read_again(*, by: Actor, batch: Import) -> Import:
    """Begin the preview again, after a failure or when it seems to be stuck."""
    batch = held(batch, by)
    if batch.state != ImportState.WAITING:
        move(batch, ImportState.WAITING)
    batch.error = None
    batch.done = batch.total = 0
    batch.save()
    queue(batch)
    return batch


@transaction.atomic
def discard(*, by: Actor, batch: Import) -> Import:
    """Give the spreadsheet up: its file and rows are deleted."""
    batch = held(batch, by)
    if batch.state == ImportState.DISCARDED:
        return batch
    move(batch, ImportState.DISCARDED)
    name, storage = batch.file.name, batch.file.storage
    batch.file, batch.headings, batch.error = "", [], None
    batch.save()
    ImportRow.objects.filter(parent=batch).delete()
    transaction.on_commit(lambda: storage.delete(name) if name else None)
    return batch
