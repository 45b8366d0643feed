"""A former text beside the present one, and the way back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mutirao.core.former import events_of
from mutirao.core.languages import OWN_NAMES
from mutirao.core.records import Part, RecordKind

from .acts import label_of, part_label
from .rows import line_of
from .words import Piece, word_pieces


@dataclass
class Former:
    """A former text of one field of one object that still exists.

    `seen` identifies the present text, so that nobody overwrites what they did not see.
    """

    part: Part
    row: Any
    column: str
    language: str
    text: str
    at: datetime
    label: str
    subject: str

    @property
    def now(self) -> str:
        return present(self.row, self.column, self.language)

    @property
    def seen(self) -> str:
        return digest(self.now)

    @property
    def pieces(self) -> list[Piece]:
        return word_pieces(self.now, self.text)

    @property
    def values(self) -> dict[str, Any]:
        """What the app's action is given: a label keeps its other languages."""
        if not self.language:
            return {self.column: self.text}
        return {self.column: {**(getattr(self.row, self.column) or {}), self.language: self.text}}


def present(row: Any, column: str, language: str) -> str:
    value = getattr(row, column)
    return str((value or {}).get(language) or "") if language else str(value or "")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def former_text(
    kind: RecordKind, record: Any, actor: Any, *, part: int, event: int, key: str
) -> Former | None:
    """The former text an address names, or None.

    None when the field's texts cannot be taken back, when the row of history is not of this
    record, or when the object is gone: an address can be forged.
    """
    parts = [each for each in kind.history if each.seen_by(actor, record)]
    column, _dot, language = key.partition(".")
    if not 0 <= part < len(parts):
        return None
    of = parts[part]
    if of.restoring is None or column not in of.restoring.fields:
        return None
    state = events_of(of.model).objects.filter(pgh_id=event).first()
    row = state and of.model._default_manager.filter(pk=state.pgh_obj_id).first()
    if row is None or not _belongs(of, row, record):
        return None
    value = getattr(state, column)
    if isinstance(value, dict) != bool(language) or (language and language not in OWN_NAMES):
        return None
    line = line_of(of, column)
    label = label_of(of.model, line) if line else column
    return Former(
        part=of,
        row=row,
        column=column,
        language=language,
        text=present(state, column, language),
        at=state.pgh_created_at,
        label=f"{label} ({OWN_NAMES[language]})" if language else label,
        subject=of.subject(_values(of, row)) if of.subject else part_label(of),
    )


def _values(part: Part, row: Any) -> dict[str, Any]:
    names = [line.name for line in part.lines] + list(part.needs)
    return {name: getattr(row, name) for name in names}


def _belongs(part: Part, row: Any, record: Any) -> bool:
    """The object is the record, or hangs on it directly (links have no texts)."""
    if not part.within:
        return bool(row.pk == record.pk)
    return part.under is None and bool(getattr(row, part.within) == record.pk)
