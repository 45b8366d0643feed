"""Who can act."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Keyed, Versioned, blank_label
from mutirao.core.states import label_of

from ..states import Kind


@pghistory.track()
class Organisation(Versioned, Keyed):
    """Anything that can act. Places carry WGS 84 degrees; population is inhabitants.

    `code` is what the network's own lists call it. One that turned out to be another's duplicate
    stays as `merged_into` that one: nothing points at it any more, but old addresses lead on and
    history can still name it.
    """

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
    code = models.CharField(_("code"), max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="organisation_code_once"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="organisation_not_merged_into_itself"
            ),
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
