"""Makes the fonts of papers from the fonts of pages.

    python tools/fonts.py            needs `fonttools` and `brotli` (not otherwise a dependency)

The typesetting engine reads no web fonts and no variable ones, so each weight that papers use is
cut out of the variable font. The result has a name of its own, as the Open Font License asks of a
changed font; copyright and licence stay in its name table.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

CORE = Path(__file__).resolve().parent.parent / "src" / "mutirao" / "core"
FONTS = {
    "source-sans-3-latin-wght-normal.woff2": "House Sans",
    "source-serif-4-latin-wght-normal.woff2": "House Serif",
}
WEIGHTS = {400: "Regular", 600: "Semibold"}
_WINDOWS = (3, 1, 0x409)  # platform, encoding, language of the names a reader asks for
_NAMES_OF_THE_SOURCE = (1, 2, 3, 4, 6, 16, 17, 21, 22, 25)


def cut(source: Path, family: str, weight: int, style: str) -> TTFont:
    """One weight of a variable font under the name `family`."""
    font = TTFont(source)
    axes = {a.axisTag: a.defaultValue for a in font["fvar"].axes} | {"wght": weight}
    font = instancer.instantiateVariableFont(font, axes)
    font.flavor = None
    names = font["name"]
    for number in _NAMES_OF_THE_SOURCE:
        names.removeNames(nameID=number)
    compact = f"{family}-{style}".replace(" ", "")
    for number, text in ((1, family), (2, style), (3, compact), (4, f"{family} {style}")):
        names.setName(text, number, *_WINDOWS)
    names.setName(compact, 6, *_WINDOWS)
    font["OS/2"].usWeightClass = weight
    return font


def main() -> None:
    folder = CORE / "gateways" / "fonts"
    folder.mkdir(exist_ok=True)
    for file, family in FONTS.items():
        for weight, style in WEIGHTS.items():
            font = cut(CORE / "static" / "core" / "fonts" / file, family, weight, style)
            font.save(folder / f"{family}-{style}.ttf".replace(" ", "-").lower())


if __name__ == "__main__":
    main()
