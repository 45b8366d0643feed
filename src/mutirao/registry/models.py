"""Spreadsheets on their way in, each row as it was read; and duplicates that were merged."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.models import Versioned
from mutirao.core.states import label_of
from mutirao.network.models import Organisation

from .states import AT_WORK, DateOrder, ImportState, Mark, SheetKind


@pghistory.track(exclude=["done", "total"])
class Import(Versioned):
    """A spreadsheet brought in: previewed, then accepted or discarded as a whole.

    `mapping` says which column of the file holds what (key → index from 0); `counts` how many
    rows have which mark; `date_order` is what the person said, `order_read` how dates were read;
    `blockers` say row by row why an undoing was refused.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(_("what it holds"), max_length=16, choices=SheetKind.choices)
    file = models.FileField(upload_to="imports/%Y/%m", max_length=200, blank=True)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=12, choices=ImportState.choices, default=ImportState.WAITING, db_index=True
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(null=True, blank=True)
    date_order = models.CharField(
        _("dates are written"), max_length=3, choices=DateOrder.choices, blank=True
    )
    order_read = models.CharField(max_length=3, blank=True)
    order_is_a_guess = models.BooleanField(default=False)
    counts = models.JSONField(default=dict, blank=True)
    error = models.JSONField(null=True, blank=True)
    previewed_anew = models.BooleanField(default=False)
    blockers = models.JSONField(default=list, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.ACCEPTED, ImportState.UNDONE])
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="import_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.UNDONE)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("registry:import", args=[self.key])

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(ImportState, self.state)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(SheetKind, self.kind)

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_acceptable(self) -> bool:
        """Nothing is wrong or undecided, and there is something to write."""
        counts = self.counts
        return (
            self.state == ImportState.READY
            and not counts.get(Mark.WRONG)
            and not counts.get(Mark.UNSURE)
            and bool(counts.get(Mark.NEW) or counts.get(Mark.CHANGED))
        )


class ImportRow(models.Model):
    """One row of a spreadsheet: its cells as read, and what it would do.

    `cells` are [text, kind] pairs. `findings` are {column, code, params, note}; `changes` are
    {key, before, after} as texts; `written` is what accepting did, for the undoing.
    """

    parent = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    label = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)
    findings = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    target = models.PositiveBigIntegerField(null=True, blank=True)
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    written = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["parent", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["parent", "mark"], name="import_row_mark")]

    def get_mark_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Mark, self.mark)


@pghistory.track()
class Merge(models.Model):
    """A duplicate organisation that was merged into another one; for good.

    `moved` counts what was moved, by kind of record; `dropped` are links that the survivor had
    already; `taken` are the fields whose value came from the duplicate.
    """

    survivor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges")
    duplicate = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="merged_as"
    )
    name = models.CharField(max_length=160)
    moved = models.JSONField(default=dict)
    dropped = models.JSONField(default=dict)
    taken = models.JSONField(default=list)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return f"{self.name} → {self.survivor}"


@pghistory.track()
class Apart(models.Model):
    """Two organisations that look alike and are not the same: not to be asked again."""

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_apart"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="apart_in_order"
            ),
        ]
