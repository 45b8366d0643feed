"""What the network's records have in common: days, and names for addresses."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.text import slugify


def same(field: str) -> tuple[Any, str]:
    """Equality inside a GiST exclusion without btree_gist: the one-value range of an id.

    The embedded PostgreSQL brings no contributed extension.
    """
    span = Func(
        F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )
    return span, RangeOperators.OVERLAPS


def days() -> tuple[Any, str]:
    """The days from starts_on to ends_on, both included; no end means for ever."""
    span = Func(
        F("starts_on"),
        F("ends_on"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    return span, RangeOperators.OVERLAPS


ENDS_AFTER_START = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


def unique_slug(model: type[models.Model], name: str) -> str:
    """A slug of `name` that no other row of `model` has."""
    base = slugify(name)[:70] or "x"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
