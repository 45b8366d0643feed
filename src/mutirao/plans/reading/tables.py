"""Tables: calendars, activities, axes with their activities, month grids, keys with values."""

import re
from dataclasses import replace

from .body import Body
from .calendar import CalendarReader, Entry
from .calendar_table import EMPTY, CalendarTable, body_of_cells, details
from .columns import header_of, is_people, months_in, names_people, offices_in
from .dates import (
    UNSURE,
    Span,
    is_part_of_year,
    read_date,
    read_month,
    read_period,
)
from .events import read_month_start, without_date
from .fold import fold, is_upper, tidy
from .items import axis_by_text
from .labels import parse_label
from .model import Item, NotUnderstood, Other, PlanReading
from .month_grid import MonthGrid
from .places import parse_place
from .segments import Row, Table


class TableReader:
    """Reads the tables of one section (`kind`) into the reading and the calendar."""

    def __init__(self, reading: PlanReading, calendar: CalendarReader, kind: str) -> None:
        self.reading = reading
        self.calendar = calendar
        self.kind = kind
        self.axis: tuple[str, int] | None = None

    def read(self, table: Table) -> None:
        rows = self._without_rules(table)
        if not rows:
            return
        table = Table(rows)
        heads = (i for i, row in enumerate(rows) if names_people(row))
        people = 0 if is_people(table) else next(heads, None)
        if people is not None:
            if people:
                self.read(Table(rows[:people]))
            self._all("signature", rows[people:])
            return
        if offices := offices_in(table):
            self._offices(rows, offices)
            return
        found = header_of(table)
        if found is None:
            self._headless(rows)
            return
        index, kinds = found
        for row in rows[:index]:
            self.banner(row)
        head = rows[index]
        self.reading.other.append(Other("heading", head.text, [head.number]))
        if months_in(head) >= 3:
            MonthGrid(self).read(head, rows[index + 1 :])
        else:
            self._with_header(head, kinds, rows[index + 1 :])

    def _without_rules(self, table: Table) -> list[Row]:
        """Lines drawn between rows ("|---|---|") say nothing and go with the headings."""
        for row in table.rows:
            if all(EMPTY.match(c) for c in row.cells):
                self.reading.other.append(Other("heading", row.text or "-", [row.number]))
        return [r for r in table.rows if not all(EMPTY.match(c) for c in r.cells)]

    def _offices(self, rows: list[Row], offices: list[tuple[Row, str, str]]) -> None:
        """Which city coordinates and which help: facts of the plan, no activities."""
        reading = self.reading
        for _, office, city in offices:
            if re.match(r"(?:ciudad |cidade )?(?:sub|co-|vice-? ?coord)", fold(office)):
                reading.sub_coordinators.append(city)
            elif reading.presented_by is None and fold(office).startswith(
                ("coord", "ciudad coord")
            ):
                place = parse_place(city, reading.language)
                reading.presented_by = place.name or city
        self._all("heading", rows)

    def _all(self, kind: str, rows: list[Row]) -> None:
        self.reading.other += [Other(kind, r.text, [r.number]) for r in rows]

    def banner(self, row: Row) -> None:
        """A row of one cell: a month, an axis, or a caption."""
        text = row.filled[0].strip()
        span = read_month(text)
        if span and not text[span.finish :].strip(" .:"):
            context = self.calendar.context
            self.calendar.context = replace(context, month=span.month)
        elif is_part_of_year(text):
            self.calendar.context = replace(self.calendar.context, month=None)
        elif axis := axis_by_text(self.reading, _unlabelled(text)):
            self.axis = axis
        self.reading.other.append(Other("heading", row.text, [row.number]))

    def _with_header(self, head: Row, kinds: list[str | None], rows: list[Row]) -> None:
        has = set(kinds)
        located = bool(has & {"place", "city", "country", "role"})
        dated = bool(has & {"date", "month", "day"})
        titled = bool(has & {"title", "text"})
        listed = self.kind in {"activities", "axes", "work_axes"} and not located
        if (
            dated
            and titled
            and not (listed and (has & {"who", "when", "extra"} or not _first_days(kinds, rows)))
            and (self.kind == "calendar" or located or "axis" not in has)
        ):
            CalendarTable(self, head, kinds).read(rows)
        elif (
            self.kind == "calendar"
            and titled
            and "when" in has
            and (located or self.reading.activities)
        ):
            CalendarTable(self, head, ["date" if k == "when" else k for k in kinds]).read(rows)
        elif "title" in has or (self.kind == "activities" and has & {"text", "axis"}):
            self._activities(head, kinds, rows)
        elif self.kind in {"axes", "work_axes", "objective"} or "axis" in has:
            self._axes(head, kinds, rows)
        else:
            self._unplaced(rows)

    def _unplaced(self, rows: list[Row]) -> None:
        self.reading.not_understood += [NotUnderstood(r.number, r.text) for r in rows]

    def _activities(self, head: Row, kinds: list[str | None], rows: list[Row]) -> None:
        """Each row an activity: its cell, then the other columns under their names."""
        if "title" not in kinds:
            kinds = ["title" if k == "text" else k for k in kinds]
            if "title" not in kinds:
                self._axes(head, kinds, rows)
                return
        title = kinds.index("title")
        for row in rows:
            cells = row.cells + [""] * (len(kinds) - len(row.cells))
            if (
                len(row.filled) == 1 and not cells[title].strip() and "axis" not in kinds
            ) or _caption(row, title):
                self.banner(row)
                continue
            self._row_axis(cells, kinds, row)
            self._row_activities(cells, kinds, head, row, title)

    def _row_axis(self, cells: list[str], kinds: list[str | None], row: Row) -> None:
        if "axis" not in kinds or not (cell := cells[kinds.index("axis")].strip()):
            return
        known = axis_by_text(self.reading, _unlabelled(cell)) or self._axis_by_number(cell)
        if known is None and self.reading.axes and _numbers_only(cell):
            self.axis = None  # names several axes by number; a person joins them
            return
        if known is None:
            label = parse_label(cell)
            self.reading.axes.append(
                Item(label.number if label else None, tidy(_unlabelled(cell)), [row.number])
            )
            known = ("axes", len(self.reading.axes) - 1)
        self.axis = known

    def _axis_by_number(self, cell: str) -> tuple[str, int] | None:
        """A column "Eje" that says "II" or "Eje 2" names that axis itself."""
        number = re.sub(r"^(?:eje|eixo|linea|linha|axis|objetivo)\s+", "", fold(cell).strip(" .)"))
        for target in ("axes", "work_axes"):
            for index, item in enumerate(getattr(self.reading, target)):
                if item.number and fold(item.number) == number:
                    return (target, index)
        return None

    def _row_activities(
        self, cells: list[str], kinds: list[str | None], head: Row, row: Row, title: int
    ) -> None:
        number = cells[kinds.index("number")].strip(" .)") if "number" in kinds else None
        axis = cells[kinds.index("axis")] if "axis" in kinds else ""
        told = {"title", "number"} if _numbers_only(axis) else {"title", "number", "axis"}
        extra = details(cells, kinds, head, skip=told)
        parts = [p for p in cells[title].split("\n") if p.strip()]
        listed = _several(
            parts, plural="axis" in kinds and fold(head.cells[title]).strip().endswith("s")
        )
        for part in parts if listed else ["\n".join(parts)]:
            label = parse_label(part)
            text = tidy(part[label.length :] if label else part)
            text = " — ".join(t for t in (text, extra) if t)
            if not text:
                self.reading.other.append(Other("heading", row.text, [row.number]))
                continue
            item = Item(number or (label.number if label else None) or None, text, [row.number])
            if self.axis:
                item.axis_list, item.axis = self.axis
            self.reading.activities.append(item)

    def _axes(self, head: Row, kinds: list[str | None], rows: list[Row]) -> None:
        target = self.kind if self.kind in {"axes", "work_axes"} else "axes"
        main = next((kinds.index(k) for k in ("axis", "title", "text") if k in kinds), None)
        for row in rows:
            cells = row.cells + [""] * (len(kinds) - len(row.cells))
            if self.kind == "objective":
                self.reading.other.append(Other("objective", row.text, [row.number]))
                continue
            if main is None or not cells[main].strip():
                self._unplaced([row])
                continue
            label = parse_label(cells[main])
            number = cells[kinds.index("number")].strip(" .)") if "number" in kinds else None
            skip = {kinds[main] or "", "number"}
            extra = details(cells, kinds, head, skip=skip)
            text = " — ".join(t for t in (tidy(_unlabelled(cells[main])), extra) if t)
            getattr(self.reading, target).append(
                Item(number or (label.number if label else None), text, [row.number])
            )

    def add_entry(self, span: Span, body: Body, row: Row, *, unsure: bool = False) -> None:
        context = replace(self.calendar.context, unsure=unsure)
        self.calendar.entries.append(
            Entry(span, context, [body.title or ""], [row.number], body, row.text)
        )

    def _headless(self, rows: list[Row]) -> None:
        """No header row: the rows say themselves what they are."""
        for row in rows:
            if len(row.filled) == 1:
                self.banner(row) if self.kind in {"calendar", "activities"} else self._bare_row(row)
            elif not self._dated_row(row):
                self._bare_row(row)

    def _dated_row(self, row: Row) -> bool:
        """A row that begins with a date is an event, except in a list of tasks."""
        first = next((c for c in row.cells if c.strip()), "")
        context = self.calendar.context
        span = read_date(first) or read_month_start(first) or read_period(first)
        if (
            span is None
            and context.month
            and re.fullmatch(r"\s*\d{1,2}(?:\s*(?:-|a|al|y|e|à)\s*\d{1,2})?\s*", first)
        ):
            span = self.calendar.day_here(first)
        if span is None or self.kind not in {
            "calendar",
            "activities",
            "front",
            "presentation",
            "unplaced",
        }:
            return False
        if span.vague and not span.month and context.month:
            span = replace(span, month=context.month)  # "A confirmar" below its month
        rest = [c for c in row.cells if c.strip()][1:]
        inner = read_date(rest[0]) if rest and not span.days else None
        if inner and len(rest) > 1:  # "Marzo | 8 de marzo | Acto"
            first, span, rest = rest[0], inner, rest[1:]
        left = without_date(first, span)
        if left and not UNSURE.search(fold(left)):
            rest.insert(0, without_date(first, span))
        body = body_of_cells(rest, context)
        self.add_entry(span, body, row, unsure=bool(UNSURE.search(fold(first))))
        return True

    def _bare_row(self, row: Row) -> None:
        cells = [c.strip() for c in row.filled]
        number = (
            cells[0].strip(" .)")
            if re.fullmatch(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[a-zA-Z])[.)]?", cells[0])
            and len(cells) > 1
            else None
        )
        words = cells[1:] if number else cells
        label = None if number else parse_label(words[0])
        text = tidy(" — ".join([_unlabelled(words[0]), *words[1:]]))
        if self.kind in {"axes", "work_axes", "activities"}:
            items = getattr(self.reading, self.kind)
            items.append(Item(number or (label.number if label else None), text, [row.number]))
        elif self.kind in {"objective", "presentation", "signature"}:
            self.reading.other.append(Other(self.kind, row.text, [row.number]))
        else:
            self._unplaced([row])


def _first_days(kinds: list[str | None], rows: list[Row]) -> bool:
    """True where the table begins with a column of days: a calendar inside the activities."""
    first = next((i for i, k in enumerate(kinds) if k != "number"), 0)
    if kinds[first] not in {"date", "month", "day"}:
        return False
    dated = sum(bool(read_date(r.cells[first])) for r in rows if len(r.cells) > first)
    return dated * 2 >= len(rows) or "day" in kinds or "month" in kinds


def _several(parts: list[str], *, plural: bool) -> bool:
    """A cell that lists activities: labelled paragraphs, or plain ones below "Actividades"."""
    if len(parts) > 1 and sum(parse_label(p) is not None for p in parts) >= len(parts) - 1:
        return True
    return plural and len(parts) > 1 and all(p.strip()[:1].isupper() for p in parts)


def _numbers_only(cell: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:[^\W\d]+ )?[\dIVX]{1,4}(?:\s*(?:,|y|e|-|/)\s*[\dIVX]{1,4})*", cell.strip()
        )
    )


def _caption(row: Row, title: int) -> bool:
    """One cell over the whole row that names a group, not an activity."""
    if len(row.filled) != 1:
        return False
    text = row.filled[0]
    return (
        row.cells[0].strip() != ""
        and (title != 0 or row.bold or is_upper(text))
        and len(text.split()) <= 14
    )


def _unlabelled(text: str) -> str:
    label = parse_label(text.strip())
    return text.strip()[label.length :].strip() if label else text.strip()
