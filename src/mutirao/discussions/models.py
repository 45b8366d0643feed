"""What people say about a record. (Mentions, moderation and following come with issue 3.)"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Comment(models.Model):
    """One comment by a person for an organisation, on any record."""

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    text = models.TextField(_("comment"), max_length=4000)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # A double click or a resent form carries the same key: it is one comment.
    key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["record_type", "record_id"], name="comment_record")]

    def __str__(self) -> str:
        return self.text[:60]
