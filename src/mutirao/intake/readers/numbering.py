"""Paints list numbers as a word processor does: "IV)", "2.1.", "b)", "•"."""

import re

ROMANS = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(value: int) -> str:
    """1 -> "i"; zero and negative values give ""."""
    text = ""
    for size, sign in ROMANS:
        while value >= size:
            text += sign
            value -= size
    return text


def letters(value: int) -> str:
    """1 -> "a", 26 -> "z", 27 -> "aa" (the same letter repeated, as Word does)."""
    if value < 1:
        return ""
    return "abcdefghijklmnopqrstuvwxyz"[(value - 1) % 26] * ((value - 1) // 26 + 1)


def painted(value: int, style: str) -> str:
    """A number in a style of WordprocessingML (ST_NumberFormat) or of ODF (1, a, A, i, I)."""
    return {
        "upperRoman": lambda: roman(value).upper(),
        "I": lambda: roman(value).upper(),
        "lowerRoman": lambda: roman(value),
        "i": lambda: roman(value),
        "upperLetter": lambda: letters(value).upper(),
        "A": lambda: letters(value).upper(),
        "lowerLetter": lambda: letters(value),
        "a": lambda: letters(value),
        "decimalZero": lambda: f"{value:02d}",
        "ordinal": lambda: f"{value}º",
        "none": lambda: "",
        "": lambda: "",
    }.get(style, lambda: str(value))()


class Counters:
    """The running numbers of one list, level by level."""

    def __init__(self) -> None:
        self.values: dict[int, int] = {}

    def step(self, level: int, start: int, starts: dict[int, int]) -> None:
        """Counts one paragraph at `level`; deeper levels begin again, skipped ones begin at 1."""
        self.values = {k: v for k, v in self.values.items() if k <= level}
        for upper in range(level):
            self.values.setdefault(upper, starts.get(upper, 1))
        self.values[level] = self.values[level] + 1 if level in self.values else start

    def text(self, pattern: str, formats: dict[int, str], *, legal: bool = False) -> str:
        """Fills "%1.%2" with the numbers of levels 0 and 1 in their formats."""

        def one(found: re.Match[str]) -> str:
            level = int(found.group(1)) - 1
            style = "decimal" if legal else formats.get(level, "decimal")
            return painted(self.values.get(level, 1), style)

        return re.sub(r"%([1-9])", one, pattern)
