"""The records of this app that have a page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare

from . import queries
from .models import Report


def _circles(report: Report) -> Iterable[Model]:
    return [record for record in (report.unit, report.organisation) if record is not None]


declare(RecordKind(Report, _("report"), queries.visible_to, _circles))
