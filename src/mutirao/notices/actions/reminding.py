"""Reminders are given once."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import Reminded


def remind_once(keys: Iterable[str]) -> set[str]:
    """Those of `keys` that were not reminded of before; they are now.

    A key names the record, the step and the date it is for ("commitment:12:14:2026-05-01"), so
    that a date moved is reminded of anew. To be called in the transaction that tells.
    """
    wanted = set(keys)
    there = set(Reminded.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = wanted - there
    Reminded.objects.bulk_create([Reminded(key=key) for key in sorted(new)])
    return new
