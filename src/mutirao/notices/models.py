"""What a person is told, what they follow, and how they want to be told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .states import MAILED, Way, Weekday


def no_facts() -> dict[str, Any]:
    return {}


class Notice(models.Model):
    """One thing one person is told. The sentence is made when it is read, in their language.

    `way` is how it is to reach them; `letter` is the mail it went out in. What waits to be mailed
    has a way with mail and no `mailed_at`; at-once ones wait until `due_at`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=60)
    record_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("record_type", "record_id")
    url = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=no_facts)
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    because_followed = models.BooleanField(default=False)
    way = models.CharField(max_length=6, choices=Way.choices)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        "letters.Letter", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_of_person"),
            # The bell on every page counts these.
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["way", "person", "due_at"],
                condition=Q(mailed_at=None, way__in=MAILED),
                name="notice_to_mail",
            ),
            models.Index(
                fields=["person", "record_type", "record_id", "mailed_at"],
                condition=Q(way=Way.NOW, mailed_at__isnull=False),
                name="notice_mailed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=[way for way in Way.values if way != Way.OFF]),
                name="notice_way_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class Follow(models.Model):
    """A person follows a record, a unit, a theme, a city or a goal, for whom they acted then.

    `chosen` is false for what the house followed by itself (what one wrote or is named in).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    record_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    record_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record_type", "record_id"], name="follow_once"
            )
        ]
        indexes = [models.Index(fields=["record_type", "record_id"], name="follow_record")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.record_type_id}/{self.record_id}"


class Unfollowed(models.Model):
    """A person stopped following a record: the house does not take it up again by itself."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unfollowed"
    )
    record_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    record_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record_type", "record_id"], name="unfollowed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ↛ {self.record_type_id}/{self.record_id}"


class Choice(models.Model):
    """How a person wants to be told of one kind; without one the kind's default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=60)
    way = models.CharField(_("how"), max_length=6, choices=Way.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="choice_once"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="choice_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.way}"


class Habits(models.Model):
    """When a person wants mail, by the clock of their own time zone."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_habits"
    )
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digests"), default=7)
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly digest"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    quiet_from = models.TimeField(_("no mail from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    paused_until = models.DateField(_("no mail until"), null=True, blank=True)
    follow_own = models.BooleanField(
        _("follow what I write, comment on or am named in"), default=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="habits_hour_of_day"),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="habits_day_of_week"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="habits_quiet_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Reminded(models.Model):
    """A reminder that was given: `key` names the record, the step and the date it was for."""

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.key
