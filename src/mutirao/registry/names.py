"""Names as people compare them: what is the same name, and what is perhaps the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from mutirao.network.text import fold

_SIGNS = re.compile(r"[^a-z0-9]+")
# What stands before a city's own name, or says what it is, in the languages of the region.
_OFFICIAL = re.compile(
    r"^(the )?(prefeitura|municipalidad|municipalidade|municipio|intendencia|ayuntamiento|alcaldia"
    r"|gobierno|governo|city|ciudad|cidade|town|gobernacion|comuna)"
    r"( municipal| metropolitana| autonoma| distrital| departamental)*"
    r"( (de|da|do|del|of|la|el|das|dos|autonoma))*\b ?"
)
_SMALL = frozenset(
    ("de", "da", "do", "das", "dos", "del", "la", "las", "los", "el", "e", "y", "of", "the")
)
_SHORT = 5  # shorter names with one letter changed are other names


@lru_cache(maxsize=50_000)
def same_key(name: str) -> str:
    """Two names with the same key are one: "São José" and "SAO  JOSE."."""
    return _SIGNS.sub(" ", fold(name)).strip()


@lru_cache(maxsize=50_000)
def loose_key(name: str) -> str:
    """Without its office, its small words and their blanks: "Prefeitura de São José" → saojose."""
    key = same_key(name)
    bare = _OFFICIAL.sub("", key).strip() or key
    return "".join(word for word in bare.split() if word not in _SMALL) or bare.replace(" ", "")


def _without_one(key: str) -> Iterator[str]:
    """The key, and the key with each letter left out: two that share one are a slip apart."""
    yield key
    if len(key) >= _SHORT:
        for place in range(len(key)):
            yield key[:place] + key[place + 1 :]


class NearIndex:
    """Finds names a slip of the keyboard, or an official prefix, away from one.

    Nothing is compared with everything: each name is filed under itself and under itself with
    each letter left out.
    """

    def __init__(self) -> None:
        self._filed: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)

    def add(self, group: str, name: str, item: int) -> None:
        """File `item` under its name; only names of the same group (a country) are near."""
        key = loose_key(name)
        for variant in set(_without_one(key)):
            self._filed[group, variant].add((key, item))

    def near(self, group: str, name: str) -> list[int]:
        key = loose_key(name)
        digits = [sign for sign in key if sign.isdigit()]
        found: dict[int, None] = {}
        for variant in _without_one(key):
            for other, item in self._filed.get((group, variant), ()):
                if digits == [sign for sign in other if sign.isdigit()]:
                    found[item] = None
        return list(found)
