"""What is on the calendar. (Registration, programme, rooms and minutes come later.)"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Sourced, Versioned, Visible
from mutirao.core.states import Visibility, label_of
from mutirao.topics.models import Tagged

from .states import NetworkRole


@lru_cache(maxsize=4096)
def page_slug(title: str) -> str:
    """The readable end of an event's address. Kept: a feed asks it for every event."""
    return slugify(title)[:60] or "event"


@pghistory.track()
class Event(Versioned, Visible, Sourced, Tagged):
    """Anything on the calendar.

    Dates are days at the place (`time_zone`, IANA). Without times it lasts whole days, both
    included. An event whose day is not known has `month` (its first day) and no dates.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=240)
    description = models.TextField(_("what it is about"), blank=True, max_length=8000)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    starts_on = models.DateField(_("first day"), null=True, blank=True, db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    month = models.DateField(_("month"), null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/Montevideo")
    date_confirmed = models.BooleanField(_("date confirmed"), default=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    online = models.BooleanField(_("online"), default=False)
    website = models.URLField(_("website"), blank=True, max_length=500)
    role = models.CharField(
        _("the network's role"), max_length=12, choices=NetworkRole.choices, blank=True
    )
    unit = models.ForeignKey(
        "network.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("who hosts it"),
    )
    cancelled = models.BooleanField(_("cancelled"), default=False)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["starts_on", "starts_at", "pk"]
        indexes = [models.Index(fields=["source_type", "source_id"], name="event_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                # Said twice: to SQL a comparison with nothing is not false, and would pass.
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | Q(date_confirmed=False),
                name="event_without_day_unconfirmed",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, starts_on__isnull=False),
                name="event_times_need_days",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(ends_on__gt=F("starts_on"))
                | Q(ends_at__gte=F("starts_at")),
                name="event_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="event_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("meetings:event", self.pk, page_slug(self.title))

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label_of(NetworkRole, self.role)

    @property
    def all_day(self) -> bool:
        return self.starts_at is None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def several_days(self) -> bool:
        return self.starts_on is not None and self.ends_on != self.starts_on

    @property
    def sort_day(self) -> date | None:
        """The first day, or the first of the month when only that is known."""
        return self.starts_on or self.month

    @property
    def begins(self) -> datetime | None:
        """The moment it begins, aware, at the place; None for whole days or no day."""
        if self.starts_on is None or self.starts_at is None:
            return None
        return datetime.combine(self.starts_on, self.starts_at, self.zone)

    @property
    def ends(self) -> datetime | None:
        """The moment it ends, aware; without an hour of end, the end of the last day."""
        if self.ends_on is None or self.starts_at is None:
            return None
        return datetime.combine(self.ends_on, self.ends_at or time(23, 59), self.zone)


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarAddress(models.Model):
    """A person's secret address of their own calendar; revoked by replacing it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.person)
