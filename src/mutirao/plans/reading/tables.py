"""Tables: calendars, activities, axes with their activities, month grids, keys with values."""

import re
from dataclasses import replace

from .calendar import EVENT_NOUN, CalendarReader, Entry
from .columns import QUARTER, header_of, is_people, month_cell, months_in
from .dates import UNSURE, Span, read_date, read_month, read_period
from .events import Body, Context, find_date, impossible, read_body, read_month_start, without_date
from .fold import fold, is_upper, tidy
from .items import _axis_by_text
from .labels import parse_label
from .model import Item, NotUnderstood, Other, PlanReading
from .places import Place, country_code, parse_place
from .roles import role_of
from .segments import Row, Table

MARK = re.compile(r"^\s*(?:x|X|✓|✔|•|●|■|█|\*|sim|si|sí|yes|ok)\s*$")
EMPTY = re.compile(r"^[\s\-–—|:+=.]*$")


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
        if is_people(table):
            self._all("signature", rows)
            return
        found = header_of(table)
        if found is None:
            self._headless(rows)
            return
        index, kinds = found
        for row in rows[:index]:
            self._banner(row)
        head = rows[index]
        self.reading.other.append(Other("heading", head.text, [head.number]))
        if months_in(head) >= 3:
            self._grid(head, rows[index + 1 :])
        else:
            self._with_header(head, kinds, rows[index + 1 :])

    def _without_rules(self, table: Table) -> list[Row]:
        """Lines drawn between rows ("|---|---|") say nothing and go with the headings."""
        for row in table.rows:
            if all(EMPTY.match(c) for c in row.cells):
                self.reading.other.append(Other("heading", row.text or "-", [row.number]))
        return [r for r in table.rows if not all(EMPTY.match(c) for c in r.cells)]

    def _all(self, kind: str, rows: list[Row]) -> None:
        self.reading.other += [Other(kind, r.text, [r.number]) for r in rows]

    def _banner(self, row: Row) -> None:
        """A row of one cell: a month, an axis, or a caption."""
        text = row.filled[0].strip()
        span = read_month(text)
        if span and not text[span.finish :].strip(" .:"):
            context = self.calendar.context
            self.calendar.context = replace(context, month=span.month)
        elif axis := _axis_by_text(self.reading, _unlabelled(text)):
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
                self._banner(row)
                continue
            self._row_axis(cells, kinds, row)
            self._row_activities(cells, kinds, head, row, title)

    def _row_axis(self, cells: list[str], kinds: list[str | None], row: Row) -> None:
        if "axis" not in kinds or not (cell := cells[kinds.index("axis")].strip()):
            return
        known = _axis_by_text(self.reading, _unlabelled(cell)) or self._axis_by_number(cell)
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
        number = fold(re.sub(r"^\D*?\s+(?=[\dIVXivx]+$)", "", cell.strip(" .)")))
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
        extra = _details(cells, kinds, head, skip=told)
        parts = [p for p in cells[title].split("\n") if p.strip()]
        listed = len(parts) > 1 and sum(parse_label(p) is not None for p in parts) >= len(parts) - 1
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
            extra = _details(cells, kinds, head, skip=skip)
            text = " — ".join(t for t in (tidy(_unlabelled(cells[main])), extra) if t)
            getattr(self.reading, target).append(
                Item(number or (label.number if label else None), text, [row.number])
            )

    def _grid(self, head: Row, rows: list[Row]) -> None:
        """Months as columns and marks below them: activities, or events named as such."""
        for row in rows:
            marks = [
                i
                for i, c in enumerate(row.cells)
                if MARK.match(c) and i < len(head.cells) and i > 0
            ]
            words = [c for i, c in enumerate(row.cells) if c.strip() and i not in marks]
            if not marks and len(row.filled) <= 1:
                self._banner(row) if row.filled else None
                continue
            text = max(words, key=len, default=row.text)
            self._grid_row(head, row, text, marks)

    def _grid_row(self, head: Row, row: Row, text: str, marks: list[int]) -> None:
        label = parse_label(text)
        body = tidy(text[label.length :] if label else text)
        known = next((a for a in self.reading.activities if _alike(a.text, body)), None)
        months = [m for i in marks if (m := month_cell(head.cells[i]))]
        is_event = bool(EVENT_NOUN.match(fold(body))) and 1 <= len(months) <= 3
        if known:
            known.lines.append(row.number)
        if is_event and not known:
            for month in months:
                self._add_entry(
                    Span(0, 0, month=month), read_body(body, self.calendar.context), row
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
            self.reading.activities.append(
                Item(number or (label.number if label else None), body, [row.number])
            )

    def _add_entry(self, span: Span, body: Body, row: Row, *, unsure: bool = False) -> None:
        context = replace(self.calendar.context, unsure=unsure)
        self.calendar.entries.append(
            Entry(span, context, [body.title or ""], [row.number], body, row.text)
        )

    def _headless(self, rows: list[Row]) -> None:
        """No header row: the rows say themselves what they are."""
        for row in rows:
            if len(row.filled) == 1:
                self._banner(row) if self.kind in {"calendar", "activities"} else self._bare_row(
                    row
                )
            elif not self._dated_row(row):
                self._bare_row(row)

    def _dated_row(self, row: Row) -> bool:
        """A row that begins with a date is an event wherever it stands, except in a list of tasks."""
        first = next((c for c in row.cells if c.strip()), "")
        context = self.calendar.context
        span = read_date(first) or read_month_start(first) or read_period(first)
        if (
            span is None
            and context.month
            and re.fullmatch(r"\s*\d{1,2}(?:\s*(?:-|a|al|y|e|à)\s*\d{1,2})?\s*", first)
        ):
            span = self.calendar._day(first)
        if span is None or self.kind not in {
            "calendar",
            "activities",
            "front",
            "presentation",
            "unplaced",
        }:
            return False
        rest = [c for c in row.cells if c.strip()][1:]
        left = without_date(first, span)
        if left and not UNSURE.search(fold(left)):
            rest.insert(0, without_date(first, span))
        body = _body_of_cells(rest, context)
        self._add_entry(span, body, row, unsure=bool(UNSURE.search(fold(first))))
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


class CalendarTable:
    """A table with a column of dates: one row, one entry (or more, where the days are apart)."""

    def __init__(self, owner: TableReader, head: Row, kinds: list[str | None]) -> None:
        self.owner, self.head, self.kinds = owner, head, kinds
        self.when = ""
        self.month = ""

    def read(self, rows: list[Row]) -> None:
        for row in rows:
            cells = row.cells + [""] * (len(self.kinds) - len(row.cells))
            if len(row.filled) == 1 and len(rows) > 1 and not self._cell(cells, "title"):
                self.owner._banner(row)
                self.when = self.month = ""
                continue
            self._row(row, cells)

    def _cell(self, cells: list[str], kind: str) -> str:
        return " ".join(
            cells[i] for i, k in enumerate(self.kinds) if k == kind and cells[i].strip()
        ).strip()

    def _row(self, row: Row, cells: list[str]) -> None:
        month, date = self._cell(cells, "month"), self._cell(cells, "date")
        if month and not date and re.search(r"\d", month) and not read_month(month):
            month, date = "", month  # days under a column that is headed "Mes"
        day = self._cell(cells, "day")
        if month and month != self.month:
            self.month, self.when = month, ""
        if not date and not day and not month:
            date = self.when
        self.when = date or self.when
        said, span = self._span(" ".join(t for t in (date,) if t), day, self._cell(cells, "end"))
        body = self._body(cells, said, span)
        if span is None:
            self.owner.reading.not_understood.append(NotUnderstood(row.number, row.text))
            return
        unsure = bool(UNSURE.search(fold(f"{date} {day} {month}")))
        self.owner._add_entry(span, body, row, unsure=unsure)

    def _span(self, date: str, day: str, end: str) -> tuple[str, Span | None]:
        context = self._context()
        text = date or day
        if end and date:
            joined = f"{date} - {end}"
            if span := read_date(joined):
                return joined, span
        if text:
            span = read_date(text) or self._in_month(text, context)
            monthly = context.month and not re.search(r"\d", text) and not read_month(text)
            if span := span or (None if monthly else find_date(text)):
                return text, span
        if context.month and not re.search(r"\d", text):
            return text, Span(0, 0, month=context.month)
        if not text or UNSURE.search(fold(text)) or not re.search(r"\d", text):
            return text, Span(0, 0, vague=True)
        return text, None

    def _in_month(self, text: str, context: Context) -> Span | None:
        month = context.month
        if not month:
            return None
        from .dates import read_day_in_month

        text = re.sub(r"\s+(?:y|e)\s+", " e ", text.strip())
        return read_day_in_month(text, month[1], month[0])

    def _context(self) -> Context:
        context = self.owner.calendar.context
        span = read_month(self.month) or (
            read_month(re.sub(r"^\D*?(?=\b\w)", "", self.month)) if self.month else None
        )
        return replace(context, month=span.month) if span else context

    def _body(self, cells: list[str], said: str, span: Span | None) -> Body:
        context = self.owner.calendar.context
        title, text = self._cell(cells, "title"), self._cell(cells, "text")
        if not title:
            title, text = text, ""
        body = read_body(title, context)
        if self._has_place():
            body.title = _whole_title(title, body)
        place = self._place(cells, context)
        if place.name or place.country:
            body.place = place
        role = role_of(self._cell(cells, "role"), column=True)
        body.role = role or body.role or self._who_role(cells, context)
        others = _details(cells, self.kinds, self.head, skip=self._told(bool(role)))
        rest = without_date(said, span).strip(" ()[].,;:-–") if span and span.finish else ""
        rest = "" if UNSURE.search(fold(rest)) else rest
        said_parts = [t for t in (body.description, text, rest, others) if t]
        body.description = "; ".join(tidy(t) for t in said_parts) or None
        return body

    def _told(self, role: bool) -> set[str]:
        told = {
            "number",
            "date",
            "month",
            "day",
            "end",
            "year",
            "title",
            "text",
            "place",
            "city",
            "country",
        }
        return told | {"role"} if role else told

    def _has_place(self) -> bool:
        return bool({"place", "city", "country"} & set(self.kinds))

    def _place(self, cells: list[str], context: Context) -> Place:
        whole = self._cell(cells, "place")
        city, country = self._cell(cells, "city"), self._cell(cells, "country")
        place = parse_place(whole or city, context.language)
        if whole and city:
            inner = parse_place(city, context.language)
            place = replace(
                place,
                name=f"{place.name}, {inner.name}" if place.name else inner.name,
                country=place.country or inner.country,
            )
        if UNSURE.search(fold(place.name or "")) or EMPTY.match(place.name or ""):
            place = Place(None, place.country)
        return replace(place, country=place.country or country_code(country, context.language))

    def _who_role(self, cells: list[str], context: Context) -> str | None:
        heads = [fold(self.head.cells[i]) for i, k in enumerate(self.kinds) if k == "who"]
        who = self._cell(cells, "who")
        if who and heads and re.match(r"organi", heads[0]):
            return role_of(f"organiza: {who}", own_names=context.own_names)
        return None


def _whole_title(title: str, body: Body) -> str | None:
    """Where the place has a column of its own, brackets belong to the title."""
    if body.role or body.description:
        return body.title
    return re.sub(r"\s+", " ", title).strip(" .;") or None


def _body_of_cells(cells: list[str], context: Context) -> Body:
    """Cells without a header: the first is the title; place and role are known by their look."""
    body = read_body(cells[0], context) if cells else Body()
    described = [body.description] if body.description else []
    for cell in cells[1:]:
        place = parse_place(cell, context.language)
        if (
            place.explicit
            and len(cell.split()) <= 8
            and not (body.place.name or body.place.country)
        ):
            body.place = place
        elif (
            len(cell.split()) <= 8
            and not body.role
            and (role := role_of(cell, own_names=context.own_names))
        ):
            body.role = role
        else:
            described.append(cell)
    body.description = "; ".join(" ".join(d.split()) for d in described) or None
    return body


def _details(cells: list[str], kinds: list[str | None], head: Row, *, skip: set[str]) -> str:
    """The remaining columns as "Responsable: Rosario; Plazo: junio"."""
    parts = []
    for index, cell in enumerate(cells):
        kind = kinds[index] if index < len(kinds) else None
        if not cell.strip() or (kind or "") in skip:
            continue
        name = " ".join(head.cells[index].split()).strip(" :") if index < len(head.cells) else ""
        name = name.capitalize() if is_upper(name) else name
        value = " ".join(cell.split()).strip(" ;")
        parts.append(f"{name}: {value}" if name else value)
    return "; ".join(parts)


def _first_days(kinds: list[str | None], rows: list[Row]) -> bool:
    """True where the table begins with a column of days: a calendar inside the activities."""
    first = next((i for i, k in enumerate(kinds) if k != "number"), 0)
    if kinds[first] not in {"date", "month", "day"}:
        return False
    dated = sum(bool(read_date(r.cells[first])) for r in rows if len(r.cells) > first)
    return dated * 2 >= len(rows) or "day" in kinds or "month" in kinds


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


def _alike(known: str, text: str) -> bool:
    a, b = (re.sub(r"\W+", " ", fold(t.split(" — ")[0])).strip() for t in (known, text))
    return bool(b) and (a == b or (len(b) > 20 and a.startswith(b)))


__all__ = ["TableReader", "impossible"]
