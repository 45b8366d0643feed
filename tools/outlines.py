"""Makes the built-in map outlines from Natural Earth's countries (public domain).

`tools/vendor.py` calls `derive` when it refreshes the package `world-atlas`, which carries
Natural Earth 1:50m as TopoJSON. Latin America keeps its detail, the rest of the world is drawn
as at 1:110m. Borders are simplified once, as the arcs two countries share, so that neighbours
meet without gaps; for the same reason all of it comes from one scale.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise

from babel.core import get_global

from mutirao.core.maps.simplify import Point, simplify

# Degrees; 0.02° is about 2 km, a fifth of a pixel on a map of the continent.
UNIT = 0.02
# Mexico to Tierra del Fuego with the Caribbean: west, south, east, north.
DETAILED = (-118.0, -57.0, -28.0, 33.0)
FINE, COARSE = 0.03, 0.25  # tolerance of a line, degrees
SMALLEST_FINE, SMALLEST_COARSE = 0.04, 0.8  # islands below this many square degrees are left out
# Areas that Natural Earth draws apart and ISO 3166 gives no number; ZZ is CLDR's "unknown".
WITHOUT_NUMBER = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Indian Ocean Ter.": "AU",
    "Siachen Glacier": "ZZ",
}
# France's part of the South American mainland has its own code and is drawn for itself.
GUIANA = (-55.0, 2.0, -51.0, 6.0)

Ring = list[int]
Arcs = list[list[Point]]


def derive(content: bytes) -> bytes:
    """TopoJSON bytes (world-atlas `countries-50m.json`) to the bytes of `outlines.json`.

    The result: `unit` (degrees), `arcs` (each `[x, y, dx, dy, …]` in units, x east, y north) and
    `countries`: ISO 3166-1 alpha-2 code -> rings, each a list of arc numbers; `~n` (negative)
    is arc n walked backwards, as in TopoJSON.
    """
    topology = json.loads(content)
    arcs = [simplify(arc, tolerance(arc)) for arc in decoded(topology)]
    countries: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for ring in worth_drawing(rings_of(geometry), arcs):
            countries.setdefault(code_of(geometry, ring, arcs), []).append(ring)
    return as_json(arcs, dict(sorted(countries.items())))


def decoded(topology: dict) -> Arcs:
    """Arcs in degrees from TopoJSON's quantized differences (its specification, 2.1.2)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def inside(points: Iterable[Point], box: tuple[float, float, float, float]) -> bool:
    """True when one of the points is in the box."""
    west, south, east, north = box
    return any(west <= x <= east and south <= y <= north for x, y in points)


def tolerance(arc: list[Point]) -> float:
    """How far a line may stray; a small island less, or nothing would be left of it."""
    most = FINE if inside(arc, DETAILED) else COARSE
    if arc[0] != arc[-1]:
        return most
    xs, ys = zip(*arc, strict=True)
    return min(most, max(max(xs) - min(xs), max(ys) - min(ys)) / 8)


def rings_of(geometry: dict) -> Iterator[Ring]:
    """Outer rings and holes alike: they wind in opposite ways, which is all a fill needs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def worth_drawing(rings: Iterable[Ring], arcs: Arcs) -> Iterator[Ring]:
    """The rings of a country that are large enough, and its largest in any case."""
    sized = sorted(((area(points_of(ring, arcs)), ring) for ring in rings), reverse=True)
    for rank, (size, ring) in enumerate(sized):
        fine = inside(points_of(ring, arcs), DETAILED)
        smallest = SMALLEST_FINE if fine else SMALLEST_COARSE
        if size >= smallest or (rank == 0 and size > UNIT**2):
            yield ring


def points_of(ring: Ring, arcs: Arcs) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def area(ring: list[Point]) -> float:
    """Square degrees (the shoelace formula)."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2


def code_of(geometry: dict, ring: Ring, arcs: Arcs) -> str:
    """ISO 3166-1 alpha-2 of a ring. CLDR, through babel, keeps the numbers as aliases."""
    if "id" not in geometry:
        return WITHOUT_NUMBER[geometry["properties"]["name"]]
    code = get_global("territory_aliases")[geometry["id"]][0]
    return "GF" if code == "FR" and inside(points_of(ring, arcs), GUIANA) else code


def as_json(arcs: Arcs, countries: dict[str, list[Ring]]) -> bytes:
    """Only the arcs in use, renumbered; one arc and one country a line, for readable changes."""
    used = sorted({~i if i < 0 else i for rings in countries.values() for r in rings for i in r})
    number = {old: new for new, old in enumerate(used)}
    lines = [compact(differences(arcs[old])) for old in used]
    named = [
        f'"{code}":{compact([[renumbered(i, number) for i in ring] for ring in rings])}'
        for code, rings in countries.items()
    ]
    text = '{"source":"Natural Earth 1:50m, public domain; made by tools/outlines.py",\n'
    text += f'"unit":{UNIT},\n"arcs":[\n' + ",\n".join(lines)
    text += '\n],\n"countries":{\n' + ",\n".join(named) + "\n}}\n"
    return text.encode()


def renumbered(index: int, number: dict[int, int]) -> int:
    return number[index] if index >= 0 else ~number[~index]


def differences(arc: list[Point]) -> list[int]:
    """`[x, y, dx, dy, …]` in units; steps that rounding makes empty are left out."""
    out: list[int] = []
    px = py = 0
    for x, y in arc:
        ux, uy = round(x / UNIT), round(y / UNIT)
        if not out or (ux, uy) != (px, py):
            out += [ux - px, uy - py]
            px, py = ux, uy
    return out


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
