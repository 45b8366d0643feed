"""Events as records of the house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rules
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name
from mutirao.core.records import Line, Part, RecordKind, Restoring, around, declare
from mutirao.core.states import Visibility, label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from . import actions, queries
from .models import Event
from .states import NetworkRole


def _around_event(event: Event) -> Iterator[Model]:
    """Its unit, its host, its themes and goals, and what it comes from."""
    if event.unit is not None:
        yield event.unit
    if event.organisation is not None:
        yield event.organisation
    if event.source is not None:
        yield event.source
        yield from around(event.source)
    yield from event.themes.all()
    yield from event.goals


def _may_edit(actor: Actor, event: Event) -> bool:
    return bool(rules.test_rule("meetings.edit_event", actor, event))


def _rewrite(row: Event, by: Actor, values: dict[str, Any]) -> None:
    actions.edit_event(event=row, version=row.version, by=by, **values)


HISTORY = (
    Part(
        Event,
        label=_("event"),
        lines=(
            Line("title"),
            Line("description"),
            Line("starts_on"),
            Line("ends_on"),
            Line("month"),
            Line("starts_at"),
            Line("ends_at"),
            Line("time_zone"),
            Line("date_confirmed"),
            Line("place"),
            Line("country", _("country"), country_name),
            Line("online"),
            Line("website"),
            Line("role", said=lambda value: label_of(NetworkRole, value)),
            Line("unit_id", _("unit")),
            Line("organisation_id"),
            Line("cancelled"),
            Line("visibility", _("who sees it"), lambda value: label_of(Visibility, value)),
        ),
        restoring=Restoring(("title", "description"), _may_edit, _rewrite),
    ),
)


def _unit(event: Event) -> Unit | None:
    return event.unit


declare(
    RecordKind(
        Event,
        _("event"),
        queries.visible_to,
        _around_event,
        history=HISTORY,
        discussed=True,
        unit_of=_unit,
    )
)
