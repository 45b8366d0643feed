"""What a paper is made of: sections with headings, texts, figures, pictures and tables.

Everything is JSON. `language` (pt, es, en) stands where a text is not in the paper's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..languages import OWN_NAMES
from ..templatetags.mutirao import number

Block = dict[str, Any]
Cell = dict[str, Any]
Value = str | int | float | Decimal | date | None

FORMAT = 1  # of the data; a kept paper says which one it was written in


def paragraphs(text: str) -> list[str]:
    """A text as people type it: an empty line parts its paragraphs."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def section(key: str, heading: str, blocks: Iterable[Block | None]) -> Block:
    """A part of the paper with a heading of the first level; blocks that are None are left out."""
    return {"key": key, "heading": heading, "blocks": [block for block in blocks if block]}


def heading(text: str, *, level: int = 2, language: str = "", key: str = "") -> Block:
    return {"type": "heading", "level": level, "text": text, "language": language, "key": key}


def words(text: str, *, language: str = "") -> Block | None:
    """A text of one or more paragraphs; None when there is none."""
    parts = paragraphs(text)
    return {"type": "text", "text": parts, "language": language} if parts else None


def note(text: str) -> Block:
    """A remark of the paper itself: why something is empty, how it was counted."""
    return {"type": "note", "text": text}


def facts(rows: Iterable[tuple[str, str]]) -> Block | None:
    """Pairs of a label and a value; what has no value is left out."""
    known = [[label, value] for label, value in rows if value]
    return {"type": "facts", "rows": known} if known else None


def figure(key: str, value: int, label: str, *, url: str = "", look: str = "") -> Block:
    """One number of the summary; `url` leads to the list it counts."""
    shown = {"value": value, "text": number(value), "label": label}
    return {"key": key, **shown, "url": url, "look": look}


def figures(rows: Sequence[Block]) -> Block | None:
    return {"type": "figures", "rows": list(rows)} if rows else None


def picture(key: str, svg: str, *, alt: str, caption: str, width: float = 1.0) -> Block:
    """A drawing (see `pictures`); `alt` says in words what it shows, `width` is its share of the
    page's."""
    return {
        "type": "picture",
        "key": key,
        "svg": svg,
        "alt": alt,
        "caption": caption,
        "width": width,
    }


def column(label: str, *, kind: str = "text", share: int = 2) -> Block:
    """A column of a table. `kind`: text, number, date or link; `share` of the page's width."""
    return {"label": label, "kind": kind, "share": share}


def cell(
    text: object = "",
    value: Value = None,
    *,
    language: str = "",
    url: str = "",
    look: str = "",
) -> Cell:
    """One cell: what is read, and the `value` a spreadsheet computes with, where it differs.

    `look` (done, in_progress, late, planned, carried, cancelled) colours a word that says the same.
    """
    made: Cell = {"text": str(text)}
    if isinstance(value, date):
        made["value"] = value.isoformat()
    elif value is not None:
        made["value"] = value
    for name, given in (("language", language), ("url", url), ("look", look)):
        if given:
            made[name] = given
    return made


def row(key: object, *cells: Cell) -> Block:
    """A row of a table; `key` finds it again in another edition of the paper."""
    return {"key": str(key), "cells": list(cells)}


def table(
    key: str,
    caption: str,
    columns: Sequence[Block],
    rows: Sequence[Block],
    *,
    lead: tuple[str, str] | None = None,
    sheet: str = "",
    total: bool = False,
) -> Block | None:
    """A table; None without rows.

    Tables with the same `key` make one sheet of a workbook, called `sheet` (default: the
    caption); `lead` (heading, value) is then the first column that tells them apart. The last row
    is a sum where `total` says so.
    """
    if not rows:
        return None
    return {
        "type": "table",
        "key": key,
        "caption": caption,
        "columns": list(columns),
        "rows": list(rows),
        "lead": list(lead) if lead else None,
        "sheet": sheet or caption,
        "total": total,
    }


def only_in_workbook(block: Block | None) -> Block | None:
    """A table too long for paper: the workbook holds it, pages and papers leave it out."""
    return {**block, "workbook": True} if block else None


def on_paper(part: Mapping[str, Any]) -> list[Block]:
    """The blocks of a section that papers and pages show."""
    return [block for block in part["blocks"] if not block.get("workbook")]


def originals(block: Mapping[str, Any], own: str) -> str:
    """The one language other than `own` that a table's cells are in; "" for none or several."""
    found = {
        cell["language"]
        for row in block["rows"]
        for cell in row["cells"]
        if cell.get("language", own) != own
    }
    return found.pop() if len(found) == 1 else ""


def original_tag(word: str, language: str) -> str:
    """ "(original: español)", in the paper's word for "original"."""
    return f"({word}: {OWN_NAMES[language].lower()})"


def all_blocks(paper: Mapping[str, Any]) -> Iterable[Block]:
    return (block for part in paper["sections"] for block in part["blocks"])
