"""Where places stand on the drawing."""

from itertools import pairwise

import pytest

from mutirao.core.maps import LATIN_AMERICA, SOUTH_AMERICA, WORLD, around, project
from mutirao.core.maps.projection import angle

MONTEVIDEO, RECIFE, QUITO, USHUAIA = (-56.19, -34.9), (-34.9, -8.05), (-78.5, -0.2), (-68.3, -54.8)
TIJUANA, LISBON, TOKYO, SUVA = (-117.0, 32.5), (-9.1, 38.7), (139.7, 35.7), (178.4, -18.1)
VIEWS = {"south": SOUTH_AMERICA, "latin": LATIN_AMERICA, "city": around([MONTEVIDEO])}


def inside(place, view, padding=0.0):
    x, y = project(*place, view)
    least = padding - 1e-6
    return least <= x <= view.width - least and least <= y <= view.height - least


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_project_grows_eastwards_and_southwards_in_a_region(view):
    xs = [project(lon, view.lat, view)[0] for lon in range(-85, -30)]
    ys = [project(view.lon, lat, view)[1] for lat in range(15, -58, -1)]
    assert all(a < b for a, b in pairwise(xs))
    assert all(a < b for a, b in pairwise(ys))


@pytest.mark.parametrize("lat", [-55, -20, 0, 40, 80])
def test_project_grows_eastwards_on_the_world_from_the_bering_strait(lat):
    xs = [project(lon, lat, WORLD)[0] for lon in range(-168, 192)]
    assert all(a < b for a, b in pairwise(xs))


@pytest.mark.parametrize("lon", [-150, -56, 0, 170])
def test_project_grows_southwards_on_the_world(lon):
    ys = [project(lon, lat, WORLD)[1] for lat in range(83, -57, -1)]
    assert all(a < b for a, b in pairwise(ys))


def test_project_keeps_areas_in_a_region():
    # One square degree at the equator and one at 50° S, whose true areas differ by cos(50°).
    def area(lon, lat):
        x, y = project(lon, lat, SOUTH_AMERICA)
        ex, ey = project(lon + 0.01, lat, SOUTH_AMERICA)
        nx, ny = project(lon, lat + 0.01, SOUTH_AMERICA)
        return abs((ex - x) * (ny - y) - (nx - x) * (ey - y))

    assert area(-70, -50) / area(-55, 0) == pytest.approx(0.6428, rel=1e-3)


def test_south_america_holds_the_continent():
    assert all(inside(place, SOUTH_AMERICA) for place in (MONTEVIDEO, RECIFE, QUITO, USHUAIA))
    assert not inside(TIJUANA, SOUTH_AMERICA)


def test_latin_america_reaches_mexico():
    assert all(inside(place, LATIN_AMERICA) for place in (TIJUANA, RECIFE, USHUAIA))


def test_world_holds_every_place():
    assert all(inside(place, WORLD) for place in (TIJUANA, LISBON, TOKYO, SUVA, USHUAIA))


@pytest.mark.parametrize(
    "places",
    [[MONTEVIDEO, RECIFE], [QUITO, USHUAIA], [LISBON, MONTEVIDEO, TIJUANA]],
    ids=["coast", "andes", "ocean"],
)
def test_around_fits_all_places_within_the_padding(places):
    view = around(places, width=400, height=300, padding=30)
    assert (view.width, view.height) == (400, 300)
    assert all(inside(place, view, padding=30) for place in places)


def test_around_one_place_centres_it_and_shows_the_minimum():
    view = around([MONTEVIDEO], width=400, height=300, minimum=10)
    assert project(*MONTEVIDEO, view) == pytest.approx((200, 150))
    top = project(MONTEVIDEO[0], MONTEVIDEO[1] + 5, view)
    assert top == pytest.approx((200, 0), abs=0.5)


def test_around_nothing_is_south_america():
    assert around([]) == SOUTH_AMERICA


def test_around_the_globe_is_the_world():
    assert around([MONTEVIDEO, TOKYO]) == WORLD


def test_around_knows_no_date_line():
    view = around([SUVA, (-171.8, -13.8)])  # Fiji and Samoa
    assert view.kind == "region"
    assert angle((view.lon, view.lat), SUVA) < 6


def test_view_box_names_the_frame():
    assert SOUTH_AMERICA.view_box == "0 0 460 680"
