"""Text without accents, case and marks, so that one pattern serves every way of writing."""

import re
import unicodedata
from functools import lru_cache

KEEP = {"º": "º", "°": "º", "ª": "ª", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "―": "-"}
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{2,3})(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])", re.S)
INSIDE = re.compile(r"(\*{2,3})(?=[^\s*])(.+?)(?<=[^\s*])\1", re.S)
LINK = re.compile(r"\[([^\]\[]{1,200})\]\((?:https?:|mailto:|#|/)[^)\s]*\)")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
BREAK = re.compile(r"<br\s*/?>", re.I)


class _Folding(dict[int, str]):
    """Learns each character once; `str.translate` asks for the ones it has not seen."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char)
        plain = next((c for c in plain if not unicodedata.combining(c)), char)
        folded = KEEP.get(char) or (plain.lower() or char)[0]
        if len(self) < 4096:
            self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case without accents, dashes all "-", exactly as long as `text` (positions agree)."""
    # The same line is asked about a dozen times; whole chapters are not worth keeping.
    return _fold_line(text) if len(text) <= 600 else text.translate(_FOLDING)


@lru_cache(maxsize=8192)
def _fold_line(text: str) -> str:
    return text.translate(_FOLDING)


def clean(text: str) -> str:
    """The words of a line without invisible characters and Markdown marks; breaks stay."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    text = re.sub(r"^\s*(?:>\s*)+(?=\S)", "", text)
    text = BREAK.sub("\n", LINK.sub(r"\1", text))
    if "*" in text or "__" in text:
        for _ in range(2):
            text = INSIDE.sub(r"\2", EMPHASIS.sub(r"\2", text))
        text = text.replace("***", "").replace("**", "")
    text = ESCAPED.sub(r"\1", text) if "\\" in text else text
    parts = (SPACES.sub(" ", part).strip() for part in text.split("\n"))
    return "\n".join(part for part in parts if part)


def is_upper(text: str) -> bool:
    """True where all letters, at least three, are capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and all(not c.islower() for c in letters)


def tidy(text: str) -> str:
    """An item's text without the separator that only belongs to the list it stood in."""
    text = text.strip()
    return text[:-1].rstrip() if text.endswith((";", ",")) else text
