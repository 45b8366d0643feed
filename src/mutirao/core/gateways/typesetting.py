"""Typesetting: a template and data become a tagged PDF (typst, https://typst.app/docs/).

Data travels as JSON beside the template and is never part of its code, so that nothing a person
wrote is run. The engine reads no file but the template and no font but those it carries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# ISO 14289-1: a reader with assistive technology gets headings, tables and the right voice.
STANDARD = "ua-1"
DATA_KEY = "data"
# No font has a shape for control characters; tab and line feed stay.
_CONTROL = {n: None for n in (*range(32), 127) if n not in (9, 10)}
_NO_GLYPH = "could not be displayed"
_OWN_FONTS = Path(__file__).with_name("fonts")  # made by tools/fonts.py


class NotTypeset(Exception):
    """The template and the data do not make a document: a fault of ours."""


def compile_pdf(
    template: str, data: Mapping[str, Any], *, language: str, title: str, made_at: datetime
) -> bytes:
    """Typeset `template` (typst code of ours) with `data` and return a PDF/UA-1.

    The template reads `json(bytes(sys.inputs.data))`: `data` plus `language` (pt, es or en) and
    `title`, which it must set on the document. `made_at` is the document's date.
    A text with signs that no font of the engine has (an emoji, another script) cannot be PDF/UA:
    it becomes a tagged PDF with boxes for those signs. Raises NotTypeset.
    """
    inputs = {DATA_KEY: json.dumps(_clean({**data, "language": language, "title": title}))}
    try:
        return _compile(template, inputs, made_at, [STANDARD])
    except NotTypeset as error:
        if _NO_GLYPH not in str(error):
            raise
        return _compile(template, inputs, made_at, None)


_PICTURES = """
#let data = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for picture in data.pictures [
  #image(bytes(picture), format: "svg", width: data.width * 1pt)
  #pagebreak(weak: true)
]
"""


def compile_pictures(pictures: Sequence[str], *, width: float = 480) -> list[bytes]:
    """SVG drawings as PNG, `width` points wide at 200 dots an inch, on white.

    For papers of word processors, which do not all show SVG. Raises NotTypeset.
    """
    if not pictures:
        return []
    data = _clean({"pictures": list(pictures), "width": width})
    inputs = {DATA_KEY: json.dumps(data)}
    made = _typeset(_PICTURES, inputs, format="png", ppi=200)
    return made if isinstance(made, list) else [made]


def _clean(value: Any) -> Any:
    """The same data without control characters."""
    if isinstance(value, str):
        return value.translate(_CONTROL)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def _compile(template: str, inputs: dict[str, str], made_at: datetime, standards: Any) -> bytes:
    timestamp = int(made_at.timestamp())
    return _typeset(template, inputs, format="pdf", pdf_standards=standards, timestamp=timestamp)


def _typeset(template: str, inputs: dict[str, str], **options: Any) -> Any:
    import typst

    with TemporaryDirectory(prefix="paper-") as nowhere:
        try:
            return typst.compile(
                template.encode(),
                root=nowhere,
                package_path=nowhere,
                package_cache_path=nowhere,
                font_paths=_fonts(),
                sys_inputs=inputs,
                **options,
            )
        except typst.TypstError as error:
            raise NotTypeset(f"{error.message} {'; '.join(error.hints)}") from error


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The house's fonts and those inside the engine, read once.

    None of the machine's: a paper looks the same everywhere.
    """
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_OWN_FONTS)]
    )
