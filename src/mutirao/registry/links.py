"""Every pointer in the database to a record of some kind, found by looking at the models.

So that an app that is written later is not forgotten when two records become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Model, QuerySet


@dataclass(frozen=True)
class Pointer:
    """A column of `model` that points at records of `target`.

    `type_field` is the column that says of which kind, where any kind may be pointed at.
    """

    target: type[Model]
    model: type[Model]
    field: str
    type_field: str = ""

    def rows(self, keys: Iterable[int]) -> QuerySet:
        """The rows that point at one of the records with these keys."""
        wanted: dict[str, Any] = {f"{self.field}__in": list(keys)}
        if self.type_field:
            wanted[self.type_field] = ContentType.objects.get_for_model(self.target)
        return self.model._base_manager.filter(**wanted)

    @property
    def label(self) -> str:
        return self.model._meta.label


def pointers_to(target: type[Model]) -> list[Pointer]:
    """Every column that points at `target`; the copies that history keeps are left as they were."""
    return [
        pointer
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, pghistory.models.Event) and model._meta.managed
        for pointer in _in(model, target)
    ]


def _in(model: type[Model], target: type[Model]) -> Iterator[Pointer]:
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    for name, field in fields.items():
        if not isinstance(field, ForeignKey):
            continue
        if field.related_model is target:
            yield Pointer(target, model, name)
        elif field.related_model is ContentType:
            beside = _beside(name, fields)
            if beside:
                yield Pointer(target, model, beside, name)


def _beside(type_field: str, fields: dict[str, Field]) -> str:
    """The column with the key that stands beside a column with a kind: record_type, record_id."""
    stem = type_field.removesuffix("content_type").removesuffix("type")
    names = (f"{stem}id", f"{stem}object_id", "object_id") if stem else ("object_id",)
    return next((name for name in names if name in fields), "")
