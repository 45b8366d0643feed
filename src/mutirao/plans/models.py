"""A unit's work plan for a term: what it promises, in axes and activities."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Versioned
from mutirao.core.states import label_of
from mutirao.topics.models import Tagged

from .states import CANDIDATES, IN_FORCE, PUBLIC, AxisKind, Proposal, State


@pghistory.track()
class Plan(Versioned):
    """A work plan. Its texts keep the language they were written in."""

    unit = models.ForeignKey(
        "network.Unit", on_delete=models.PROTECT, related_name="plans", verbose_name=_("unit")
    )
    term = models.ForeignKey(
        "network.Term", on_delete=models.PROTECT, related_name="plans", verbose_name=_("term")
    )
    presented_by = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        related_name="plans",
        verbose_name=_("presented by"),
    )
    title = models.CharField(_("title"), max_length=240)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    introduction = models.TextField(_("introduction"), blank=True, max_length=20000)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True
    )
    proposal = models.CharField(max_length=8, choices=Proposal.choices, blank=True, default="")
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    document = models.ForeignKey(
        "intake.Draft", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    events = GenericRelation(
        "meetings.Event", content_type_field="source_type", object_id_field="source_id"
    )

    class Meta:
        ordering = ["-term__starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="plan_state_known"),
            models.UniqueConstraint(
                fields=["unit", "term"],
                condition=Q(state__in=IN_FORCE),
                name="plan_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_FORCE) | Q(approved_on__isnull=False),
                name="plan_in_force_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REPLACED, replaced_by__isnull=False)
                | (~Q(state=State.REPLACED) & Q(replaced_by__isnull=True)),
                name="plan_replaced_says_by_which",
            ),
            models.CheckConstraint(
                condition=~Q(proposal__in=CANDIDATES) | Q(state=State.DRAFT),
                name="plan_of_candidate_is_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("plans:plan", self.pk, slugify(self.title)[:60] or "plan")

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(State, self.state)

    @property
    def is_candidates(self) -> bool:
        """Presented with a candidacy that has not won: its presenter's, not the unit's."""
        return self.proposal in CANDIDATES

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def is_public(self) -> bool:
        """Everyone reads it: it is in force, or was until a revised plan replaced it."""
        return self.state in PUBLIC

    @property
    def counts(self) -> dict[str, int]:
        """How its commitments stand, from `queries.for_list`; zeros where there are none."""
        rows = getattr(self, "standing", None) or ()
        standing = {row["standing"]: row["count"] for row in rows}
        standing["total"] = sum(standing.values())
        keys = ("done", "in_progress", "late", "planned", "cancelled", "carried", "total")
        return {key: standing.get(key, 0) for key in keys}


@pghistory.track()
class Axis(Versioned):
    """An axis of action, a work axis or an objective; `number` as the document writes it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="axes")
    kind = models.CharField(
        _("kind"), max_length=10, choices=AxisKind.choices, default=AxisKind.ACTION
    )
    number = models.CharField(_("number"), max_length=12, blank=True)
    text = models.TextField(_("text"), max_length=8000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]
        verbose_name = _("axis")

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(AxisKind, self.kind)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}" if self.number else self.text

    @property
    def anchor(self) -> str:
        return f"axis-{self.pk}"


@pghistory.track()
class Activity(Versioned, Tagged):
    """What the unit will do. It may serve several axes, named by a person, or none."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities")
    number = models.CharField(_("number"), max_length=12, blank=True)
    title = models.CharField(_("short title"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=8000)
    position = models.PositiveSmallIntegerField(default=0)
    axes = models.ManyToManyField(
        Axis, blank=True, related_name="activities", verbose_name=_("serves the axes")
    )
    organisations = models.ManyToManyField(
        "network.Organisation",
        blank=True,
        related_name="activities",
        verbose_name=_("responsible organisations"),
    )
    units = models.ManyToManyField(
        "network.Unit", blank=True, related_name="activities", verbose_name=_("responsible units")
    )
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued_by"
    )
    commitments = GenericRelation(
        "commitments.Commitment", content_type_field="source_type", object_id_field="source_id"
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("activity")

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Its short title or, without one, the first words of its text (at most 90 signs)."""
        if self.title:
            return self.title
        first = self.text.split("\n")[0]
        return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0] + "…"

    @property
    def anchor(self) -> str:
        return f"activity-{self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.anchor}"


@pghistory.track()
class Move(models.Model):
    """One step of a plan's life: who moved it on (for whom), and with which remark."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    remark = models.TextField(_("remarks"), blank=True, max_length=4000)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


# The history of an activity's links: what it is about and who is responsible is part of it.
_LINKS = (pghistory.InsertEvent(), pghistory.DeleteEvent())


@pghistory.track(*_LINKS, obj_field=None)
class ActivityAxis(Activity.axes.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@pghistory.track(*_LINKS, obj_field=None)
class ActivityOrganisation(Activity.organisations.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@pghistory.track(*_LINKS, obj_field=None)
class ActivityUnit(Activity.units.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@pghistory.track(*_LINKS, obj_field=None)
class ActivityTheme(Activity.themes.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True


@pghistory.track(*_LINKS, obj_field=None)
class ActivityTarget(Activity.targets.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
