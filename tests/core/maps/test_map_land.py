"""The land under the cities: there, in place, and small."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutirao.core.maps import LATIN_AMERICA, SOUTH_AMERICA, WORLD, around, land_paths, project
from mutirao.core.maps import land as land_module
from mutirao.core.maps.simplify import simplify

# A place well inside each country that has cities in the demonstration.
HEARTS = {
    "AR": (-64.2, -31.4),
    "BR": (-47.9, -15.8),
    "UY": (-56.0, -33.0),
    "PY": (-57.0, -24.5),
    "CL": (-70.7, -33.4),
    "BO": (-65.3, -17.8),
    "PE": (-75.2, -12.1),
    "EC": (-78.5, -0.9),
    "CO": (-74.1, 4.7),
    "VE": (-66.9, 9.0),
    "MX": (-99.1, 19.4),
}
PIECE = re.compile(r"M(.*?)l(.*?)z")
NUMBER = re.compile(r"-?(?:\d+(?:\.\d)?|\.\d)")


def rings(path):
    """The rings of `M x y l dx dy … z` data as absolute points."""
    for start, steps in PIECE.findall(path):
        x, y = map(float, NUMBER.findall(start))
        ring = [(x, y)]
        numbers = [float(n) for n in NUMBER.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring


def holds(path, point):
    """True when the point is inside the shape (even-odd rule)."""
    px, py = point
    crossings = 0
    for ring in rings(path):
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > py) != (by > py) and px < ax + (py - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("code", HEARTS)
@pytest.mark.parametrize("view", [LATIN_AMERICA, WORLD], ids=["latin", "world"])
def test_land_of_a_member_country_lies_under_its_cities(view, code):
    heart = project(*HEARTS[code], view)
    assert [other for other, path in land_paths(view) if holds(path, heart)] == [code]


@pytest.mark.parametrize(
    ("view", "most"),
    [(SOUTH_AMERICA, 18_000), (LATIN_AMERICA, 22_000), (WORLD, 60_000)],
    ids=["south", "latin", "world"],
)
def test_land_is_small_enough_for_a_first_view(view, most):
    assert sum(len(path) for _, path in land_paths(view)) < most


@pytest.mark.parametrize(
    "view", [SOUTH_AMERICA, WORLD, around([(-60.0, -8.0)])], ids=["south", "world", "deep"]
)
def test_land_stays_near_the_frame_with_one_decimal(view):
    for _, path in land_paths(view):
        assert re.fullmatch(r"[\d.Mlz -]+", path)
        assert not re.search(r"\.\d\d", path)
        for ring in rings(path):
            assert all(-7 < x < view.width + 7 and -7 < y < view.height + 7 for x, y in ring)


def test_land_fills_a_view_in_the_middle_of_a_country():
    view = around([(-53.0, -11.0)], width=200, height=200, minimum=3)
    assert len(land_paths(view)) == 1
    (code, path), *_ = land_paths(view)
    corners = [(1, 1), (199, 1), (1, 199), (199, 199)]
    assert code == "BR"
    assert all(holds(path, corner) for corner in corners)


def test_land_has_none_in_the_open_sea():
    assert land_paths(around([(-25.0, -35.0)], minimum=8)) == ()


def test_land_neighbours_share_their_border():
    paths = dict(land_paths(SOUTH_AMERICA))

    def points(code):
        return {(round(x, 1), round(y, 1)) for ring in rings(paths[code]) for x, y in ring}

    assert len(points("UY") & points("BR")) >= 8
    assert len(points("AR") & points("CL")) >= 40


def test_land_french_guiana_is_not_drawn_as_france():
    codes = {code for code, _ in land_paths(SOUTH_AMERICA)}
    assert "GF" in codes
    assert "FR" not in codes


def test_land_of_the_world_has_no_line_across_the_date_line():
    for code, path in land_paths(WORLD):
        for ring in rings(path):
            longest = max(abs(b[0] - a[0]) for a, b in pairwise(ring))
            assert longest < WORLD.width / 4, code


def test_land_is_kept_once_made():
    assert land_paths(SOUTH_AMERICA) is land_paths(SOUTH_AMERICA)


def test_outlines_file_is_compact_and_uses_two_letter_codes():
    text = land_module._FILE.read_text(encoding="utf-8")
    countries = json.loads(text)["countries"]
    assert len(text) < 120_000
    assert len(countries) > 180
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries)


POINTS = st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=25)


@given(POINTS, st.floats(0.1, 30))
def test_simplify_keeps_ends_order_and_every_point_within_the_tolerance(line, tolerance):
    short = simplify(line, tolerance)
    assert (short[0], short[-1]) == (line[0], line[-1])
    left = iter(line)
    assert all(point in left for point in short)
    assert all(min(apart(p, a, b) for a, b in pairwise(short)) <= tolerance + 1e-9 for p in line)


def apart(point, a, b):
    """Distance of a point from the stretch between two others."""
    along = complex(*b) - complex(*a)
    away = complex(*point) - complex(*a)
    part = (away * along.conjugate()).real / abs(along) ** 2 if along else 0
    return abs(away - max(0, min(1, part)) * along)


def test_simplify_leaves_out_what_is_on_the_way():
    assert simplify([(0, 0), (1, 0.01), (2, 0)], 0.1) == [(0, 0), (2, 0)]


def test_simplify_keeps_a_closed_line_open_enough_to_see():
    square = [(0, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert simplify(square, 1) == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
