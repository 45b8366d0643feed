"""What continuity keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import HandOver

_FIELDS = ("organisation", "kind", "last_day", "done_at")
declare(
    Holding(HandOver, "person", _("What you handed over"), "keep", _FIELDS),
    Holding(HandOver, "successor", _("What was handed over to you"), "keep", _FIELDS),
    Holding(HandOver, "done_by", _("Hand-overs you registered"), "keep", _FIELDS),
)
