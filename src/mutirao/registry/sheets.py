"""Turns the bytes of a CSV or XLSX file into rows of cells, trusting nothing it says of itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from mutirao.intake.readers import UnreadableDocument
from mutirao.intake.readers.archive import Archive
from mutirao.intake.readers.text import decode

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_SEPARATORS = ";,\t|"
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableSheet(UnreadableDocument):
    """A spreadsheet that cannot be read; `code` is one of `messages.FILES` or of the readers."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    `kind`: text, number, date (`text` is ISO 8601), formula (one without a stored result), error
    (such as #N/A), merged (covered by another cell).
    """

    text: str
    kind: str = "text"


EMPTY = Cell("")
Merged = dict[int, set[int]]


@dataclass(slots=True)
class Row:
    """A row that holds something; `number` is the one the spreadsheet program shows."""

    number: int
    cells: list[Cell]


def column_letter(index: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheets(data: bytes, name: str) -> list[list[Row]]:
    """The sheets of a file, each as its rows; a CSV has one. Raises UnreadableDocument."""
    if not data.strip(b"\x00\r\n\t ;,"):
        raise UnreadableSheet("no_rows", name=name)
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, name)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableSheet("encrypted" if encrypted else "old_excel", name=name)
    if data[:512].lstrip().lower().startswith((b"<", b"%pdf", b"{\\rtf", b"\x89png")):
        raise UnreadableSheet("not_a_sheet", name=name)
    if PurePath(name).suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise UnreadableSheet("not_a_sheet", name=name)
    return [_delimited(decode(data, name), name)]


# CSV


def _delimited(text: str, name: str) -> list[Row]:
    lines = text.removeprefix("\ufeff").split("\n", 1)
    first = lines[0].strip()
    skipped = 0
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own way to say it
        separator, skipped, text = first[4], 1, lines[1] if len(lines) > 1 else ""
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    rows: list[Row] = []
    try:
        for number, values in enumerate(reader, start=1 + skipped):
            cells = [Cell(_clean(value)) for value in values]
            _keep(rows, number, cells, name)
    except csv.Error as error:
        raise UnreadableSheet("damaged", name=name, part=f"CSV, {reader.line_num}") from error
    return rows


def _separator(text: str) -> str:
    """The sign that cuts the first line with anything in it into the most pieces."""
    first = next((line for line in text.splitlines() if line.strip(_SEPARATORS + " ")), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=outside.count)


def _keep(rows: list[Row], number: int, cells: list[Cell], name: str) -> None:
    while cells and cells[-1] == EMPTY:
        cells.pop()
    if not cells:
        return
    if len(rows) >= MAX_ROWS:
        raise UnreadableSheet("too_many_rows", name=name, limit=MAX_ROWS)
    if len(cells) > MAX_COLUMNS:
        raise UnreadableSheet("too_many_columns", name=name, limit=MAX_COLUMNS)
    rows.append(Row(number, cells))


def _clean(text: str) -> str:
    """Without the blanks, hard ones too, that nobody sees at the ends or doubled inside."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


# XLSX


def _workbook(data: bytes, name: str) -> list[list[Row]]:
    archive = Archive(data, name)
    if "xl/workbook.xml" not in archive.names:
        raise UnreadableSheet("not_a_sheet", name=name)
    for part in archive.names:
        if part.startswith("xl/") and part.endswith(".xml"):
            _refuse_entities(archive.read(part), part, name)
    # Formulas and their stored results stand in two readings of the same book.
    formulas, results = (_load(data, name, data_only=only) for only in (False, True))
    try:
        return [
            _sheet(formulas[title], results[title], archive, name)
            for title in formulas.sheetnames
            if hasattr(formulas[title], "iter_rows")
        ]
    except UnreadableDocument:
        raise
    except Exception as error:  # the library answers nonsense in a file with any exception
        raise UnreadableSheet("damaged", name=name, part="xlsx") from error


def _refuse_entities(xml: bytes, part: str, name: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnreadableSheet("damaged", name=name, part=part)


def _load(data: bytes, name: str, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    except Exception as error:  # as above
        raise UnreadableSheet("damaged", name=name, part="xlsx") from error


def _sheet(formulas: Any, results: Any, archive: Archive, name: str) -> list[Row]:
    merged = _merged(archive, str(getattr(formulas, "_worksheet_path", "")))
    rows: list[Row] = []
    for sheet in (formulas, results):
        sheet.reset_dimensions()  # what it declares of its size may be a lie
    pairs = zip(formulas.iter_rows(), results.iter_rows(), strict=False)
    for number, (written, shown) in enumerate(pairs, start=1):
        if len(written) > MAX_COLUMNS and any(c.value is not None for c in written[MAX_COLUMNS:]):
            raise UnreadableSheet("too_many_columns", name=name, limit=MAX_COLUMNS)
        cells = list(_cells(written[:MAX_COLUMNS], shown, number, merged))
        _keep(rows, number, cells, name)
    return rows


def _cells(written: Any, shown: Any, number: int, merged: Merged) -> Iterator[Cell]:
    covered = merged.get(number, set())
    width = max([len(written), *(place + 1 for place in covered)])
    for index in range(width):
        cell = written[index] if index < len(written) else None
        if index in covered:
            yield Cell("", "merged")
        elif cell is None:
            yield EMPTY
        elif cell.data_type == "f":
            result = shown[index].value if index < len(shown) else None
            yield Cell("=", "formula") if result is None else _cell(result, shown[index].data_type)
        else:
            yield _cell(cell.value, cell.data_type)


def _cell(value: Any, data_type: str) -> Cell:
    if value is None:
        return EMPTY
    if data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        return Cell(f"{value:.10g}" if value != int(value) else str(int(value)), "number")
    return Cell(_clean(str(value)))


def _merged(archive: Archive, path: str) -> Merged:
    """Row → columns of cells that are covered by a merged one; its first cell is not."""
    covered: Merged = {}
    path = path.lstrip("/")
    if path not in archive.names:
        return covered
    for left, top, right, bottom in _MERGED.findall(archive.read(path))[:MAX_ROWS]:
        first, last = _index(left), min(_index(right), MAX_COLUMNS - 1)
        for row in range(int(top), min(int(bottom), int(top) + MAX_ROWS) + 1):
            covered.setdefault(row, set()).update(range(first, last + 1))
        covered[int(top)].discard(first)
    return covered


def _index(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value - 1
