"""Everything that happens in discussions."""

from __future__ import annotations

from uuid import UUID

import rules
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.text import Truncator

from mutirao.core.happenings import tell
from mutirao.network.acting import Actor
from mutirao.notices.actions import follow_quietly

from ..models import Comment
from ..rules import comment_rule


@transaction.atomic
def comment(*, record: models.Model, text: str, key: UUID, by: Actor) -> Comment:
    """Add a comment to `record`, once per `key`: sent again, the first one is returned.

    Raises PermissionDenied for who may not comment there, or who sends another's key.
    """
    if not rules.test_rule(comment_rule(record), by, record):
        raise PermissionDenied
    if by.person is None or by.organisation is None:  # whatever a rule says, somebody signs
        raise PermissionDenied
    kind = ContentType.objects.get_for_model(record)
    made, new = Comment.objects.get_or_create(
        key=key,
        defaults={
            "record_type": kind,
            "record_id": record.pk,
            "text": text,
            "person": by.person,
            "organisation": by.organisation,
        },
    )
    place = (made.record_type_id, made.record_id, made.person_id)
    if place != (kind.pk, record.pk, by.person.pk):
        raise PermissionDenied
    if new:
        _tell(made, record, by)
    return made


def _tell(made: Comment, record: models.Model, by: Actor) -> None:
    """Who wrote there before, and who follows the record."""
    others = Comment.objects.filter(record_type=made.record_type_id, record_id=made.record_id)
    tell(
        "discussions.commented",
        people=set(others.values_list("person", flat=True)),
        record=record,
        by=by,
        followers=True,
        text=Truncator(made.text).chars(160),
    )
    follow_quietly(people=[made.person_id], record=record, organisation=made.organisation)


@transaction.atomic
def delete_comment(*, comment: Comment, by: Actor) -> None:
    """Take a comment away (history keeps it). Gone already, it does no harm."""
    current = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if current is None:
        return
    if not rules.test_rule("discussions.delete_comment", by, current):
        raise PermissionDenied
    current.delete()
