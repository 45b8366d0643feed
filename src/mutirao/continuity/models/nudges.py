"""The secretariat asks a unit how it stands."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices


@pghistory.track()
class Nudge(models.Model):
    """A reminder to whoever leads a unit in a term, and what they answered."""

    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="nudges")
    term = models.ForeignKey("network.Term", on_delete=models.PROTECT, related_name="nudges")
    to = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        related_name="nudges",
        verbose_name=_("written to"),
    )
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(max_length=2, choices=LanguageChoices, default="pt")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("how it stands"), blank=True, max_length=4000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="nudge_answer_is_signed",
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)

    def get_absolute_url(self) -> str:
        return address("continuity:nudge", self.pk)
