"""Evidence: a link or a file that shows what was done."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from mutirao.core.happenings import tell
from mutirao.network.acting import Actor

from ..models import Commitment, Evidence
from .work import locked_for_work


@transaction.atomic
def add_evidence(
    *,
    commitment: Commitment,
    title: str,
    by: Actor,
    url: str = "",
    file: File | None = None,
    filename: str = "",
    kind: str = "",
) -> Evidence:
    """Add a link, or a file of the recognised `kind` (see `uploads.recognise`); never both.

    The file is kept under a random name; `filename` is only shown. The same form sent twice in a
    row is one piece of evidence. Raises PermissionDenied.
    """
    current = locked_for_work(commitment, by)
    if same := _sent_twice(current, file, title=title, url=url, filename=filename[-160:]):
        return same
    evidence = Evidence(
        commitment=current,
        title=title,
        url=url,
        filename=filename[-160:],
        person=by.person,
        organisation=by.organisation,
    )
    if file is None:
        evidence.save()
        _tell(evidence, by)
        return evidence
    evidence.file.save(f"{uuid4().hex}.{kind}", file, save=False)
    try:
        evidence.save()
    except BaseException:  # a file without a row would stay for ever
        default_storage.delete(str(evidence.file.name))
        raise
    _tell(evidence, by)
    return evidence


def _tell(evidence: Evidence, by: Actor) -> None:
    commitment = evidence.commitment
    tell(
        "commitments.evidence",
        people=commitment.people.values_list("pk", flat=True),
        record=commitment,
        by=by,
        followers=True,
        title=evidence.title,
    )


def _sent_twice(current: Commitment, file: File | None, **said: str) -> Evidence | None:
    """The latest piece of evidence, if it says the same and its file is of the same size."""
    last = current.evidence.order_by("-pk").first()
    if last is None or any(getattr(last, name) != value for name, value in said.items()):
        return None
    if file is not None and not default_storage.exists(str(last.file.name)):
        return None
    return last if file is None or last.file.size == file.size else None


@transaction.atomic
def delete_evidence(*, evidence: Evidence, by: Actor) -> Commitment:
    """Take evidence away; its file is removed once that is certain. Raises PermissionDenied."""
    current = locked_for_work(evidence.commitment, by)
    name = evidence.file.name
    Evidence.objects.filter(pk=evidence.pk).delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))
    return current
