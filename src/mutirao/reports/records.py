"""The records of this app that have a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rules
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import OWN_NAMES
from mutirao.core.records import Line, Part, RecordKind, Restoring, declare
from mutirao.core.states import Visibility, label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from . import actions, queries
from .models import Report
from .states import Audience


def _circles(report: Report) -> Iterable[Model]:
    return [record for record in (report.unit, report.organisation) if record is not None]


def _unit(report: Report) -> Unit | None:
    return report.unit


def _writes(actor: Actor, report: Report) -> bool:
    return bool(rules.test_rule("reports.write_report", actor, report))


def _rewrite(row: Report, by: Actor, values: dict[str, Any]) -> None:
    actions.write(report=row, version=row.version, by=by, **values)


# How a report came to read as it does is its writers' own; its editions are everybody's history.
HISTORY = (
    Part(
        Report,
        label=_("report"),
        lines=(
            Line("title"),
            Line("language", said=lambda code: OWN_NAMES.get(code, code)),
            Line("introduction"),
            Line("closing"),
            Line("audience", said=lambda value: label_of(Audience, value)),
            Line("visibility", said=lambda value: label_of(Visibility, value)),
        ),
        restoring=Restoring(("title", "introduction", "closing"), _writes, _rewrite),
        seen_by=_writes,
    ),
)

declare(
    RecordKind(
        Report,
        _("report"),
        queries.visible_to,
        _circles,
        history=HISTORY,
        discussed=True,
        unit_of=_unit,
    )
)
