"""Two texts compared word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Piece = tuple[str, str]  # "same" | "old" | "new" | "gap", text
_WORDS = re.compile(r"\n+|[^\s]+")
# Comparing takes time with the square of the length: beyond this paragraphs are compared.
_MOST = 1_500_000
_AROUND = 30  # words left standing on either side of a change


def word_pieces(old: str, new: str) -> list[Piece]:
    """Both texts as one, word by word: what stayed, what went, what came.

    Texts too long for that are compared by paragraph.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > _MOST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append(("same", _joined(before[a:b])))
            continue
        if b > a:
            pieces.append(("old", _joined(before[a:b])))
        if d > c:
            pieces.append(("new", _joined(after[c:d])))
    return pieces


def _joined(words: list[str]) -> str:
    return re.sub(r" ?(\n+) ?", r"\1", " ".join(words))


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the long stretches in which nothing changed ("gap" stands for them)."""
    found: list[Piece] = []
    last = len(pieces) - 1
    for number, (kind, text) in enumerate(pieces):
        words = text.split(" ")
        if kind != "same" or len(words) <= 3 * _AROUND or last == 0:
            found.append((kind, text))
            continue
        if number > 0:
            found.append(("same", " ".join(words[:_AROUND])))
        found.append(("gap", "…"))
        if number < last:
            found.append(("same", " ".join(words[-_AROUND:])))
    return found
