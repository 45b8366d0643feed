"""A table with a column of dates: its rows are calendar entries."""

import re
from dataclasses import replace
from typing import Protocol

from .body import Body, Context, read_body
from .calendar import CalendarReader
from .dates import UNSURE, Span, read_date, read_day_in_month, read_month, read_period
from .events import find_date, without_date
from .fold import fold, is_upper, tidy
from .model import NotUnderstood, PlanReading
from .places import VIRTUAL, Place, country_code, parse_place
from .roles import is_role_phrase, role_of
from .segments import Row

EMPTY = re.compile(r"^[\s\-–—|:+=.]*$")


class Owner(Protocol):
    """What a calendar table needs of the reader that found it."""

    reading: PlanReading
    calendar: CalendarReader

    def banner(self, row: Row) -> None: ...

    def add_entry(self, span: Span, body: Body, row: Row, *, unsure: bool = False) -> None: ...


class CalendarTable:
    """A table with a column of dates: one row, one entry (or more, where the days are apart)."""

    def __init__(self, owner: Owner, head: Row, kinds: list[str | None]) -> None:
        self.owner, self.head, self.kinds = owner, head, kinds
        self.when = ""
        self.month = ""
        self.year: int | None = None

    def read(self, rows: list[Row]) -> None:
        for row in rows:
            cells = row.cells + [""] * (len(self.kinds) - len(row.cells))
            if len(row.filled) == 1 and len(rows) > 1 and not self._cell(cells, "title"):
                self.owner.banner(row)
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
        year = self._cell(cells, "year")
        self.year = int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None
        if self.year and read_date(date):
            date = f"{date} de {year}"
        if month and not date and not day:
            cells, day = self._day_of_title(cells)
        said, span = self._span(date, day, self._cell(cells, "end"))
        body = self._body(cells, said, span)
        if span is None:
            self.owner.reading.not_understood.append(NotUnderstood(row.number, row.text))
            return
        unsure = bool(UNSURE.search(fold(f"{date} {day} {month}")))
        self.owner.add_entry(span, body, row, unsure=unsure)

    def _day_of_title(self, cells: list[str]) -> tuple[list[str], str]:
        """ "Marzo | 8 – Marcha": the day stands before the title, in the column of the event."""
        where = next((i for i, k in enumerate(self.kinds) if k == "title"), None)
        if where is None:
            return cells, ""
        text = cells[where]
        span = read_date(text) or self._in_month(text, self._context()) or read_period(text)
        left = without_date(text, span) if span and span.begin == 0 else ""
        if span is None or not left:
            return cells, ""
        return [*cells[:where], left, *cells[where + 1 :]], text[: span.finish].strip(" –—-:")

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
        text = re.sub(r"\s+(?:y|e)\s+", " e ", text.strip())
        return read_day_in_month(text, month[1], month[0])

    def _context(self) -> Context:
        context = self.owner.calendar.context
        span = read_month(self.month)
        if span is None or span.month is None:
            return context
        year = span.month[0] or self.year
        return replace(context, month=(year, span.month[1]))

    def _body(self, cells: list[str], said: str, span: Span | None) -> Body:
        context = self.owner.calendar.context
        title, text = self._cell(cells, "title"), self._cell(cells, "text")
        if not title:
            title, text = text, ""
        body = read_body(title, context)
        if self._has_place():
            body.title = _whole_title(title, body)
        cells = list(cells)
        place = self._place(cells, context)
        if place.name or place.country:
            body.place = place
        role = role_of(self._cell(cells, "role"), column=True)
        body.role = role or body.role or self._who_role(cells, context)
        body.role = body.role or self._role_anywhere(cells, context)
        others = details(cells, self.kinds, self.head, skip=self._told(bool(role)))
        rest = without_date(said, span).strip(" ()[].,;:-–") if span and span.finish else ""
        rest = "" if UNSURE.search(fold(rest)) else rest
        there = parse_place(rest, context.language)
        if there.explicit and not (body.place.name or body.place.country):
            body.place, rest = there, ""  # a column "Lugar y fecha"
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
        if VIRTUAL.match(fold(country)) and EMPTY.match(place.name or ""):
            place = parse_place(country, context.language)
        if UNSURE.search(fold(place.name or "")) or EMPTY.match(place.name or ""):
            place = Place(None, place.country)
        if not (place.name or place.country or country):
            place = self._room(cells, context)
        return replace(place, country=place.country or country_code(country, context.language))

    def _room(self, cells: list[str], context: Context) -> Place:
        """ "Virtual" under "Modalidad" is where the event is; the cell is then told."""
        for index, kind in enumerate(self.kinds):
            if kind == "extra" and VIRTUAL.match(fold(cells[index]).strip()):
                place, cells[index] = parse_place(cells[index], context.language), ""
                return place
        return Place(None, None)

    def _role_anywhere(self, cells: list[str], context: Context) -> str | None:
        """A column of another name ("Realização") whose cell speaks of the network's part."""
        for index, kind in enumerate(self.kinds):
            cell = cells[index]
            if kind in {None, "who", "extra"} and is_role_phrase(cell, own_names=context.own_names):
                cells[index] = ""
                return role_of(cell, own_names=context.own_names)
        return None

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


def body_of_cells(cells: list[str], context: Context) -> Body:
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


def details(cells: list[str], kinds: list[str | None], head: Row, *, skip: set[str]) -> str:
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
