"""What continuity keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import HandOver, Nudge, Opening

_FIELDS = ("organisation", "kind", "last_day", "done_at")
_REMINDER = ("unit", "term", "text", "at", "answer", "answered_at")
declare(
    Holding(HandOver, "person", _("What you handed over"), "keep", _FIELDS),
    Holding(HandOver, "successor", _("What was handed over to you"), "keep", _FIELDS),
    Holding(HandOver, "done_by", _("Hand-overs you registered"), "keep", _FIELDS),
    Holding(Opening, "person", _("Terms you opened"), "keep", ("term", "done_at")),
    Holding(Nudge, "person", _("Reminders you sent"), "keep", _REMINDER),
    Holding(Nudge, "answered_by", _("Reminders you answered"), "keep", _REMINDER),
)
