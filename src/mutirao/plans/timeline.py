"""The timeline of a plan: where its months, activities, events and today stand on the picture.

Pure geometry in the units of the picture's viewBox; the template draws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.template.loader import render_to_string

from mutirao.core.templatetags.mutirao import day as written
from mutirao.meetings.models import Event

from .models import Activity, Plan

WIDTH, LABELS, RIGHT = 900, 226, 12
TOP, ROW, BAR = 28, 36, 14
LABEL_LENGTH = 34


@dataclass(frozen=True)
class Month:
    x: str
    label: str


@dataclass(frozen=True)
class Row:
    """One activity: its short label and, when it has dates, its bar and how it stands."""

    label: str
    full: str
    href: str
    text_y: str
    y: str
    x: str = ""
    width: str = ""
    look: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Point:
    """One event; `vague` when only its month is known."""

    x: str
    y: str
    event: Event
    vague: bool


@dataclass
class Timeline:
    height: int
    months: list[Month] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    today: str = ""
    width: int = WIDTH
    row_left: int = LABELS

    @property
    def row_width(self) -> int:
        return self.width - LABELS - RIGHT

    @property
    def is_empty(self) -> bool:
        return not self.points and not any(row.x for row in self.rows)


class _Scale:
    """Days of the term to x; days outside it are drawn at its edge."""

    def __init__(self, first: date, last: date, width: int) -> None:
        self.first, self.days = first, (last - first).days + 1
        self.right = width - RIGHT

    def __call__(self, day: date) -> float:
        part = (day - self.first).days / self.days
        return LABELS + min(max(part, 0.0), 1.0) * (self.right - LABELS)


def draw(
    plan: Plan,
    activities: list[Activity],
    events: Iterable[Event],
    today: date,
    width: int = WIDTH,
) -> Timeline:
    """The picture of a plan over its term; `activities` come from `queries.activities_of`.

    A narrower `width` gives the same names less picture: on paper the letters stay readable.
    """
    term, with_day = plan.term, [event for event in events if event.sort_day]
    scale = _Scale(term.starts_on, term.ends_on, width)
    top = TOP + (ROW if with_day else 0)
    picture = Timeline(height=top + ROW * len(activities) + 8, width=width)
    picture.months = [
        Month(_n(scale(day)), _month(day)) for day in _months(term.starts_on, term.ends_on)
    ]
    picture.rows = [_row(item, top + ROW * n, scale, today) for n, item in enumerate(activities)]
    picture.points = [_point(event, scale) for event in with_day]
    if term.starts_on <= today <= term.ends_on:
        picture.today = _n(scale(today))
    return picture


def _n(value: float) -> str:
    """A number as SVG writes it, whatever the reader's language."""
    return f"{value:.1f}"


def _month(day: date) -> str:
    return written(day, "LLL").rstrip(".")


def _months(first: date, last: date) -> list[date]:
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(max(day, first))
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _row(activity: Activity, y: int, scale: _Scale, today: date) -> Row:
    label = f"{activity.number} {activity.heading}".strip()
    short = label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"
    promised = [item for item in activity.commitments_shown if item.state != "cancelled"]  # type: ignore[attr-defined]
    days = sorted(day for item in promised for day in (item.due_on, item.done_on) if day)
    row = Row(
        label=short,
        full=label,
        href=f"#{activity.anchor}",
        text_y=_n(y + ROW / 2 + 4),
        y=_n(y + (ROW - BAR) / 2),
    )
    if not days:
        return row
    left, right = scale(days[0]), scale(days[-1])
    width = max(right - left, BAR)
    left = min(left, scale.right - width)
    return replace(
        row,
        x=_n(left),
        width=_n(width),
        look=look_of(promised, today),
        first=days[0],
        last=days[-1],
    )


def look_of(promised: list, today: date) -> str:
    """How an activity stands: late when anything is, done when all is, else on its way."""
    if any(item.late_days(today) for item in promised):
        return "late"
    if all(item.state == "done" for item in promised):
        return "ok"
    return "run" if any(item.state != "planned" for item in promised) else "wait"


def _point(event: Event, scale: _Scale) -> Point:
    day = event.sort_day
    assert day is not None
    vague = event.starts_on is None
    shown = day + timedelta(days=14) if vague else day
    return Point(_n(scale(shown)), _n(TOP + ROW / 2), event, vague)


def timeline_svg(plan: Plan, timeline: Timeline) -> str:
    """The drawing alone: for papers, and for a picture that is kept."""
    context = {"plan": plan, "timeline": timeline}
    return render_to_string("plans/partials/timeline_svg.html", context)
