"""Country shapes of a view, as short SVG paths."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mutirao.core.maps.projection import LonLat, View, angle, middle, project, reach
from mutirao.core.maps.simplify import Point, simplify

_FILE = Path(__file__).with_name("outlines.json")
_TOLERANCE = 0.45  # units of the view; finer than a screen shows
_MARGIN = 6.0  # land is cut this far outside the frame, where the line of the cut is not seen
_TOO_SMALL = 0.8  # an island below this many units in both directions is left out
_BEHIND = 150.0  # degrees from the centre where a region's projection turns inside out


class Ring(NamedTuple):
    code: str
    arcs: tuple[int, ...]
    centre: LonLat
    radius: float  # degrees


@lru_cache(maxsize=64)
def land_paths(view: View) -> tuple[tuple[str, str], ...]:
    """(ISO 3166-1 alpha-2 code, SVG path data) of each country that the view shows.

    Coordinates are in units of `view.view_box` with one decimal, the steps relative. A country
    of several islands is one path. Codes come sorted; "XK" and "ZZ" stand for areas without one.
    Kept for the views asked for last, since making one takes some hundredths of a second.
    """
    rings = [ring for ring in _rings() if _in_sight(ring, view)]
    drawn = _drawn({max(i, ~i) for ring in rings for i in ring.arcs}, view)
    paths: dict[str, str] = {}
    for ring in rings:
        path = _path(_cut(_points(ring.arcs, drawn), view))
        paths[ring.code] = paths.get(ring.code, "") + path
    return tuple((code, path) for code, path in paths.items() if path)


def _drawn(numbers: Iterable[int], view: View) -> dict[int, list[Point]]:
    """The arcs that a view needs, on its plane and with no more points than it can show."""
    arcs, _ = _outlines()
    return {n: simplify([project(*at, view) for at in arcs[n]], _TOLERANCE) for n in numbers}


@lru_cache(maxsize=1)
def _outlines() -> tuple[list[list[Point]], dict[str, list[list[int]]]]:
    """Arcs in degrees and the rings of each country; the format is told in tools/outlines.py."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return [_degrees(steps, data["unit"]) for steps in data["arcs"]], data["countries"]


def _degrees(steps: list[int], unit: float) -> list[Point]:
    x = y = 0
    line = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x * unit, y * unit))
    return line


@lru_cache(maxsize=1)
def _rings() -> list[Ring]:
    """Every ring of every country, with the circle on the globe that holds it."""
    arcs, countries = _outlines()
    numbered = dict(enumerate(arcs))
    rings = []
    for code, lists in countries.items():
        for numbers in lists:
            places = _points(numbers, numbered)
            centre = middle(places)
            radius = max(angle(place, centre) for place in places)
            rings.append(Ring(code, tuple(numbers), centre, radius))
    return rings


def _in_sight(ring: Ring, view: View) -> bool:
    if view.kind == "world":
        return ring.code != "AQ"  # it surrounds the pole, which a flat world cannot draw
    away = angle(ring.centre, (view.lon, view.lat))
    return away - ring.radius < reach(view) and away + ring.radius < _BEHIND


def _points(numbers: Iterable[int], arcs: Mapping[int, list[Point]]) -> list[Point]:
    """The points of a ring, the last one not repeating the first."""
    points: list[Point] = []
    for n in numbers:
        points += (arcs[n] if n >= 0 else arcs[~n][::-1])[:-1]
    return points


def _cut(ring: list[Point], view: View) -> list[Point]:
    """The part of a ring inside the frame and its margin (Sutherland & Hodgman, 1974)."""
    sides: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, -_MARGIN, float.__ge__),
        (0, view.width + _MARGIN, float.__le__),
        (1, -_MARGIN, float.__ge__),
        (1, view.height + _MARGIN, float.__le__),
    ]
    for axis, limit, keeps in sides:
        ring = list(_cut_side(ring, axis, limit, keeps))
    return ring


def _cut_side(
    ring: list[Point], axis: int, limit: float, keeps: Callable[[float, float], bool]
) -> Iterator[Point]:
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if keeps(before[axis], limit) != keeps(point[axis], limit):
            yield _crossing(before, point, axis, limit)
        if keeps(point[axis], limit):
            yield point


def _crossing(a: Point, b: Point, axis: int, limit: float) -> Point:
    part = (limit - a[axis]) / (b[axis] - a[axis])
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def _path(ring: list[Point]) -> str:
    """`M x y l dx dy … z`, or nothing when there is too little to see."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    tenths = tenths[:1] + [point for before, point in pairwise(tenths) if point != before]
    if len(tenths) < 3 or max(_size(axis) for axis in zip(*tenths, strict=True)) < _TOO_SMALL * 10:
        return ""
    steps = (n for a, b in pairwise(tenths) for n in (b[0] - a[0], b[1] - a[1]))
    return f"M{_numbers(tenths[0])}l{_numbers(steps)}z"


def _size(values: tuple[int, ...]) -> int:
    return max(values) - min(values)


def _numbers(tenths: Iterable[int]) -> str:
    """Tenths written as SVG numbers: no needless zero, no space before a minus sign."""
    text = ""
    for n in tenths:
        whole, rest = divmod(abs(n), 10)
        digits = (str(whole) if whole or not rest else "") + (f".{rest}" if rest else "")
        text += ("-" if n < 0 else " " if text else "") + digits
    return text
