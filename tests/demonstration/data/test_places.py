"""The demonstration's cities and organisations: enough of them, in their own countries."""

import re
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from mutirao.demonstration.data import read

# South, north, west, east of each country, half a degree generous (mainland and islands named).
BOXES = {
    "AR": (-55.5, -21.5, -73.8, -53.4),
    "BO": (-23.2, -9.4, -70.0, -57.2),
    "BR": (-34.0, 5.5, -74.2, -34.5),
    "CL": (-56.0, -17.3, -76.0, -66.2),
    "CO": (-4.5, 13.5, -79.3, -66.6),
    "EC": (-5.2, 1.7, -81.3, -75.0),
    "ES": (35.8, 44.0, -9.5, 4.5),
    "FR": (41.2, 51.3, -5.4, 9.8),
    "KE": (-4.9, 5.2, 33.8, 42.0),
    "LU": (49.3, 50.3, 5.6, 6.7),
    "PE": (-18.6, 0.2, -81.5, -68.5),
    "PT": (36.8, 42.3, -9.7, -6.0),
    "PY": (-27.8, -19.1, -62.8, -54.1),
    "US": (24.4, 49.5, -125.0, -66.8),
    "UY": (-35.1, -30.0, -58.6, -53.0),
    "VE": (0.5, 12.4, -73.5, -59.7),
    "ZA": (-35.0, -22.0, 16.3, 33.1),
}
# Capitals we know well: a box is too wide to catch two swapped cities.
KNOWN = {
    "buenos-aires": (-34.60, -58.38),
    "montevideo": (-34.90, -56.18),
    "asuncion": (-25.28, -57.63),
    "santiago": (-33.45, -70.66),
    "la-paz": (-16.50, -68.15),
    "lima": (-12.05, -77.04),
    "quito": (-0.22, -78.51),
    "bogota": (4.65, -74.08),
    "caracas": (10.49, -66.90),
    "sao-paulo": (-23.55, -46.63),
}


def inside(record: dict) -> bool:
    south, north, west, east = BOXES[record["country"]]
    return south <= record["lat"] <= north and west <= record["lon"] <= east


def places() -> list[dict]:
    plan_events = [event for plan in read("plans") for event in plan["events"]]
    named = [event for event in read("events") + plan_events if event["town"]]
    return read("cities") + read("agencies") + read("others") + named


@pytest.mark.parametrize("record", places(), ids=lambda record: record["slug"])
def test_place_lies_inside_its_country(record):
    assert inside(record)


def test_cities_known_capitals_are_where_they_are():
    cities = {city["slug"]: city for city in read("cities")}
    for slug, (lat, lon) in KNOWN.items():
        assert abs(cities[slug]["lat"] - lat) <= 0.05
        assert abs(cities[slug]["lon"] - lon) <= 0.05


def test_cities_are_forty_of_ten_countries():
    cities = read("cities")
    assert len(cities) >= 40
    assert len({city["country"] for city in cities}) >= 10


def test_cities_speak_their_country_language():
    for city in read("cities"):
        assert city["languages"] == (["pt"] if city["country"] == "BR" else ["es"])


def test_cities_carry_plausible_figures():
    for city in read("cities"):
        assert 20_000 <= city["population"] <= 20_000_000
        assert city["population"] % 100 == 0
        assert 2010 <= city["population_year"] <= 2025
        assert date.fromisoformat(city["admitted_on"]) > date(1995, 1, 1)
        assert ZoneInfo(city["timezone"]).key == city["timezone"]


def test_organisations_have_one_slug_each():
    slugs = Counter(record["slug"] for record in read("cities") + read("agencies") + read("others"))
    assert [slug for slug, times in slugs.items() if times > 1] == []


def test_agencies_serve_at_least_ten_cities_and_two_serve_several():
    agencies, cities = read("agencies"), {city["slug"]: city for city in read("cities")}
    assert len({slug for agency in agencies for slug in agency["cities"]}) >= 10
    assert sum(len(agency["cities"]) > 1 for agency in agencies) >= 2
    for agency in agencies:
        assert {cities[slug]["country"] for slug in agency["cities"]} == {agency["country"]}


def test_others_are_of_known_kinds_and_cities():
    slugs = {city["slug"] for city in read("cities")}
    kinds = Counter(other["kind"] for other in read("others"))
    assert set(kinds) == {"bank", "investor", "university", "civil_society", "network"}
    assert kinds["network"] == 1
    assert {other["city"] for other in read("others")} <= slugs | {None}


def test_websites_are_encrypted_addresses_or_absent():
    for record in read("cities") + read("agencies") + read("others"):
        assert record["website"] is None or re.fullmatch(r"https://[\w.-]+/?", record["website"])
