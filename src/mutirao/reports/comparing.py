"""What changed between two editions: their figures, the rows of their tables, their texts.

Rows are found again by their keys, so that a row reworded is a change and not one gone, one new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutirao.core.papers.blocks import all_blocks

Paper = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Cell:
    """One cell of a row that is in both: its column, and what it said."""

    column: str
    before: str
    after: str


@dataclass
class Row:
    """A row that came, went or changed; `name` is its first cell."""

    name: str
    language: str
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Table:
    caption: str
    new: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.new or self.gone or self.changed)


@dataclass
class Changes:
    figures: list[Figure]
    tables: list[Table]
    texts: list[str]

    @property
    def any(self) -> bool:
        return bool(self.figures or self.tables or self.texts)


def compared(before: Paper, after: Paper) -> Changes:
    """What `after` says that `before` did not, and the other way round."""
    return Changes(
        figures=list(_figures(before, after)),
        tables=[table for table in _tables(before, after) if table.any],
        texts=list(_texts(before, after)),
    )


def _figures(before: Paper, after: Paper) -> Iterator[Figure]:
    old, new = _all_figures(before), _all_figures(after)
    for key in [*new, *(key for key in old if key not in new)]:
        a, b = old.get(key), new.get(key)
        if (a and a["value"]) != (b and b["value"]):
            label = (b or a or {})["label"]
            yield Figure(label, a["text"] if a else "–", b["text"] if b else "–")


def _all_figures(paper: Paper) -> dict[str, Mapping[str, Any]]:
    return {
        row["key"]: row
        for block in all_blocks(paper)
        if block["type"] == "figures"
        for row in block["rows"]
    }


@dataclass
class _Rows:
    """The rows of all tables with one key."""

    caption: str
    columns: list[str]
    rows: dict[str, list[Mapping[str, Any]]]


def _tables(before: Paper, after: Paper) -> Iterator[Table]:
    old, new = _all_tables(before), _all_tables(after)
    for key in [*new, *(key for key in old if key not in new)]:
        a, b = old.get(key), new.get(key)
        found = Table((b or a).caption)  # type: ignore[union-attr]  # one of the two is there
        rows_a, rows_b = (a.rows if a else {}), (b.rows if b else {})
        found.new = [_row(rows_b[pk]) for pk in rows_b if pk not in rows_a]
        found.gone = [_row(rows_a[pk]) for pk in rows_a if pk not in rows_b]
        columns = b.columns if b else []
        for pk in rows_b:
            if pk in rows_a and (row := _changed(columns, rows_a[pk], rows_b[pk])):
                found.changed.append(row)
        yield found


def _all_tables(paper: Paper) -> dict[str, _Rows]:
    found: dict[str, _Rows] = {}
    for block in all_blocks(paper):
        if block["type"] != "table":
            continue
        labels = [column["label"] for column in block["columns"]]
        rows = found.setdefault(block["key"], _Rows(block["sheet"], labels, {})).rows
        last = len(block["rows"]) - 1
        for place, row in enumerate(block["rows"]):
            if not (block["total"] and place == last):
                rows[row["key"]] = row["cells"]
    return found


def _row(cells: list[Mapping[str, Any]]) -> Row:
    return Row(cells[0]["text"], cells[0].get("language", ""))


def _changed(
    columns: list[str], before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]
) -> Row | None:
    cells = [
        Cell(column, a["text"], b["text"])
        for column, a, b in zip(columns, before, after, strict=False)
        if a.get("value", a["text"]) != b.get("value", b["text"])
    ]
    if not cells:
        return None
    row = _row(after)
    row.cells = cells
    return row


def _texts(before: Paper, after: Paper) -> Iterator[str]:
    """Headings of the sections whose written text differs; how it was made always does."""
    old = {part["key"]: part for part in before["sections"]}
    new = {part["key"]: part for part in after["sections"]}
    for key in [*new, *(key for key in old if key not in new)]:
        if key != "method" and _written(old.get(key)) != _written(new.get(key)):
            yield (new.get(key) or old[key])["heading"]


def _written(part: Mapping[str, Any] | None) -> list[list[str]]:
    blocks = part["blocks"] if part else []
    return [block["text"] for block in blocks if block["type"] == "text"]
