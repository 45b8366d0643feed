"""The network: who can act, who holds which office, who acts for whom, and since when."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices, local
from mutirao.core.models import blank_label
from mutirao.core.states import label_of

from .states import SINGLE_OFFICES, Kind, Office, Role, UnitKind


def same(field: str) -> tuple[Any, str]:
    """Equality inside a GiST exclusion without btree_gist: the one-value range of an id.

    The embedded PostgreSQL brings no contributed extension.
    """
    span = Func(
        F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )
    return span, RangeOperators.OVERLAPS


def days() -> tuple[Any, str]:
    """The days from starts_on to ends_on, both included; no end means for ever."""
    span = Func(
        F("starts_on"),
        F("ends_on"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    return span, RangeOperators.OVERLAPS


ENDS_AFTER_START = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


@pghistory.track()
class Organisation(models.Model):
    """Anything that can act. Places carry WGS 84 degrees; population is inhabitants."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.JSONField(_("about"), default=blank_label, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    region = models.CharField(_("state or province"), max_length=100, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=LanguageChoices), default=list, blank=True
    )
    website = models.URLField(_("website"), blank=True)
    cities = models.ManyToManyField(
        "self",
        through="AgencyCity",
        through_fields=("agency", "city"),
        symmetrical=False,
        related_name="agencies",
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # isnull says it outright: to SQL, NULL BETWEEN … is not false.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="organisation_place_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CITY) | ~Q(country=""), name="organisation_city_has_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("network:organisation", self.pk, self.slug)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Kind, self.kind)

    @property
    def display(self) -> str:
        return self.short_name or self.name

    @property
    def is_city(self) -> bool:
        return self.kind == Kind.CITY


@pghistory.track()
class AgencyCity(models.Model):
    """A development agency works for a city; it may work for several."""

    agency = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="city_links")
    city = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="agency_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "city"], name="agency_city_once"),
            models.CheckConstraint(condition=~Q(agency=F("city")), name="agency_is_not_its_city"),
        ]


@pghistory.track()
class Member(models.Model):
    """An organisation admitted to the network, from one day to another (included)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="admissions"
    )
    starts_on = models.DateField(_("admitted on"))
    ends_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="member_ends_after_start"),
            ExclusionConstraint(
                name="member_once_at_a_time", expressions=[same("organisation_id"), days()]
            ),
        ]


@pghistory.track()
class Unit(models.Model):
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
class Term(models.Model):
    """The period of a management, e.g. 2018. Terms do not overlap."""

    code = models.SlugField(_("term"), max_length=20, unique=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"
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
class Mandate(models.Model):
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


@pghistory.track()
class Membership(models.Model):
    """A person acts for an organisation, in a role, from one day to another (included)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="membership_ends_after_start"),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[same("person_id"), same("organisation_id"), days()],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Role, self.role)


def unique_slug(model: type[models.Model], name: str) -> str:
    """A slug of `name` that no other row of `model` has."""
    base = slugify(name)[:70] or "x"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
