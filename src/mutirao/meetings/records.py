"""Events as records of the house."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, around, declare

from . import queries
from .models import Event


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


declare(RecordKind(Event, _("event"), queries.visible_to, _around_event))
