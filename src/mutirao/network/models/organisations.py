"""Who can act, and who belongs to the network."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import blank_label
from mutirao.core.states import label_of

from ..states import Kind
from .common import ENDS_AFTER_START, days, same


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
