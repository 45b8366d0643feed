"""Finds the record a document means by a name, in whichever language and spelling it wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from ..reading.fold import fold

Record = TypeVar("Record")

# Below this a match is a guess, and a guess is worse than an empty box.
ENOUGH = 0.62
_LINKING = {"a", "da", "das", "de", "del", "do", "dos", "e", "el", "la", "las", "los", "o", "y"}
_LINKING |= {"and", "of", "the", "for", "para"}
# What a body is called besides its subject: two units share it without being the same.
_GENERIC = {"unidad", "unidade", "unit", "tematica", "tematico", "thematic", "mercociudades"}
_GENERIC |= {"comision", "comissao", "commission", "coordinacion", "coordenacao"}
_OFFICE = "vicepresid"


def best_match(text: str | None, names: Iterable[tuple[Record, Iterable[str]]]) -> Record | None:
    """The record one of whose names is most like `text`; None when none is alike enough.

    Compares letters and words without accents, case and linking words; deterministic (the first
    of equals wins).
    """
    wanted = _words(text or "")
    if not wanted:
        return None
    best: Record | None = None
    most = ENOUGH
    for record, called in names:
        score = max((_alike(wanted, _words(name)) for name in called), default=0.0)
        if score > most:
            best, most = record, score
    return best


def unit_names(name: Mapping[str, str]) -> list[str]:
    """Every name of a `{pt, es, en}` label."""
    return [text for text in name.values() if text]


def _words(text: str) -> list[str]:
    # "Vice – Presidência" and "Vicepresidencia" are the same office.
    joined = re.sub(r"\bvice\W*presid", _OFFICE, fold(text))
    return [word for word in re.findall(r"[a-z0-9]+", joined) if word not in _LINKING]


def _alike(wanted: list[str], name: list[str]) -> float:
    """1 for the same words; half by shared words, half by letters in order."""
    if not name:
        return 0.0
    one, other = _subject(wanted), _subject(name)
    shared = len(set(one) & set(other)) / len(set(one) | set(other))
    letters = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
    score = (shared + letters) / 2 if shared else letters * 0.7
    same_office = _is_office(wanted) == _is_office(name)
    return score if same_office else score - 0.1


def _subject(words: list[str]) -> list[str]:
    """The words that tell one body from another; all of them where nothing else is left."""
    left = [w for w in words if w not in _GENERIC and not w.startswith(_OFFICE)]
    return left or words


def _is_office(words: list[str]) -> bool:
    return any(word.startswith(_OFFICE) for word in words)
