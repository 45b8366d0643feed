"""What people say about records, who is meant, and how it is kept civil."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Versioned

from .states import Admits, Audience, Ground, Outcome, State, Verb

PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class OnRecord(models.Model):
    """Belongs to any record that is discussed."""

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("record_type", "record_id")

    class Meta:
        abstract = True


def on(record: models.Model) -> Q:
    """Rows that belong to `record`."""
    return Q(record_type=ContentType.objects.get_for_model(record), record_id=record.pk)


@pghistory.track()
class Comment(Versioned, OnRecord):
    """One comment by a person for an organisation, or by a citizen (without one), on any record.

    `text` is plain; "@{3}" in it is the mention numbered 3. `parent` is what it answers, `root`
    the first comment of that conversation. `unit` is the record's, whose leaders moderate.
    """

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    root = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    text = models.TextField(_("comment"), max_length=4000)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    audience = models.CharField(
        _("who reads it"), max_length=10, choices=Audience.choices, default=Audience.MEMBERS
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PUBLISHED
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    organisation = models.ForeignKey("network.Organisation", null=True, blank=True, **PERSON)
    unit = models.ForeignKey("network.Unit", null=True, blank=True, **PERSON)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # A double click or a resent form carries the same key: it is one comment.
    key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "root"], name="comment_record"),
            models.Index(fields=["unit"], condition=Q(state=State.WAITING), name="comment_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(audience=Audience.EVERYONE),
                name="comment_of_citizen_is_public",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True)
                | Q(parent__isnull=False, root__isnull=False),
                name="comment_answer_has_root",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return address("discussions:comment", self.pk)

    @property
    def is_citizens(self) -> bool:
        return self.organisation_id is None


@pghistory.track()
class Mention(models.Model):
    """Somebody a comment speaks to: a person acting for an organisation, one, or a unit.

    Kept apart from the text, so that a new name shows everywhere and an erased one nowhere. A
    mention stays when an edit drops it: former versions still need it.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSON)
    organisation = models.ForeignKey("network.Organisation", null=True, blank=True, **PERSON)
    unit = models.ForeignKey("network.Unit", null=True, blank=True, **PERSON)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="mention_number_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True, organisation__isnull=True)
                | Q(unit__isnull=True, organisation__isnull=False),
                name="mention_means_one",
            ),
        ]

    @property
    def target(self) -> tuple[int | None, int | None, int | None]:
        return (self.person_id, self.organisation_id, self.unit_id)


@pghistory.track()
class Report(models.Model):
    """Somebody thinks a comment should not stand. Moderators read it, nobody else."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    organisation = models.ForeignKey("network.Organisation", null=True, blank=True, **PERSON)
    ground = models.CharField(_("reason"), max_length=10, choices=Ground.choices)
    text = models.TextField(_("in your words"), max_length=1000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="report_once_a_person")
        ]


@pghistory.track()
class Decision(models.Model):
    """What a moderator did with a comment, and why. Without a person, several reports did it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    organisation = models.ForeignKey("network.Organisation", null=True, **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]


@pghistory.track()
class Openness(models.Model):
    """Whether citizens may comment on a unit's public records; no row means no."""

    unit = models.OneToOneField("network.Unit", on_delete=models.CASCADE, related_name="openness")
    admits = models.CharField(
        _("may citizens comment?"), max_length=10, choices=Admits.choices, default=Admits.NOBODY
    )


@pghistory.track()
class Closure(OnRecord):
    """A record's discussion is closed: it is read, and nothing more is said."""

    reason = models.CharField(_("reason"), max_length=300, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    organisation = models.ForeignKey("network.Organisation", **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id"], name="closure_once_a_record"
            )
        ]


@pghistory.track()
class Bar(models.Model):
    """A person who may not comment until a day (included)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    organisation = models.ForeignKey("network.Organisation", **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    @classmethod
    def of(cls, person_id: int) -> Bar | None:
        """The bar that holds for a person today, the longest one."""
        today = timezone.localdate()
        return cls.objects.filter(person_id=person_id, until__gte=today).order_by("-until").first()
