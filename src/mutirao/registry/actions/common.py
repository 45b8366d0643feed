"""What acts on imports have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pghistory
import rules
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.acting import Actor

from .. import queries
from ..checking import Verdict, check
from ..checking.verdicts import plain
from ..models import Import, ImportRow
from ..sheets import Cell, Row
from ..states import TRANSITIONS, Mark

TASK = "registry.work_on_import"
ROWS_AT_ONCE = 500


def held(batch: Import, by: Actor, version: int | None = None) -> Import:
    """The import under lock. Raises PermissionDenied, and Conflict when saved since `version`."""
    if not rules.test_rule("registry.import", by):
        raise PermissionDenied
    fresh = queries.locked(batch.pk)
    if fresh is None:
        raise PermissionDenied
    if version is not None and fresh.version != version:
        raise Conflict(fresh)
    return fresh


def move(batch: Import, state: str) -> None:
    if state not in TRANSITIONS[batch.state]:
        raise NotAllowed(_("This spreadsheet is not at that point any more. Look at it again."))
    batch.state = state
    batch.version += 1


def queue(batch: Import) -> None:
    """Queue the job that does what the state asks for; it exists only if this commits."""
    app.configure_task(TASK).defer(import_id=batch.pk)


@contextmanager
def as_the_person(batch: Import, person_id: int | None) -> Iterator[None]:
    """What a job writes is kept as the act of who asked for it."""
    with pghistory.context(
        user=person_id, organisation=batch.organisation_id, registry_import=batch.pk
    ):
        yield


def stored_rows(batch: Import) -> list[ImportRow]:
    return list(queries.rows_of(batch))


def row_of(stored: ImportRow) -> Row:
    return Row(stored.number, [Cell(text, kind) for text, kind in stored.cells])


def judged(batch: Import, stored: Sequence[ImportRow]) -> list[Verdict]:
    """What the stored rows would do to the network as it stands now."""
    return check(
        batch.kind,
        [row_of(row) for row in stored],
        mapping=batch.mapping or {},
        order=batch.order_read,
        width=len(batch.headings),
        decisions={row.number: row.decision for row in stored if row.decision},
    )


def take_over(row: ImportRow, verdict: Verdict) -> None:
    """Write into a stored row what it was found to do."""
    row.label = verdict.label
    row.mark = verdict.mark
    row.findings = [finding.as_json() for finding in verdict.findings]
    row.changes = [
        {"key": key, "before": plain(before), "after": plain(after)}
        for key, before, after in verdict.changes
    ]
    row.target = verdict.target
    row.candidates = verdict.candidates
    row.fingerprint = verdict.fingerprint()


def counted(verdicts: Sequence[Verdict]) -> dict[str, int]:
    counts: dict[str, Any] = dict.fromkeys(Mark.values, 0)
    for verdict in verdicts:
        counts[verdict.mark] += 1
    return counts


PREVIEW_FIELDS = ["label", "mark", "findings", "changes", "target", "candidates", "fingerprint"]
