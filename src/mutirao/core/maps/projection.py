"""From longitude and latitude to a place on the drawing.

A region is drawn in Lambert's azimuthal equal-area projection around its own centre: areas
compare rightly and Patagonia is not blown up as on a Mercator map. The whole world is drawn in
Equal Earth, which keeps areas too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt

LonLat = tuple[float, float]
TOO_FAR = 80.0  # degrees from its centre beyond which the picture of a region is distorted


@dataclass(frozen=True)
class View:
    """A frame on the globe. `width` and `height` are the units of the SVG's viewBox.

    `scale` is units per radian at the centre; (`left`, `top`) is added to a scaled position.
    """

    kind: str  # "region" or "world"
    lon: float
    lat: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"


def project(lon: float, lat: float, view: View) -> tuple[float, float]:
    """(x, y) in the units of `view.view_box`, y growing southwards; degrees in.

    A place outside the frame gets a position outside of 0…width, 0…height.
    """
    x, y = _plane(lon, lat, view)
    return view.left + x * view.scale, view.top - y * view.scale


def angle(a: LonLat, b: LonLat) -> float:
    """Degrees of the great circle between two places (0…180)."""
    (ax, ay, az), (bx, by, bz) = _vector(a), _vector(b)
    return degrees(acos(max(-1.0, min(1.0, ax * bx + ay * by + az * bz))))


def reach(view: View) -> float:
    """Degrees from the centre of a region's projection to the farthest corner of its frame."""
    across = max(abs(view.left), abs(view.width - view.left))
    down = max(abs(view.top), abs(view.height - view.top))
    return degrees(2 * asin(min(1.0, hypot(across, down) / view.scale / 2)))


def middle(places: Iterable[LonLat]) -> LonLat:
    """The mean place on the sphere, which knows no date line."""
    xs, ys, zs = zip(*map(_vector, places), strict=True)
    x, y, z = sum(xs), sum(ys), sum(zs)
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def _vector(place: LonLat) -> tuple[float, float, float]:
    lon, lat = radians(place[0]), radians(place[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _plane(lon: float, lat: float, view: View) -> tuple[float, float]:
    if view.kind == "world":
        return _equal_earth(radians((lon - view.lon + 180) % 360 - 180), radians(lat))
    return _azimuthal(radians(lon - view.lon), radians(lat), radians(view.lat))


def _azimuthal(lon: float, lat: float, centre: float) -> tuple[float, float]:
    """Lambert azimuthal equal-area; Snyder, "Map projections" (USGS 1395, 1987), 24-2 to 24-4."""
    near = sin(centre) * sin(lat) + cos(centre) * cos(lat) * cos(lon)
    k = sqrt(2 / max(1 + near, 1e-6))  # the antipode itself has no place on the plane
    return k * cos(lat) * sin(lon), k * (cos(centre) * sin(lat) - sin(centre) * cos(lat) * cos(lon))


def _equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Equal Earth; Šavrič, Patterson & Jenny, IJGIS 33 (2019), equations 1 and 2."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    sine = sqrt(3) / 2 * sin(lat)
    t = atan2(sine, sqrt(1 - sine * sine))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    return 2 * sqrt(3) * lon * cos(t) / (3 * slope), a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def around(
    places: Iterable[LonLat],
    *,
    width: float = 460,
    height: float = 340,
    padding: float = 36,
    minimum: float = 16,
) -> View:
    """The view that holds all places (lon, lat in degrees), centred, in a frame of that size.

    At least `minimum` degrees of the globe are shown across the smaller side, so that one city
    still lies in a recognisable country. Places spread over more than a hemisphere are shown on
    the world; without any place the view is South America's.
    """
    points = list(places)
    if not points:
        return SOUTH_AMERICA
    lon, lat = middle(points)
    if any(angle(point, (lon, lat)) > TOO_FAR for point in points):
        return WORLD
    bare = View("region", lon, lat, 1, 0, 0, width, height)
    smallest = radians(minimum) / min(width, height)
    return _fitted(bare, points, padding, smallest)


def _fitted(view: View, points: list[LonLat], padding: float, smallest: float = 0) -> View:
    """The view scaled and moved so that the points fill its frame; `smallest` radians per unit."""
    xs, ys = zip(*(project(*point, view) for point in points), strict=True)
    across = (max(xs) - min(xs)) / (view.width - 2 * padding)
    down = (max(ys) - min(ys)) / (view.height - 2 * padding)
    scale = 1 / max(across, down, smallest)
    left = view.width / 2 - scale * (max(xs) + min(xs)) / 2
    top = view.height / 2 - scale * (max(ys) + min(ys)) / 2
    return View(view.kind, view.lon, view.lat, scale, left, top, view.width, view.height)


def _region(lon: float, lat: float, width: float, height: float, ends: list[LonLat]) -> View:
    return _fitted(View("region", lon, lat, 1, 0, 0, width, height), ends, padding=6)


# Ends of the land: north (Guajira), east (João Pessoa), south (Cape Horn), west (Talara).
_SOUTHERN_ENDS = [(-71.6, 12.5), (-34.8, -7.1), (-67.3, -55.9), (-81.3, -4.7)]
SOUTH_AMERICA = _region(-60, -20, 460, 680, _SOUTHERN_ENDS)
# … and Tijuana, for networks that reach Mexico and the Caribbean.
LATIN_AMERICA = _region(-72, -10, 560, 680, [*_SOUTHERN_ENDS, (-117.1, 32.6), (-97, 33)])
# Without the Antarctic, and cut at 168.5° W, in the Bering Strait, where it divides no country.
_WORLD_ENDS = [(-168.0, 66.0), (179.8, -17.0), (-32.0, 83.7), (-67.3, -56.5)]
WORLD = _fitted(View("world", 11.5, 0, 1, 0, 0, 960, 500), _WORLD_ENDS, padding=6)
