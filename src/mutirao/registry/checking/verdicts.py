"""What is found out about a row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..cells import Fault, Reading, is_empty
from ..columns import COLUMNS
from ..sheets import EMPTY, Cell, Row
from ..states import Mark


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a cell (`column`, from 0) or the whole row; a note is no mistake."""

    code: str
    column: int | None = None
    params: dict[str, Any] = field(default_factory=dict)
    note: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "column": self.column,
            "params": self.params,
            "note": self.note,
        }


@dataclass(slots=True)
class Verdict:
    """One row: its values by column key, what is wrong, and what it would do to what."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    target: int | None = None
    candidates: list[int] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)  # what accepting needs beside the values
    mark: str = ""

    @property
    def is_wrong(self) -> bool:
        return any(not finding.note for finding in self.findings)

    @property
    def label(self) -> str:
        return str(self.values.get("name") or self.values.get("organisation") or "")[:200]

    def fingerprint(self) -> str:
        """Changes when the row would do something else than it did."""
        said = [
            self.mark,
            self.target,
            sorted(self.candidates),
            [[key, plain(before), plain(after)] for key, before, after in self.changes],
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as the preview keeps it: text, number, list; dates in ISO 8601."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else value


class Sheet:
    """The rows of one kind under their headings: reads cells and files what is wrong with them."""

    def __init__(self, kind: str, mapping: dict[str, int], order: str, width: int) -> None:
        self.columns = [column for column in COLUMNS[kind] if column.key in mapping]
        self.mapping = mapping
        self.order = order
        self.width = width

    def read(self, row: Row) -> Verdict:
        """The row's values; an empty cell says nothing of its column."""
        verdict = Verdict(row)
        for column in self.columns:
            place = self.mapping[column.key]
            cell = row.cells[place] if place < len(row.cells) else EMPTY
            self._cell(verdict, column, place, cell)
        if self.width and any(cell.text for cell in row.cells[self.width :]):
            verdict.findings.append(Finding("extra_cells", self.width))
        return verdict

    def _cell(self, verdict: Verdict, column: Any, place: int, cell: Cell) -> None:
        if cell.kind in ("formula", "error", "merged"):
            verdict.findings.append(Finding(cell.kind, place))
            return
        if is_empty(cell):
            if column.required:
                verdict.findings.append(Finding("missing", place))
            return
        reading = Reading(self.order)
        try:
            verdict.values[column.key] = column.read(cell, reading)
        except Fault as fault:
            verdict.findings.append(Finding(fault.code, place, fault.params))
        for code, params in reading.notes:
            verdict.findings.append(Finding(code, place, params, note=True))

    def wrong(self, verdict: Verdict, code: str, key: str = "", /, **params: Any) -> None:
        """File a mistake of the column `key` (or of the row, when the sheet has no such column)."""
        verdict.findings.append(Finding(code, self.mapping.get(key), params))


def settle(verdict: Verdict) -> None:
    """Give the row its mark, from what was found."""
    if verdict.is_wrong:
        verdict.mark = Mark.WRONG
        verdict.changes = []
    elif verdict.mark != Mark.UNSURE:
        verdict.mark = (
            Mark.NEW if verdict.target is None else Mark.CHANGED if verdict.changes else Mark.SAME
        )
