"""What records of several apps have in common."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .states import Visibility


def blank_label() -> dict[str, str]:
    """An empty `{pt, es, en}` label."""
    return {}


class Versioned(models.Model):
    """A record two people may edit at once: `version` counts its saved forms."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Keyed(models.Model):
    """A record made by a form: a form sent twice carries the same key and makes it once."""

    key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def once(cls, key: UUID | None, **fields: Any) -> Self:
        """A new record with those fields; sent again under the same key, the first one."""
        manager = cls._default_manager
        if key is None:
            return manager.create(**fields)
        return manager.get_or_create(key=key, defaults=fields)[0]


class Visible(models.Model):
    """A record that is first a draft, then for members, then for everyone."""

    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A record that another one brought about (a plan's activity, a clause, a decision).

    The pointer is generic because what creates promises and events lives in higher layers.
    """

    source_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody saved the record since the form was opened.

    `current` is the record as it stands now, under lock no longer.
    """

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current!r} was changed in the meantime")
        self.current = current


class NotAllowed(Exception):
    """The record's state does not admit what was asked; the message is for the reader."""
