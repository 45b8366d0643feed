"""Typesetting: a template and data become a tagged PDF (typst, https://typst.app/docs/).

Data travels as JSON beside the template and is never part of its code, so that nothing a person
wrote is run. The engine reads no file but the template and no font but those it carries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Any

# ISO 14289-1: a reader with assistive technology gets headings, tables and the right voice.
STANDARD = "ua-1"
DATA_KEY = "data"


class NotTypeset(Exception):
    """The template and the data do not make a document: a fault of ours."""


def compile_pdf(
    template: str, data: Mapping[str, Any], *, language: str, title: str, made_at: datetime
) -> bytes:
    """Typeset `template` (typst code of ours) with `data` and return a PDF/UA-1.

    The template reads `json(bytes(sys.inputs.data))`: `data` plus `language` (pt, es or en) and
    `title`, which it must set on the document. `made_at` is the document's date.
    Raises NotTypeset.
    """
    import typst

    inputs = {DATA_KEY: json.dumps({**data, "language": language, "title": title})}
    with TemporaryDirectory(prefix="paper-") as nowhere:
        try:
            return typst.compile(
                template.encode(),
                root=nowhere,
                package_path=nowhere,
                package_cache_path=nowhere,
                font_paths=_fonts(),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[STANDARD],
                timestamp=int(made_at.timestamp()),
            )
        except typst.TypstError as error:
            raise NotTypeset(f"{error.message} {'; '.join(error.hints)}") from error


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts inside the engine, read once: a paper looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
