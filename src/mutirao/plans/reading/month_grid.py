"""A table whose columns are months: activities with marks below them, or a wall calendar."""

import re

from .body import read_body
from .calendar import EVENT_NOUN
from .calendar_table import EMPTY, Owner
from .columns import QUARTER, month_cell
from .dates import Span, read_date, read_day_in_month
from .events import without_date
from .fold import fold, tidy
from .labels import parse_label
from .model import Item
from .segments import Row

MARK = re.compile(r"^\s*(?:x|X|✓|✔|•|●|■|█|\*|sim|si|sí|yes|ok)\s*$")


class MonthGrid:
    """Reads the rows below a header of months."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner

    def read(self, head: Row, rows: list[Row]) -> None:
        """Months as columns and marks below them: activities, or events named as such."""
        if all(month_cell(c) for c in head.filled):
            for row in rows:
                self._wall(head, row)
            return
        for row in rows:
            marks = [
                i
                for i, c in enumerate(row.cells)
                if MARK.match(c) and i < len(head.cells) and i > 0
            ]
            words = [c for i, c in enumerate(row.cells) if c.strip() and i not in marks]
            if not marks and len(row.filled) <= 1:
                self.owner.banner(row) if row.filled else None
                continue
            text = max(words, key=len, default=row.text)
            self._grid_row(head, row, text, marks)

    def _wall(self, head: Row, row: Row) -> None:
        """A wall calendar: under each month what happens in it, one paragraph for each entry."""
        for index, cell in enumerate(row.cells):
            month = month_cell(head.cells[index]) if index < len(head.cells) else None
            for part in cell.split("\n"):
                if EMPTY.match(part) or month is None:
                    continue
                span = read_date(part) or read_day_in_month(part, month[1], month[0])
                text = without_date(part, span) if span else part
                body = read_body(text, self.owner.calendar.context)
                self.owner.add_entry(span or Span(0, 0, month=month), body, row)

    def _grid_row(self, head: Row, row: Row, text: str, marks: list[int]) -> None:
        label = parse_label(text)
        body = tidy(text[label.length :] if label else text)
        known = next((a for a in self.owner.reading.activities if _alike(a.text, body)), None)
        months = [m for i in marks if (m := month_cell(head.cells[i]))]
        is_event = bool(EVENT_NOUN.match(fold(body))) and 1 <= len(months) <= 3
        if known:
            known.lines.append(row.number)
        if is_event and not known:
            for month in months:
                self.owner.add_entry(
                    Span(0, 0, month=month), read_body(body, self.owner.calendar.context), row
                )
        elif not known:
            first = row.cells[0].strip(" .)")
            number = (
                first
                if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}", first) and first != text
                else None
            )
            when = ", ".join(
                head.cells[i].strip()
                for i in marks
                if month_cell(head.cells[i]) or QUARTER.match(fold(head.cells[i]).strip())
            )
            body = f"{body} — {when}" if when else body
            self.owner.reading.activities.append(
                Item(number or (label.number if label else None), body, [row.number])
            )


def _alike(known: str, text: str) -> bool:
    a, b = (re.sub(r"\W+", " ", fold(t.split(" — ")[0])).strip() for t in (known, text))
    return bool(b) and (a == b or (len(b) > 20 and a.startswith(b)))
