"""Places on the built-in map: what `{% network_map %}` draws, ready for its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin
from typing import Any, NamedTuple, Protocol

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mutirao.core.maps import (
    LATIN_AMERICA,
    SOUTH_AMERICA,
    Label,
    Spot,
    View,
    arc,
    around,
    land_paths,
    project,
    spread_labels,
)
from mutirao.core.maps.drawing import text_width

from .models import Organisation
from .states import Kind

RADIUS = 5.0
LABEL_SIZE = 11.0  # units of the view, as `.map text` in the house's style sheet
_LONGEST_LABEL = 24  # letters; a longer name would cover its neighbours
_FIRST, _FEW = 10, 15  # points named before all others; points a map is not full with
_GRID = 4  # degrees
_SHAPES = {Kind.CITY.value: "circle", Kind.AGENCY.value: "diamond"}
# Numbers go in as Python writes them: SVG knows no decimal comma.
_SVG = {
    "circle": '<circle class="city" cx="{}" cy="{}" r="5"/>',
    "diamond": '<path class="agency" d="M{} {}m0-6l6 6l-6 6l-6-6z"/>',
    "square": '<path class="fill-ok" d="M{} {}m-4.5-4.5h9v9h-9z"/>',
}
_Placing = tuple[float, float, str, str]  # longitude, latitude, label, kind
_APART = 1.6 * RADIUS  # between the middles of two marks
_AROUND = [(0.0, 0.0)] + [
    (distance * cos(step * 2 * pi / steps), -distance * sin(step * 2 * pi / steps))
    for distance, steps in ((_APART, 6), (2 * _APART, 12))
    for step in range(steps)
]


class Place(Protocol):
    """What a point on the map must have; `kind` chooses its shape (city, agency, anything)."""

    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...
    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class MapPoint:
    """A place, WGS 84 degrees. `kind`: "city", "agency", or anything else for a square."""

    lon: float
    lat: float
    label: str
    url: str = ""
    kind: str = Kind.CITY.value


class Link(NamedTuple):
    """A line from one place to another, degrees; `warm` draws it in the accent colour."""

    from_lon: float
    from_lat: float
    to_lon: float
    to_lat: float
    warm: bool = False


class Mark(NamedTuple):
    """A point where it stands on the drawing; `number` is its place among the points given."""

    number: int
    x: float
    y: float
    label: str
    shape: str  # circle, diamond or square

    @property
    def svg(self) -> SafeString:
        return format_html(_SVG[self.shape], self.x, self.y)


@dataclass
class Drawing:
    """Everything the template needs: paths, marks, names and which shapes occur."""

    view: View
    land: SafeString
    arcs: list[tuple[str, bool]]
    marks: list[tuple[str, SafeString, str]]  # name, shape, address
    names: SafeString
    shapes: set[str]


def points_of(organisations: Iterable[Organisation]) -> list[MapPoint]:
    """Points of those whose place is known, the most populous first so that they get the names."""
    placed = [item for item in organisations if item.latitude is not None]
    placed.sort(key=lambda item: -(item.population or 0))
    return [
        MapPoint(
            lon=item.longitude or 0.0,  # the database holds both or none
            lat=item.latitude or 0.0,
            label=item.display,
            url=item.get_absolute_url(),
            kind=item.kind,
        )
        for item in placed
    ]


def view_of(points: Sequence[Place]) -> View:
    """The smallest of the prepared views that shows all points, or one made for them."""
    for view in (SOUTH_AMERICA, LATIN_AMERICA):
        if all(_inside(point, view) for point in points):
            return view
    return around([(point.lon, point.lat) for point in points], width=560, height=480)


def local_view(lon: float, lat: float) -> View:
    """A small map with that place near its middle.

    The centre lies on a grid of 4 degrees: neighbouring cities share a view, whose outlines are
    costly to make and are kept.
    """
    centre = (round(lon / _GRID) * _GRID, round(lat / _GRID) * _GRID)
    return around([centre], width=460, height=340, minimum=20)


def _inside(point: Place, view: View) -> bool:
    x, y = project(point.lon, point.lat, view)
    return RADIUS <= x <= view.width - RADIUS and RADIUS <= y <= view.height - RADIUS


def drawing(points: Sequence[Place], view: View, links: Iterable[Any] = ()) -> Drawing:
    """Points and links laid out on `view`; names go to the first points that have room for one."""
    marks, names = _layout(
        tuple((point.lon, point.lat, point.label, str(point.kind)) for point in points), view
    )
    return Drawing(
        view=view,
        land=_land(view),
        arcs=[_arc(Link(*link), view) for link in links],
        marks=[(mark.label, svg, points[mark.number].url) for mark, svg in marks],
        names=names,
        shapes={mark.shape for mark, _svg in marks},
    )


def _arc(link: Link, view: View) -> tuple[str, bool]:
    start = project(link.from_lon, link.from_lat, view)
    end = project(link.to_lon, link.to_lat, view)
    return arc(*start, *end), link.warm


@lru_cache(maxsize=64)
def _land(view: View) -> SafeString:
    return format_html_join(
        "", '<path class="land" d="{}"/>', ((d,) for _code, d in land_paths(view))
    )


@lru_cache(maxsize=64)
def _layout(
    places: tuple[_Placing, ...], view: View
) -> tuple[list[tuple[Mark, SafeString]], SafeString]:
    """Where marks and names stand. Kept: finding room for seventy names takes some 40 ms, and
    the network changes seldom."""
    marks = _marks(places, view)
    names = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        ((name.x, name.y, name.anchor, name.text) for name in _labels(marks, view)),
    )
    return [(mark, mark.svg) for mark in marks], names


def _marks(places: Iterable[_Placing], view: View) -> list[Mark]:
    """Marks in the order given; one that would lie on another stands close beside it."""
    marks: list[Mark] = []
    for number, (lon, lat, label, kind) in enumerate(places):
        x, y = project(lon, lat, view)
        if 0 <= x <= view.width and 0 <= y <= view.height:
            x, y = _free(x, y, marks)
            marks.append(Mark(number, round(x, 1), round(y, 1), label, _SHAPES.get(kind, "square")))
    return marks


def _free(x: float, y: float, marks: list[Mark]) -> tuple[float, float]:
    """The nearest of some places around (x, y) where a mark covers no other.

    Each of the six places of an inner ring and twelve of an outer one is tried; where all are
    taken the mark keeps its true place.
    """
    near = [mark for mark in marks if hypot(x - mark.x, y - mark.y) < 4 * RADIUS]
    for dx, dy in _AROUND:
        if all(hypot(x + dx - mark.x, y + dy - mark.y) >= _APART for mark in near):
            return x + dx, y + dy
    return x, y


def _labels(marks: list[Mark], view: View) -> list[Label]:
    """Names of the first marks in any case, then of the others where there is room.

    A crowd of small neighbours would otherwise take the room around the largest city. On a full
    map agencies go without a name: their city has one.
    """
    spots = [
        Spot(str(mark.number), mark.label, mark.x, mark.y, RADIUS)
        for mark in marks
        if len(mark.label) <= _LONGEST_LABEL and (mark.shape != "diamond" or len(marks) <= _FEW)
    ]
    marked = [Spot("", "", mark.x, mark.y, RADIUS) for mark in marks]
    labels: list[Label] = []
    for spot in spots[:_FIRST]:  # over its neighbours where they leave no room
        labels += _placed([spot], marked, labels, view) or _placed([spot], [], labels, view)
    return labels + _placed(spots[_FIRST:], marked, labels, view)


def _placed(spots: list[Spot], marked: list[Spot], before: list[Label], view: View) -> list[Label]:
    """Names of `spots` that are clear of what is `marked` and of the names written `before`."""
    written = [spot for label in before for spot in _covered(label)]
    found = spread_labels([*written, *marked, *spots], view, size=LABEL_SIZE)
    return [label for label in found if label.text]


def _covered(label: Label) -> Iterator[Spot]:
    """A written name as a row of nameless spots, the only obstacles `spread_labels` knows."""
    width = text_width(label.text, LABEL_SIZE)
    left = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * width
    for step in range(int(width // RADIUS) + 1):
        yield Spot("", "", left + step * RADIUS, label.y - LABEL_SIZE / 4, RADIUS)


def map_svg(
    points: Sequence[Place], view: View | None = None, links: Iterable[Any] = (), label: str = ""
) -> str:
    """The drawing alone, without its legend: for papers, and for a picture that is kept."""
    points = list(points)
    found = drawing(points, view or view_of(points), links)
    return render_to_string("network/parts/map_svg.html", {"map": found, "label": label})
