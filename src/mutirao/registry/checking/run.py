"""Judges every row of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..cells import has_slashed_dates, order_of
from ..columns import dates_of
from ..sheets import Cell, Row
from ..states import DateOrder, SheetKind
from .mandates import MandateRows
from .organisations import OrganisationRows
from .verdicts import Sheet, Verdict

_JUDGES: dict[str, type[OrganisationRows] | type[MandateRows]] = {
    SheetKind.ORGANISATIONS: OrganisationRows,
    SheetKind.MANDATES: MandateRows,
}
_EVERY = 100  # rows between two notes of progress


def check(
    kind: str,
    rows: Sequence[Row],
    *,
    mapping: Mapping[str, int],
    order: str,
    width: int,
    decisions: Mapping[int, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Verdict]:
    """What each row would do to the network as it stands now.

    `order` is how dates are written, `width` how many columns have a heading, `decisions` say of
    a row (by number) which organisation it is, or "new".
    """
    sheet = Sheet(kind, dict(mapping), order, width)
    judge = _JUDGES[kind](sheet, dict(decisions or {})).judge
    found: list[Verdict] = []
    for done, row in enumerate(rows, start=1):
        found.append(judge(sheet.read(row)))
        if done % _EVERY == 0:
            progress(done, len(rows))
    return found


def dates_in(
    kind: str, rows: Iterable[Row], mapping: Mapping[str, int], said: str
) -> tuple[str, bool]:
    """How the dates of a file are read, and whether that is a guess nobody confirmed."""
    if said:
        return said, False
    places = dates_of(kind, mapping)
    cells: list[Cell] = [
        row.cells[place] for row in rows for place in places if place < len(row.cells)
    ]
    order, shows = order_of(cells)
    return order or DateOrder.DAY_FIRST, has_slashed_dates(cells) and not shows
