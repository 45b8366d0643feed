"""Documents on their way in: uploaded, read, checked by a person, then accepted or discarded."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from mutirao.core.models import Versioned

from .states import DraftKind, DraftState


@pghistory.track(exclude=["lines", "reading", "edited", "progress", "total"])
class Draft(Versioned):
    """One document under review.

    `lines` is the document as read (list of {number, text, kind, page}); `reading` what the
    reader made of it, never changed; `edited` what the person made of that, saved as they type.
    Contacts and signatures stay in here: they are never copied into a record.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=DraftKind.choices, default=DraftKind.PLAN)
    file = models.FileField(upload_to="intake/%Y/%m", max_length=200)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=10, choices=DraftState.choices, default=DraftState.WAITING, db_index=True
    )
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    lines = models.JSONField(null=True, blank=True)
    reading = models.JSONField(null=True, blank=True)
    edited = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    # Who looks after it now; nobody: it lies on the organisation's desk.
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="drafts"
    )
    result_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    result_id = models.PositiveBigIntegerField(null=True, blank=True)
    result = GenericForeignKey("result_type", "result_id")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DraftState.ACCEPTED) | Q(result_id__isnull=False),
                name="draft_accepted_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.READY) | Q(reading__isnull=False),
                name="draft_ready_has_reading",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def content(self) -> dict:
        """What the review screen shows: the person's version, or the reader's."""
        return self.edited if self.edited is not None else (self.reading or {})
