"""A spreadsheet of 2,000 members with 30 planted mistakes: refused, corrected, written, undone."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mutirao.network.models import Member, Organisation
from mutirao.registry import actions
from mutirao.registry.models import Import
from mutirao.registry.sheets import column_letter
from mutirao.registry.states import ImportState
from mutirao.registry.tasks import work_on
from tests.factories import secretariat
from tests.registry import planted

pytestmark = [pytest.mark.verify, pytest.mark.django_db]
COUNT = 2000
MOST_SECONDS = 60


def _timed(batch: Import) -> float:
    started = time.perf_counter()
    work_on(batch.pk)
    batch.refresh_from_db()
    return time.perf_counter() - started


def test_two_thousand_members_come_in_and_go_again() -> None:
    by = secretariat()
    rows = planted.members(COUNT)
    wrong, mistakes = planted.plant(rows)

    def bring_in(data: bytes) -> Import:
        file = SimpleUploadedFile("members.xlsx", data)
        return actions.bring_in(
            by=by, kind="organisations", file=file, filename="members.xlsx", key=uuid4()
        )

    refused = bring_in(planted.as_xlsx(wrong))
    took = {"preview with mistakes": _timed(refused)}
    found = [
        (row.number, column_letter(one["column"]), one["code"])
        for row in refused.rows.exclude(findings=[])
        for one in row.findings
        if not one["note"]
    ]
    assert found == [(m.row, m.column, m.code) for m in mistakes]
    assert Organisation.objects.count() == 1

    batch = bring_in(planted.as_xlsx(rows))
    took["preview"] = _timed(batch)
    actions.accept(by=by, batch=batch, version=batch.version)
    took["accept"] = _timed(batch)
    assert (Organisation.objects.count(), Member.objects.count()) == (COUNT + 1, COUNT)
    actions.undo(by=by, batch=batch)
    took["undo"] = _timed(batch)
    assert batch.state == ImportState.UNDONE
    assert (Organisation.objects.count(), Member.objects.count()) == (1, 0)
    print({what: round(seconds, 1) for what, seconds in took.items()})
    assert sum(took.values()) - took["preview with mistakes"] < MOST_SECONDS
