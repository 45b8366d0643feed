"""What happens to a document on its way in.

`receive → start_reading → report_progress… → store_reading | store_failure → save_edits… →
accept_as | discard`. What a job calls may be called twice: a repetition changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import Any

import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from mutirao.accounts.models import User
from mutirao.core.models import Conflict, NotAllowed

from . import queries
from .models import Draft
from .readers import UnreadableDocument
from .rules import Actor
from .states import READING_TASKS, TRANSITIONS, UNREAD, DraftKind, DraftState

# The stored name tells nobody what the document is called; only a known ending is kept.
_ENDINGS = {".txt", ".md", ".docx", ".odt", ".pdf"}


def receive(
    *, file: File, filename: str, by: Actor, kind: str = DraftKind.PLAN, delay: int = 0
) -> Draft:
    """Keep a document and queue the job that reads it, both or neither.

    `delay` is how many seconds the job may wait, where the caller reads the document itself.
    The same document brought in by the same organisation and not finished is given back instead.
    Raises PermissionDenied, and UnreadableDocument for an empty or too large file.
    """
    if not rules.test_rule("intake.bring_in", by):
        raise PermissionDenied
    name = PurePath(filename.replace("\\", "/")).name[-200:] or "?"
    check_size(file.size, name)
    sha256 = fingerprint(file)
    stored: Draft | None = None
    try:
        with transaction.atomic():
            queries.hold_document(sha256, by.organisation_id or 0)
            if known := queries.same_open(by, sha256, kind):
                return known
            stored = _keep(file, name, sha256, by, kind)
            queue_reading(draft=stored, delay=delay)
            return stored
    except BaseException:
        if stored is not None:  # the row is rolled back, the file must go by hand
            _forget_file(stored)
        raise


def check_size(size: int, name: str) -> None:
    """Raise UnreadableDocument when a file is empty or larger than the operator allows."""
    if not size:
        raise UnreadableDocument("empty", name=name)
    if size > settings.UPLOAD_BYTES:
        limit = settings.UPLOAD_BYTES // 2**20
        raise UnreadableDocument("too_large", name=name, size=f"{size / 2**20:.1f}", limit=limit)


def fingerprint(file: File) -> str:
    """SHA-256 of the content, in hexadecimal; the file is left at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _keep(file: File, name: str, sha256: str, by: Actor, kind: str) -> Draft:
    if by.person is None or by.organisation_id is None:
        raise PermissionDenied
    draft = Draft(
        kind=kind,
        filename=name,
        sha256=sha256,
        size=file.size,
        person=by.person,
        keeper=by.person,
        organisation_id=by.organisation_id,
    )
    ending = PurePath(name).suffix.lower()
    draft.file.save(f"{draft.key}{ending if ending in _ENDINGS else ''}", file, save=False)
    try:
        draft.save()
    except BaseException:
        _forget_file(draft)
        raise
    return draft


def _forget_file(draft: Draft) -> None:
    if draft.file.name:
        draft.file.storage.delete(draft.file.name)


def queue_reading(*, draft: Draft, delay: int = 0) -> None:
    """Queue the job that reads `draft`; it exists only if the transaction commits."""
    options = {"schedule_in": {"seconds": delay}} if delay else {}
    app.configure_task(READING_TASKS[DraftKind(draft.kind)], **options).defer(draft_id=draft.pk)


@transaction.atomic
def start_reading(*, draft_id: int) -> Draft | None:
    """Mark the draft as being read; None when there is nothing (left) to read."""
    draft = queries.locked(draft_id)
    if draft is None or draft.state not in UNREAD:
        return None
    _move(draft, DraftState.READING)
    draft.progress = draft.total = 0
    draft.save(update_fields=["state", "progress", "total"])
    return draft


def report_progress(*, draft_id: int, done: int, total: int) -> None:
    """Note how far the reading is, in pages or parts of the document."""
    reading = Draft.objects.filter(pk=draft_id, state=DraftState.READING)
    reading.update(progress=done, total=total)


@transaction.atomic
def store_reading(
    *, draft_id: int, lines: Sequence[Mapping[str, Any]], reading: Mapping[str, Any]
) -> Draft | None:
    """Keep what was read; None when another run of the job, or the person, was first."""
    draft = queries.locked(draft_id)
    if draft is None or draft.state != DraftState.READING:
        return None
    _move(draft, DraftState.READY)
    draft.lines, draft.reading, draft.error = list(lines), dict(reading), None
    draft.save()
    return draft


@transaction.atomic
def store_failure(*, draft_id: int, code: str, params: Mapping[str, Any]) -> Draft | None:
    """Keep why the document could not be read: a code of `readers.MESSAGES`, or "unexpected"."""
    draft = queries.locked(draft_id)
    if draft is None or draft.state not in UNREAD:
        return None
    _move(draft, DraftState.FAILED)
    draft.error = {"code": code, "params": {key: str(value) for key, value in params.items()}}
    draft.save()
    return draft


@transaction.atomic
def read_again(*, draft: Draft, by: Actor) -> Draft:
    """Queue the reading once more, after a failure or when it seems to be stuck."""
    draft = _may_edit(draft, by)
    if draft.state in (DraftState.FAILED, *UNREAD):
        if draft.state != DraftState.WAITING:
            _move(draft, DraftState.WAITING)
        draft.error = None
        draft.save()
        queue_reading(draft=draft)
    return draft


@transaction.atomic
def save_edits(*, draft: Draft, edited: Mapping[str, Any], version: int, by: Actor) -> Draft:
    """Keep what the person made of the reading.

    `version` is the one their page was opened on. Raises PermissionDenied, Conflict when
    somebody saved in between, NotAllowed when the draft is no longer under review.
    """
    draft = _may_edit(draft, by)
    if draft.state != DraftState.READY:
        raise NotAllowed(_("This document is no longer under review."))
    if draft.version != version:
        raise Conflict(draft)
    if draft.edited != edited:
        draft.edited = dict(edited)
        draft.version += 1
        draft.save(update_fields=["edited", "version", "updated_at"])
    return draft


@transaction.atomic
def discard(*, draft: Draft, by: Actor) -> Draft:
    """Give the document up: its file and all that was read from it are deleted."""
    draft = _may_edit(draft, by)
    if draft.state == DraftState.DISCARDED:
        return draft
    _move(draft, DraftState.DISCARDED)
    name, storage = draft.file.name, draft.file.storage
    draft.lines = draft.reading = draft.edited = draft.error = None
    draft.file = ""
    draft.save()
    transaction.on_commit(lambda: storage.delete(name) if name else None)
    return draft


@transaction.atomic
def pass_on(*, draft: Draft, to: User | None) -> Draft:
    """Another person looks after the draft; None leaves it on its organisation's desk.

    Whoever calls has checked that they may.
    """
    current = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    current.keeper = to
    current.save(update_fields=["keeper"])
    return current


@transaction.atomic
def forget_stale() -> int:
    """Delete documents not accepted and not touched for KEEP_DRAFTS_DAYS; how many there were."""
    before = timezone.now() - timedelta(days=settings.KEEP_DRAFTS_DAYS)
    stale = Draft.objects.select_for_update().exclude(state=DraftState.ACCEPTED)
    gone = list(stale.filter(updated_at__lt=before))
    for draft in gone:
        transaction.on_commit(partial(_forget_file, draft))
        draft.delete()
    return len(gone)


@transaction.atomic
def accept_as(*, draft: Draft, result: models.Model, by: Actor) -> Draft:
    """Close the review: `result` is the record the document became.

    Called in the transaction that makes `result`, with the draft locked by `lock_for_accepting`.
    """
    draft = _may_edit(draft, by)
    _move(draft, DraftState.ACCEPTED)
    draft.result = result
    draft.save()
    return draft


def lock_for_accepting(*, draft: Draft, by: Actor) -> Draft:
    """The draft as it stands, locked until the caller's transaction ends.

    The second of two who accept at once waits here and then sees the first one's result.
    """
    return _may_edit(draft, by)


def _may_edit(draft: Draft, by: Actor) -> Draft:
    """The draft under lock. Raises PermissionDenied."""
    fresh = queries.locked(draft.pk)
    if fresh is None or not rules.test_rule("intake.edit_draft", by, fresh):
        raise PermissionDenied
    return fresh


def _move(draft: Draft, state: str) -> None:
    if state not in TRANSITIONS[draft.state]:
        raise NotAllowed(_("This document is no longer under review."))
    draft.state = state
