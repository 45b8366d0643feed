"""Reminders as records of the house: seen by the secretariat and by whom they are written to."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare

from . import queries
from .models import Nudge


def _around_nudge(nudge: Nudge) -> Iterator[Model]:
    yield nudge.unit
    yield nudge.to


declare(RecordKind(Nudge, _("reminder"), queries.nudges_visible_to, _around_nudge))
