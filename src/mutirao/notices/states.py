"""How a person is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """The ways a kind of notice reaches a person; every one but "off" also shows in the page."""

    NOW = "now", _("in the page and by e-mail at once")
    DAILY = "daily", _("in the page and in the daily digest")
    WEEKLY = "weekly", _("in the page and in the weekly digest")
    PAGE = "page", _("in the page only")
    OFF = "off", _("not at all")


MAILED = (Way.NOW, Way.DAILY, Way.WEEKLY)
DIGESTS = (Way.DAILY, Way.WEEKLY)


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
