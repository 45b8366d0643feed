"""Reports: what a unit did in its term, and what the network tells its assembly."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Versioned, Visible
from mutirao.core.states import Visibility, label_of

from .states import UNDER_WAY, Audience, Kind, Progress, Step


@pghistory.track()
class Report(Versioned, Visible):
    """The report of a unit on a term or, without a unit, of the network to its assembly.

    What people write of it stands here; what it counts is gathered anew for each edition.
    `current` is the edition of record: without one it is a draft.
    """

    unit = models.ForeignKey(
        "network.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("unit"),
    )
    term = models.ForeignKey(
        "network.Term", on_delete=models.PROTECT, related_name="reports", verbose_name=_("term")
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("written by"),
    )
    title = models.CharField(_("title"), max_length=240)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    introduction = models.TextField(_("introduction"), blank=True, max_length=12000)
    closing = models.TextField(_("conclusions and recommendations"), blank=True, max_length=12000)
    audience = models.CharField(
        _("who will read it"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    current = models.ForeignKey(
        "Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-term__starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "term"], nulls_distinct=False, name="report_once_a_term"
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.DRAFT, current__isnull=True)
                | Q(visibility__in=(Visibility.MEMBERS, Visibility.PUBLIC), current__isnull=False),
                name="report_published_has_edition",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="report_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("reports:report", self.pk, slugify(self.title)[:60] or "report")

    @property
    def is_published(self) -> bool:
        return self.visibility != Visibility.DRAFT

    @property
    def about(self) -> str:
        """Whose report it is, in the reader's language."""
        return str(self.unit) if self.unit else gettext("The whole network")

    def get_visibility_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Visibility, self.visibility)


@pghistory.track(exclude=["data"])
class Edition(models.Model):
    """The report as it was made at one moment: its figures stand still.

    `data` holds the whole paper (see `core.papers.blocks`) by language; what it was gathered for
    (`audience`) does not change either.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=240)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    languages = ArrayField(models.CharField(max_length=2, choices=LanguageChoices))
    as_of = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    data = models.JSONField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return address("reports:edition", self.report_id, self.number)

    def get_audience_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Audience, self.audience)

    def paper(self, language: str) -> dict:
        """The paper in `language` or, where there is none, in the first language it has."""
        return self.data.get(language) or self.data[self.languages[0]]


@pghistory.track()
class EditionFile(models.Model):
    """One file of an edition, with the fingerprint by which anyone can check a copy."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2, choices=LanguageChoices)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    file = models.FileField(upload_to="reports/%Y/%m", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["language", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "kind"], name="edition_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.language} {self.kind}"


class Production(models.Model):
    """The making of an edition, in the background. One at a time for a report.

    Machinery, not a record: it keeps no history.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="productions")
    languages = ArrayField(models.CharField(max_length=2, choices=LanguageChoices))
    audience = models.CharField(max_length=10, choices=Audience.choices)
    state = models.CharField(
        max_length=10, choices=Progress.choices, default=Progress.WAITING, db_index=True
    )
    step = models.CharField(max_length=10, choices=Step.choices, blank=True)
    step_language = models.CharField(max_length=2, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    edition = models.OneToOneField(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="production"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=UNDER_WAY),
                name="production_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state=Progress.DONE, edition__isnull=False)
                | (~Q(state=Progress.DONE) & Q(edition__isnull=True)),
                name="production_done_has_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return address("reports:production", str(self.key))

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
