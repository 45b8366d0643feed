"""What the intake keeps about a person, and for how long."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, Period, declare, keep_for

from .models import Draft

_FIELDS = ("filename", "state", "organisation", "created_at")
declare(
    # Brought in for an organisation: colleagues go on checking it.
    Holding(Draft, "person", _("Documents you brought in"), "keep", _FIELDS),
    Holding(Draft, "keeper", _("Documents you look after"), "keep", _FIELDS),
)
keep_for(Period("KEEP_DRAFTS_DAYS", _("Documents brought in and not accepted")))
