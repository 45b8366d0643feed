"""What the intake keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Draft

_FIELDS = ("filename", "state", "organisation", "created_at")
declare(
    Holding(Draft, "person", _("Documents you brought in"), "keep", _FIELDS),
    Holding(Draft, "keeper", _("Documents you look after"), "keep", _FIELDS),
)
