"""The map other apps draw too."""

import re

from django.template import Context, Template

from mutirao.core.maps import LATIN_AMERICA, SOUTH_AMERICA
from mutirao.network.maps import MapPoint, local_view, view_of
from tests.factories import OrganisationFactory

SAO_PAULO = MapPoint(-46.6, -23.5, "São Paulo", "/sp")
AGENCY = MapPoint(-46.6, -23.5, "Agência <b>", "/ag", "agency")
MEXICO = MapPoint(-99.1, 19.4, "Ciudad de México", "/mx")
MADRID = MapPoint(-3.7, 40.4, "Madrid", "/ma")


def _drawn(source: str, **context: object) -> str:
    return Template("{% load network %}" + source).render(Context(context))


def test_map_links_each_point_to_its_page() -> None:
    html = _drawn("{% network_map points %}", points=[SAO_PAULO, AGENCY])
    assert re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', html) == [
        ("/sp", "São Paulo"),
        ("/ag", "Agência &lt;b&gt;"),
    ]


def test_map_draws_agencies_in_another_shape_with_a_legend() -> None:
    html = _drawn("{% network_map points %}", points=[SAO_PAULO, AGENCY])
    assert (html.count('class="city"'), html.count('class="agency"')) == (1, 1)
    assert html.count("<li>") == 2
    assert "legend" not in _drawn("{% network_map points %}", points=[SAO_PAULO])


def test_map_moves_a_point_that_lies_on_another_aside() -> None:
    html = _drawn("{% network_map points %}", points=[SAO_PAULO, SAO_PAULO, SAO_PAULO])
    assert len(set(re.findall(r'cx="([^"]+)"', html))) == 3


def test_map_numbers_are_for_machines_in_every_language() -> None:
    from django.utils import translation

    with translation.override("pt-br"):
        html = _drawn("{% network_map points %}", points=[SAO_PAULO])
    assert not re.search(r'c[xy]="\d+,', html)


def test_map_draws_links() -> None:
    html = _drawn(
        "{% network_map points links=links %}",
        points=[],
        links=[(-46.6, -23.5, -56.2, -34.9), (-46.6, -23.5, -56.2, -34.9, True)],
    )
    assert re.findall(r'class="(arc[^"]*)"', html) == ["arc", "arc warm"]


def test_view_of_takes_the_smallest_prepared_view() -> None:
    assert view_of([SAO_PAULO]) == SOUTH_AMERICA
    assert view_of([SAO_PAULO, MEXICO]) == LATIN_AMERICA
    assert view_of([SAO_PAULO, MADRID]) not in (SOUTH_AMERICA, LATIN_AMERICA)


def test_local_view_is_shared_by_neighbours() -> None:
    assert local_view(-46.6, -23.5) == local_view(-47.1, -22.9)


def test_points_of_puts_the_most_populous_first_and_skips_unknown_places() -> None:
    from mutirao.network.maps import points_of

    rows = [
        OrganisationFactory.build(pk=1, name="Small", population=10),
        OrganisationFactory.build(pk=2, name="Nowhere", latitude=None, longitude=None),
        OrganisationFactory.build(pk=3, name="Large", population=20),
    ]
    assert [point.label for point in points_of(rows)] == ["Large", "Small"]


def test_map_names_the_largest_city_in_a_crowd_of_neighbours() -> None:
    large = MapPoint(-46.63, -23.55, "São Paulo")
    crowd = [
        MapPoint(-46.63 + 0.6 * dx, -23.55 + 0.6 * dy, f"City {dx} {dy}")
        for dx in (-2, -1, 0, 1, 2)
        for dy in (-2, -1, 0, 1, 2)
    ]
    html = _drawn("{% network_map points %}", points=[large, *crowd])
    assert ">São Paulo</text>" in html


def test_map_keeps_every_point_near_its_place() -> None:
    from mutirao.core.maps import project

    crowd = [MapPoint(-46.6 + n / 50, -23.5, f"City {n}") for n in range(20)]
    html = _drawn("{% network_map points %}", points=crowd)
    drawn = [(float(x), float(y)) for x, y in re.findall(r'cx="([^"]+)" cy="([^"]+)"', html)]
    assert len(drawn) == 20
    for point, (mark_x, mark_y) in zip(crowd, drawn, strict=True):
        x, y = project(point.lon, point.lat, SOUTH_AMERICA)
        assert abs(mark_x - x) < 17 and abs(mark_y - y) < 17
