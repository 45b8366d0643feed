"""Reads a waiting document: the part of the work that may take long, and may be repeated."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from mutirao.intake import actions as intake
from mutirao.intake.models import Draft
from mutirao.intake.readers import Document, UnreadableDocument, read_document

from ..reading import read_plan

log = logging.getLogger(__name__)
REPORT_EVERY = 0.25  # seconds between two notes of progress
# What is read at once, while the person waits for the page, instead of by the job.
INLINE_BYTES = {".pdf": 40_000}
INLINE_BYTES_OTHER = 80_000


def is_small(filename: str, size: int) -> bool:
    """Whether reading takes less than a moment, so that no job has to be waited for."""
    ending = PurePath(filename).suffix.lower()
    return size <= INLINE_BYTES.get(ending, INLINE_BYTES_OTHER)


def read_draft(draft_id: int) -> None:
    """Read the draft's document into it, or note why that is impossible. May run twice."""
    draft = intake.start_reading(draft_id=draft_id)
    if draft is None:
        return
    try:
        document, reading = _read(draft)
        intake.store_reading(draft_id=draft_id, lines=_lines(document), reading=reading)
    except UnreadableDocument as error:
        intake.store_failure(draft_id=draft_id, code=error.code, params=error.params)
    except Exception:
        # A fault of ours must not leave the person before a bar that never moves.
        log.exception("draft %s could not be read", draft_id)
        intake.store_failure(draft_id=draft_id, code="unexpected", params={"name": draft.filename})


def _read(draft: Draft) -> tuple[Document, dict[str, Any]]:
    with local_copy(draft) as path:
        document = read_document(path, filename=draft.filename, progress=_reporter(draft.pk))
        return document, storable(read_plan(document).as_json())


@contextmanager
def local_copy(draft: Draft) -> Iterator[Path]:
    """The document as a file of this machine, wherever files are stored."""
    with tempfile.NamedTemporaryFile(suffix=PurePath(draft.file.name or "").suffix) as copy:
        try:
            with draft.file.open("rb") as source:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError as error:
            raise UnreadableDocument("not_found", name=draft.filename) from error
        copy.flush()
        yield Path(copy.name)


def _reporter(draft_id: int) -> Callable[[int, int], None]:
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_EVERY:
            last = now
            intake.report_progress(draft_id=draft_id, done=done, total=total)

    return report


def _lines(document: Document) -> list[dict[str, Any]]:
    return storable(
        [
            {"number": line.number, "text": line.text, "kind": line.kind, "page": line.page}
            for line in document.lines
        ]
    )


def storable(value: Any) -> Any:
    """The value as PostgreSQL's jsonb takes it: it knows no NUL character."""
    text = json.dumps(value, ensure_ascii=True)
    return json.loads(text.replace("\\u0000", "")) if "\\u0000" in text else value
