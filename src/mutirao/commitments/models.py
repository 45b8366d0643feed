"""Who promised what to whom, by when, and how it stands: the one object for promises."""

from __future__ import annotations

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mutirao.core.addresses import address
from mutirao.core.models import Sourced, Versioned, Visible
from mutirao.core.states import label_of

from .states import OPEN, State

# Two years late is no longer counted in days.
YEARS_FROM = 731


@pghistory.track()
class Commitment(Versioned, Visible, Sourced):
    """A promise of an organisation. `progress` (0–100 %) follows its steps when it has any.

    `source` is what brought it about (an activity of a plan, later a clause or a decision);
    `unit` and `term` are copied from there so that boards and reports need nothing else.
    """

    title = models.CharField(_("what is promised"), max_length=240)
    description = models.TextField(_("description"), blank=True, max_length=8000)
    owner = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("who answers for it"),
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="commitments", verbose_name=_("people")
    )
    unit = models.ForeignKey(
        "network.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    term = models.ForeignKey(
        "network.Term", null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    language = models.CharField(max_length=2, default="pt")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PLANNED, db_index=True
    )
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    continues = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["source_type", "source_id"], name="commitment_source"),
            models.Index(fields=["due_on"], name="commitment_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="commitment_state_known"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="commitment_progress_100"),
            models.CheckConstraint(
                condition=Q(state=State.DONE, done_on__isnull=False)
                | (~Q(state=State.DONE) & Q(done_on__isnull=True)),
                name="commitment_done_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(continues=F("pk")), name="commitment_continues_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("commitments:commitment", self.pk)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(State, self.state)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def late_days(self, today: date | None = None) -> int:
        """Whole days past the due date while open; 0 otherwise."""
        if not (self.is_open and self.due_on):
            return 0
        return max(0, ((today or timezone.localdate()) - self.due_on).days)

    @property
    def is_late(self) -> bool:
        return self.late_days() > 0

    @property
    def standing(self) -> str:
        """The word shown: the state, or "late"."""
        return "late" if self.is_late else self.state

    @property
    def standing_label(self) -> str:
        """`standing` in the reader's words; a late one says by how many days, or full years."""
        days = self.late_days()
        if not days:
            return self.get_state_display()
        if days >= YEARS_FROM:
            years = int(days / 365.25)
            return ngettext("%(years)d year late", "%(years)d years late", years) % {"years": years}
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@pghistory.track(obj_field=None)
class Naming(Commitment.people.through):  # type: ignore[name-defined]
    """A person named on a commitment: a proxy, so that the history knows who was named when."""

    class Meta:
        proxy = True


@pghistory.track()
class Step(models.Model):
    """One step of the way; done steps make the progress."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("step"), max_length=240)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Evidence(models.Model):
    """What shows that it was done: a link or a file, never both."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("what it shows"), max_length=200)
    url = models.URLField(_("link"), blank=True, max_length=500)
    file = models.FileField(_("file"), blank=True, upload_to="evidence/%Y/%m", max_length=200)
    filename = models.CharField(max_length=160, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")),
                name="evidence_link_or_file",
            )
        ]

    def __str__(self) -> str:
        return self.title


NO_DUE_LAST = F("due_on").asc(nulls_last=True)
