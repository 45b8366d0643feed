"""Finds the organisation a row speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from mutirao.network.models import Organisation

from ..names import NearIndex, same_key


class Directory:
    """Every organisation, found by code, by name, and by what is nearly its name."""

    def __init__(self, rows: Iterable[Organisation]) -> None:
        self.by_pk: dict[int, Organisation] = {}
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.near = NearIndex()
        for row in rows:
            self.by_pk[row.pk] = row
            if row.code:
                self.by_code[row.code.casefold()] = row.pk
            for name in {same_key(row.name), same_key(row.short_name)} - {""}:
                self.by_name[name].append(row.pk)
            self.near.add(row.country, row.name, row.pk)

    def called(self, name: str, *, country: str = "", kind: str = "") -> list[Organisation]:
        """Those of exactly that name, whatever its accents; of the country and kind, if given."""
        found = [self.by_pk[pk] for pk in self.by_name.get(same_key(name), ())]
        if country:
            found = [one for one in found if one.country == country]
        return [one for one in found if one.kind == kind] if kind else found

    def nearly(self, name: str, *, country: str = "", kind: str = "") -> list[Organisation]:
        """Those a slip of the keyboard or an official prefix away, in that country or any."""
        groups = [country] if country else {one.country for one in self.by_pk.values()}
        found = [self.by_pk[pk] for group in groups for pk in self.near.near(group, name)]
        return [one for one in found if not kind or one.kind == kind]


def load_directory(**filters: Any) -> Directory:
    """The directory as it stands. One query."""
    return Directory(
        Organisation.objects.filter(merged_into=None, **filters).order_by("pk").defer("about")
    )
