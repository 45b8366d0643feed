"""Finds organisations that are perhaps one, and says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import urlsplit

from mutirao.network.models import Organisation

from .checking.places import load_directory
from .models import Apart
from .names import loose_key, same_key

NEAR_DEGREES = 0.05  # some five kilometres: says something beside another reason
SAME_DEGREES = 0.005  # some five hundred metres: two city governments are not so close
_MOST_ALIKE = 20  # a website or place shared by more than these says nothing


@dataclass
class Pair:
    """Two organisations that look alike; `reasons` are same_name, near_name, website, place."""

    one: Organisation
    other: Organisation
    reasons: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        weights = {"same_name": 5, "near_name": 3, "website": 2, "place": 1}
        return sum(weights[reason] for reason in self.reasons)


def likely_duplicates() -> list[Pair]:
    """Pairs that look like one organisation, the likeliest first. Two queries."""
    directory = load_directory()
    found: dict[tuple[int, int], Pair] = {}
    apart = set(Apart.objects.values_list("first_id", "second_id"))

    def note(one: int, other: int, reason: str) -> None:
        key = (min(one, other), max(one, other))
        if key in apart or one == other:
            return
        first, second = directory.by_pk[key[0]], directory.by_pk[key[1]]
        pair = found.setdefault(key, Pair(first, second))
        if reason not in pair.reasons:
            pair.reasons.append(reason)

    rows = list(directory.by_pk.values())
    for row in rows:
        for pk in directory.near.near(row.country, row.name):
            other = directory.by_pk[pk]
            if other.kind == row.kind:
                same = same_key(other.name) == same_key(row.name) or loose_key(
                    other.name
                ) == loose_key(row.name)
                note(row.pk, pk, "same_name" if same else "near_name")
    for group in _by_site(rows):
        for one, other in combinations(group, 2):
            note(one.pk, other.pk, "website")
    for group in _by_place(rows):
        for one, other in combinations(group, 2):
            note(one.pk, other.pk, "place")
    for pair in found.values():
        if "place" not in pair.reasons and _close(pair.one, pair.other):
            pair.reasons.append("place")
    likely = [pair for pair in found.values() if pair.one.country == pair.other.country]
    return sorted(likely, key=lambda pair: (-pair.weight, pair.one.name))


def _by_site(rows: Iterable[Organisation]) -> list[list[Organisation]]:
    """Organisations of one kind with the same website."""
    groups: dict[tuple[str, str, str], list[Organisation]] = defaultdict(list)
    for row in rows:
        if row.website:
            parts = urlsplit(row.website)
            host = (parts.hostname or "").removeprefix("www.")
            groups[row.kind, host, parts.path.rstrip("/")].append(row)
    return [group for group in groups.values() if 1 < len(group) <= _MOST_ALIKE]


def _by_place(rows: Iterable[Organisation]) -> list[list[Organisation]]:
    """City governments that stand on the same spot."""
    groups: dict[tuple[int, int], list[Organisation]] = defaultdict(list)
    for row in rows:
        if row.is_city and row.latitude is not None and row.longitude is not None:
            spot = round(row.latitude / SAME_DEGREES), round(row.longitude / SAME_DEGREES)
            groups[spot].append(row)
    return [group for group in groups.values() if 1 < len(group) <= _MOST_ALIKE]


def _close(one: Organisation, other: Organisation) -> bool:
    if None in (one.latitude, other.latitude, one.longitude, other.longitude):
        return False
    return (
        abs(one.latitude - other.latitude) < NEAR_DEGREES  # type: ignore[operator]
        and abs(one.longitude - other.longitude) < NEAR_DEGREES  # type: ignore[operator]
    )
