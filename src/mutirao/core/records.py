"""Every kind of record that has a page: what it is called, who sees it, what it belongs to.

An app says it in its room `records.py` (found at the start). History, discussion, following,
notices and reports ask here, so that a new kind of record has all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


def _nothing(record: Any) -> Iterable[Model]:
    return ()


@dataclass(frozen=True)
class RecordKind:
    """One kind of record.

    `label` is its name in the singular ("work plan"). `visible_to(actor)` are those an actor may
    see. `circles(record)` are the records it belongs to (unit, organisations, themes, goals):
    whoever follows one of them is told of this one too.
    """

    model: type[Model]
    label: Any
    visible_to: Callable[[Any], QuerySet]
    circles: Callable[[Any], Iterable[Model]] = _nothing


KINDS: dict[type[Model], RecordKind] = {}


def declare(*kinds: RecordKind) -> None:
    for kind in kinds:
        KINDS[kind.model] = kind


def kind_of(record: Model | type[Model]) -> RecordKind | None:
    """What is known of this kind of record, or None when it has no page of its own."""
    return KINDS.get(record if isinstance(record, type) else type(record))


def sees(actor: Any, record: Model) -> bool:
    """The actor may see the record (one query). A kind nobody declared is seen by nobody."""
    kind = kind_of(record)
    return kind is not None and kind.visible_to(actor).filter(pk=record.pk).exists()


def around(record: Model) -> Iterable[Model]:
    """The records it belongs to, as its kind says; none for a kind nobody declared."""
    kind = kind_of(record)
    return kind.circles(record) if kind is not None else ()
