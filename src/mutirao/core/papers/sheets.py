"""A paper's tables as .xlsx: a sheet a table, typed cells, header frozen, nothing that runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..lists import harmless
from .blocks import all_blocks

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # Excel's limit
_WIDEST = 60  # characters
_DATE = "yyyy-mm-dd"


def as_xlsx(paper: Mapping[str, Any]) -> bytes:
    """The paper (see `blocks`) as a workbook: a summary, then one sheet for each kind of table."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = str(harmless(paper["title"]))
    book.properties.creator = paper["network"]
    book.properties.language = paper["language"]
    names: set[str] = set()
    sheet = book.active
    sheet.title = _name(paper["labels"]["summary"], names)
    _summary(sheet, paper)
    for tables in _by_key(paper).values():
        _table(book.create_sheet(_name(tables[0]["sheet"], names)), tables)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_key(paper: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for block in all_blocks(paper):
        if block["type"] == "table":
            found.setdefault(block["key"], []).append(block)
    return found


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as Excel admits it, and once only."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", wanted).split())
    base = words[:_LONGEST_NAME].strip() or "-"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        ending = f" {number}"
        name = base[: _LONGEST_NAME - len(ending)] + ending
    taken.add(name.lower())
    return name


def _summary(sheet: Any, paper: Mapping[str, Any]) -> None:
    from openpyxl.styles import Font

    sheet["A1"] = harmless(paper["title"])
    sheet["A1"].font = Font(bold=True, size=16, color="0B5563")
    sheet["A2"] = harmless(paper["subtitle"])
    place = 4
    for label, value in paper["facts"]:
        sheet.cell(place, 1, harmless(label)).font = Font(bold=True)
        sheet.cell(place, 2, harmless(value))
        place += 1
    place += 1
    for block in all_blocks(paper):
        if block["type"] == "figures":
            for row in block["rows"]:
                sheet.cell(place, 1, harmless(row["label"])).font = Font(bold=True)
                _link(sheet.cell(place, 2, row["value"]), row["url"])
                place += 1
    sheet.column_dimensions["A"].width = 42
    sheet.column_dimensions["B"].width = 70


def _table(sheet: Any, tables: Sequence[Mapping[str, Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    first = tables[0]
    leads = [first["lead"][0]] if first["lead"] else []
    headings = leads + [column["label"] for column in first["columns"]]
    sheet.append([harmless(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F1ECE1")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    widths = [len(heading) + 4 for heading in headings]
    place = 1
    for lead, row in _rows(tables):
        place += 1
        shift = len(leads)
        if leads:
            sheet.cell(place, 1, harmless(lead))
            widths[0] = max(widths[0], len(str(lead)))
        for number, cell in enumerate(row["cells"], start=1 + shift):
            _write(sheet.cell(place, number), cell)
            widths[number - 1] = max(widths[number - 1], len(cell["text"]) + 2)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(width, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{place}"


def _rows(tables: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Rows with what they lead with; sums are left to the spreadsheet."""
    for table in tables:
        rows = table["rows"][:-1] if table["total"] else table["rows"]
        for row in rows:
            yield (table["lead"][1] if table["lead"] else ""), row


def _write(target: Any, cell: Mapping[str, Any]) -> None:
    """A number is a number, a date is a date, and no text is a formula."""
    value = cell.get("value")
    if isinstance(value, str) and (day := _day(value)):
        target.value, target.number_format = day, _DATE
    elif isinstance(value, int | float):
        target.value = value
    else:
        target.value = harmless(value if value is not None else cell["text"])
    _link(target, cell.get("url", ""))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _link(target: Any, url: str) -> None:
    if url.startswith(("https://", "http://")):
        target.hyperlink = url
        target.style = "Hyperlink"
