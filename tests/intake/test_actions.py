"""A document on its way in: each step once, however often it is asked for."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from mutirao.core.models import Conflict, NotAllowed
from mutirao.intake import actions, queries
from mutirao.intake.models import Draft
from mutirao.intake.readers import UnreadableDocument
from mutirao.intake.states import DraftState
from mutirao.network.acting import NOBODY
from mutirao.network.states import Role
from tests.factories import OrganisationFactory, actor, secretariat
from tests.files import kept

from .factories import ready, received

pytestmark = pytest.mark.django_db


def jobs() -> list[dict]:
    return list(
        ProcrastinateJob.objects.filter(task_name="plans.read_document").values_list(
            "args", flat=True
        )
    )


def test_receive_keeps_file_and_queues_one_job() -> None:
    draft = received(actor())
    assert draft.state == DraftState.WAITING
    assert draft.file.read().decode().startswith("Plano de trabalho 2026")
    assert jobs() == [{"draft_id": draft.pk}]


def test_receive_hides_the_name_of_the_file_on_disk() -> None:
    draft = received(actor(), filename="../../etc/plano do prefeito.txt")
    assert draft.filename == "plano do prefeito.txt"
    assert draft.file.name.rsplit("/", 1)[1] == f"{draft.key}.txt"


def test_receive_rolled_back_leaves_neither_row_nor_job() -> None:
    by = actor()
    with pytest.raises(RuntimeError), transaction.atomic():
        received(by)
        raise RuntimeError
    assert Draft.objects.count() == 0
    assert jobs() == []


def test_receive_that_cannot_queue_deletes_the_file(settings) -> None:
    """The queue's table is gone: a real failure after the file was written."""
    by = actor()
    with pytest.raises(ConnectorException), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE procrastinate_jobs CASCADE")
        received(by)
    assert kept() == []


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (2 * 2**20, "too_large")])
def test_receive_refuses_empty_and_too_large(settings, size: int, code: str) -> None:
    settings.UPLOAD_BYTES = 2**20
    with pytest.raises(UnreadableDocument) as refused:
        actions.receive(file=ContentFile(b"x" * size), filename="a.txt", by=actor())
    assert refused.value.code == code
    assert Draft.objects.count() == 0


def test_receive_twice_gives_the_open_draft_back() -> None:
    by = actor()
    first, second = received(by), received(by)
    assert first.pk == second.pk
    assert len(jobs()) == 1


def test_receive_of_another_organisation_is_another_draft() -> None:
    assert received(actor()).pk != received(actor()).pk


@pytest.mark.parametrize("who", ["visitor", "observer"])
def test_receive_needs_a_writing_role(who: str) -> None:
    by = NOBODY if who == "visitor" else actor(role=Role.OBSERVER)
    with pytest.raises(PermissionDenied):
        received(by)


def test_start_reading_is_taken_over_from_a_dead_worker() -> None:
    draft = received(actor())
    actions.start_reading(draft_id=draft.pk)
    again = actions.start_reading(draft_id=draft.pk)
    assert again is not None
    assert again.state == DraftState.READING


def test_start_reading_of_a_read_document_does_nothing() -> None:
    draft = ready(actor(), {"title": "A"})
    assert actions.start_reading(draft_id=draft.pk) is None
    assert actions.start_reading(draft_id=draft.pk + 1000) is None


def test_store_reading_counts_once() -> None:
    draft = ready(actor(), {"title": "A"})
    assert actions.store_reading(draft_id=draft.pk, lines=[], reading={"title": "B"}) is None
    draft.refresh_from_db()
    assert draft.reading == {"title": "A"}


def test_store_failure_after_success_changes_nothing() -> None:
    draft = ready(actor(), {"title": "A"})
    assert actions.store_failure(draft_id=draft.pk, code="empty", params={}) is None
    draft.refresh_from_db()
    assert draft.state == DraftState.READY


def test_report_progress_only_while_reading() -> None:
    draft = received(actor())
    actions.report_progress(draft_id=draft.pk, done=3, total=9)
    draft.refresh_from_db()
    assert (draft.progress, draft.total) == (0, 0)
    actions.start_reading(draft_id=draft.pk)
    actions.report_progress(draft_id=draft.pk, done=3, total=9)
    draft.refresh_from_db()
    assert (draft.progress, draft.total) == (3, 9)


def test_read_again_after_failure_waits_with_a_new_job() -> None:
    by = actor()
    draft = received(by)
    actions.store_failure(draft_id=draft.pk, code="damaged", params={"part": "zip"})
    draft = actions.read_again(draft=draft, by=by)
    assert (draft.state, draft.error) == (DraftState.WAITING, None)
    assert len(jobs()) == 2


def test_save_edits_counts_versions_and_refuses_a_stale_one() -> None:
    by = actor()
    draft = ready(by, {"title": "A"})
    actions.save_edits(draft=draft, edited={"title": "B"}, version=1, by=by)
    with pytest.raises(Conflict) as conflict:
        actions.save_edits(draft=draft, edited={"title": "C"}, version=1, by=by)
    assert conflict.value.current.edited == {"title": "B"}
    assert conflict.value.current.version == 2


def test_save_edits_is_refused_to_another_organisation() -> None:
    draft = ready(actor(), {"title": "A"})
    with pytest.raises(PermissionDenied):
        actions.save_edits(draft=draft, edited={}, version=1, by=actor())


def test_save_edits_after_acceptance_is_not_allowed() -> None:
    by = actor()
    draft = ready(by, {"title": "A"})
    actions.accept_as(draft=draft, result=by.organisation, by=by)
    with pytest.raises(NotAllowed):
        actions.save_edits(draft=draft, edited={}, version=1, by=by)


def test_accept_as_twice_is_not_allowed() -> None:
    by = actor()
    draft = ready(by, {"title": "A"})
    actions.accept_as(draft=draft, result=by.organisation, by=by)
    with pytest.raises(NotAllowed):
        actions.accept_as(draft=draft, result=OrganisationFactory(), by=by)
    draft.refresh_from_db()
    assert draft.result == by.organisation


def test_discard_deletes_the_document_and_what_was_read(django_capture_on_commit_callbacks) -> None:
    by = actor()
    draft = ready(by, {"title": "A"})
    path = draft.file.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(draft=draft, by=by)
    draft.refresh_from_db()
    assert (draft.reading, draft.lines, draft.file.name) == (None, None, "")
    with pytest.raises(FileNotFoundError):
        open(path).close()
    assert actions.discard(draft=draft, by=by).state == DraftState.DISCARDED


def test_discard_of_an_accepted_document_is_not_allowed() -> None:
    by = actor()
    draft = ready(by, {"title": "A"})
    actions.accept_as(draft=draft, result=by.organisation, by=by)
    with pytest.raises(NotAllowed):
        actions.discard(draft=draft, by=by)


def test_visible_to_own_organisation_and_secretariat_only() -> None:
    city = OrganisationFactory()
    draft = received(actor(city))
    assert list(queries.visible_to(actor(city))) == [draft]
    assert list(queries.visible_to(secretariat())) == [draft]
    assert list(queries.visible_to(actor())) == []
    assert list(queries.visible_to(actor(city, role=Role.OBSERVER))) == []
    assert list(queries.visible_to(NOBODY)) == []
