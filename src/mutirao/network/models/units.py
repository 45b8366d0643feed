"""Bodies of the network, terms, and who holds which office."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import local
from mutirao.core.models import Keyed, Versioned, blank_label
from mutirao.core.states import label_of

from ..states import SINGLE_OFFICES, Office, UnitKind
from .common import ENDS_AFTER_START, days, same
from .organisations import Organisation


@pghistory.track()
class Unit(Versioned, Keyed):
    """A body of the network."""

    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices, db_index=True)
    name = models.JSONField(_("name"), default=blank_label)
    about = models.JSONField(_("about"), default=blank_label, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="unit_is_not_its_parent")
        ]

    def __str__(self) -> str:
        return local(self.name)

    def get_absolute_url(self) -> str:
        return address("network:unit", self.pk, self.slug)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(UnitKind, self.kind)


@pghistory.track()
class Term(Keyed):
    """The period of a management, e.g. 2018. Terms do not overlap."""

    code = models.SlugField(_("term"), max_length=20, unique=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    # Until then whoever led a unit to the term's end may close and report its plan.
    closes_on = models.DateField(_("accounts close on"), null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("ends_on")),
                name="term_closes_after_end",
            ),
            ExclusionConstraint(name="term_no_overlap", expressions=[days()]),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return address("network:term", self.code)

    @property
    def year(self) -> int:
        return self.starts_on.year


@pghistory.track()
class Mandate(Keyed):
    """An organisation holds an office in a unit for a term, from one day to another (included)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="mandates")
    office = models.CharField(_("office"), max_length=24, choices=Office.choices)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "office"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="mandate_ends_after_start"),
            *(
                ExclusionConstraint(
                    name=f"mandate_one_live_{office}",
                    expressions=[same("unit_id"), same("term_id"), days()],
                    condition=Q(office=office),
                )
                for office in SINGLE_OFFICES
            ),
            models.UniqueConstraint(
                fields=["organisation", "unit", "term", "office"],
                condition=Q(ends_on__isnull=True),
                name="mandate_live_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_office_display()}, {self.unit} {self.term}"

    def get_office_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Office, self.office)
