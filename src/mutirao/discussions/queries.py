"""What is seen of discussions. Who sees a record's discussion is decided where the record is."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from .models import Comment


def comments_on(record: models.Model) -> QuerySet[Comment]:
    """A record's comments, the oldest first, with person and organisation joined (one query)."""
    return Comment.objects.filter(
        record_type=ContentType.objects.get_for_model(record), record_id=record.pk
    ).select_related("person", "organisation")
