"""What a work plan says, each part with the numbers of the lines it was read from."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Item:
    """An axis or an activity. `number` is the document's own ("IV", "2.1", "a"), None for bullets.

    `axis` is the position in `axes` (or `work_axes`, see `axis_list`) of the axis under whose
    heading or in whose table row the document itself put the activity: never guessed from numbers.
    """

    number: str | None
    text: str
    lines: list[int]
    axis: int | None = None
    axis_list: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "text": self.text, "lines": self.lines}


@dataclass(slots=True)
class Event:
    """A calendar entry. `month` ("YYYY-MM") is set only where the day is not known."""

    lines: list[int]
    start: dt.date | None = None
    end: dt.date | None = None
    month: str | None = None
    date_confirmed: bool = False
    title: str | None = None
    place: str | None = None
    country: str | None = None
    description: str | None = None
    role: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "month": self.month,
            "date_confirmed": self.date_confirmed,
            "title": self.title,
            "place": self.place,
            "country": self.country,
            "description": self.description,
            "role": self.role,
            "lines": self.lines,
        }


@dataclass(slots=True)
class Other:
    """A part that is no promise: title, heading, presentation, objective or signature."""

    kind: str
    text: str
    lines: list[int]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "lines": self.lines}


@dataclass(slots=True)
class NotUnderstood:
    """A line that found no place; a person decides."""

    line: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "text": self.text}


@dataclass(slots=True)
class PlanReading:
    """The whole reading. Every line number of the document appears in some part of it."""

    language: str | None = None
    year: int | None = None
    title: str | None = None
    presented_by: str | None = None
    axes: list[Item] = field(default_factory=list)
    work_axes: list[Item] = field(default_factory=list)
    activities: list[Item] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    other: list[Other] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    unit: str | None = None
    office: str | None = None
    term: str | None = None
    presented_by_region: str | None = None
    presented_by_country: str | None = None
    sub_coordinators: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object of `mutirao plan import --dry-run --json`; keys after the tenth are extra."""
        return {
            "language": self.language,
            "year": self.year,
            "title": self.title,
            "presented_by": self.presented_by,
            "axes": [part.as_json() for part in self.axes],
            "work_axes": [part.as_json() for part in self.work_axes],
            "activities": [part.as_json() for part in self.activities],
            "events": [part.as_json() for part in self.events],
            "other": [part.as_json() for part in self.other],
            "not_understood": [part.as_json() for part in self.not_understood],
            "unit": self.unit,
            "office": self.office,
            "term": self.term,
            "presented_by_region": self.presented_by_region,
            "presented_by_country": self.presented_by_country,
            "sub_coordinators": self.sub_coordinators,
            "activity_axes": [
                {"activity": index, "list": part.axis_list, "axis": part.axis}
                for index, part in enumerate(self.activities)
                if part.axis is not None
            ],
        }

    def parts(self) -> list[Item | Event | Other]:
        """All parts that are something, in the order of the JSON."""
        items: list[Item | Event | Other] = [*self.axes, *self.work_axes, *self.activities]
        return [*items, *self.events, *self.other]

    def covered(self) -> set[int]:
        """Numbers of all lines that appear in some part."""
        numbers = {number for part in self.parts() for number in part.lines}
        return numbers | {part.line for part in self.not_understood}
