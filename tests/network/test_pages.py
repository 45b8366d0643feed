"""The public pages: what they hold, what they cost, and where wrong addresses lead."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.network.states import Office, Role
from tests.factories import (
    MandateFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
)

from .factories import agency, member, past_term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def _page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"network:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def _listed(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)


# directory


def test_directory_lists_members_and_agencies_for_everyone(client: Client) -> None:
    city = member("Rosario", country="AR")
    agency("Agency", city)
    html = _page(client, "directory")
    assert _listed(html) == ["Agency", "Rosario"]
    assert "Argentina" in html and "2 organisations" in html


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "sao"}, ["São Paulo"]),
        ({"kind": "agency"}, ["Agency"]),
        ({"country": "AR"}, ["Rosario"]),
        ({"language": "es"}, ["Rosario"]),
        ({"sort": "population"}, ["São Paulo", "Rosario", "Agency"]),
        ({"sort": "country"}, ["Rosario", "Agency", "São Paulo"]),
        ({"q": "rosario", "country": "BR"}, []),
        ({"kind": "nonsense", "country": "??", "unit": "x", "page": "999"},
         ["Agency", "Rosario", "São Paulo"]),
    ],
)  # fmt: skip
def test_directory_filters_from_its_address(client: Client, query: dict, names: list) -> None:
    rosario = member("Rosario", country="AR", languages=["es"], population=10)
    member("São Paulo", population=20)
    agency("Agency", rosario, languages=[])
    assert _listed(_page(client, "directory", **query)) == names


def test_directory_filters_by_unit_held_today(client: Client) -> None:
    holder, before = member("Holder"), member("Before")
    unit = UnitFactory()
    MandateFactory(unit=unit, organisation=holder)
    MandateFactory(unit=unit, organisation=before, term=past_term())
    assert _listed(_page(client, "directory", unit=str(unit.pk))) == ["Holder"]


def test_directory_gives_htmx_the_list_alone(client: Client) -> None:
    member("Rosario")
    address = reverse("network:directory")
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<section id="results"') and "<html" not in part
    back = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()
    assert "HX-Request" in back["Vary"]  # a browser must not keep the part as the page


def test_directory_goes_along_as_csv_json_and_xlsx(client: Client) -> None:
    member("=Formula", country="AR")
    member("São Paulo")
    address = reverse("network:directory")
    text = b"".join(client.get(address, {"format": "csv", "country": "AR"})).decode("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(text))] == ["'=Formula"]
    rows = json.loads(b"".join(client.get(address, {"format": "json"})))
    assert [(row["Name"], row["Country"]) for row in rows] == [
        ("=Formula", "AR"),
        ("São Paulo", "BR"),
    ]
    assert client.get(address, {"format": "xlsx"}).content[:2] == b"PK"


def test_directory_says_when_nothing_matches(client: Client) -> None:
    assert "No organisation matches" in _page(client, "directory", q="nowhere")


def test_directory_shows_25_a_page_and_keeps_the_filter_in_the_next(client: Client) -> None:
    for n in range(26):
        member(f"City {n:02}")
    html = _page(client, "directory", kind="city")
    assert len(_listed(html)) == 25
    assert 'rel="next" href="?kind=city&amp;page=2"' in html
    assert _listed(_page(client, "directory", page="2")) == ["City 25"]


# the others


def test_map_links_members_and_tells_of_those_without_a_place(client: Client) -> None:
    city = member("Rosario")
    member("Nowhere", latitude=None, longitude=None)
    html = _page(client, "map")
    assert f'<a href="{city.get_absolute_url()}" aria-label="Rosario">' in html
    assert "1 organisation is not on the map" in html
    assert "Nowhere" in html


def test_organisation_page_of_a_city(client: Client) -> None:
    city = member("Rosario", country="AR", population=1_300_000)
    agency("Its agency", city)
    mandate = MandateFactory(organisation=city)
    html = _page(client, "organisation", city.pk, city.slug)
    for text in ("A city.", "Argentina", "1,300,000", "Its agency", str(mandate.unit), "since"):
        assert text in html


def test_organisation_page_of_an_agency_lists_its_cities(client: Client) -> None:
    one = agency("Its agency", member("Rosario"), member("Santa Fe"))
    html = _page(client, "organisation", one.pk, one.slug)
    assert "The cities it works for" in html
    assert "Rosario" in html and "Santa Fe" in html


def test_organisation_page_names_roles_but_no_person(client: Client) -> None:
    city = member("Rosario")
    person = UserFactory(name="Somebody Private")
    MembershipFactory(organisation=city, person=person, role=Role.SIGNATORY)
    html = _page(client, "organisation", city.pk, city.slug)
    assert "Signatory" in html
    assert person.name not in html and person.email not in html


def test_organisation_page_without_place_has_no_map(client: Client) -> None:
    city = member("Nowhere", latitude=None, longitude=None)
    assert 'class="map"' not in _page(client, "organisation", city.pk, city.slug)


def test_units_page_shows_holders_of_today(client: Client) -> None:
    mandate = MandateFactory(organisation=member("Rosario"))
    before = MandateFactory(unit=mandate.unit, term=past_term(), organisation=member("Before"))
    html = _page(client, "units")
    assert str(mandate.unit) in html and "Rosario" in html
    assert before.organisation.name not in html


def test_units_page_is_searched_without_accents(client: Client) -> None:
    UnitFactory(name={"en": "Água"})
    UnitFactory(name={"en": "Fire"})
    html = _page(client, "units", q="agua")
    assert "Água" in html and "Fire" not in html


def test_unit_page_tells_its_terms(client: Client) -> None:
    mandate = MandateFactory(organisation=member("Rosario"))
    MandateFactory(
        unit=mandate.unit,
        term=past_term(),
        organisation=member("Before"),
        office=Office.SUB_COORDINATOR,
    )
    html = _page(client, "unit", mandate.unit.pk, mandate.unit.slug)
    today, history = html.split('aria-labelledby="history"')
    assert "Rosario" in today and "Before" not in today
    assert "Before" in history and "Sub-coordinator" in history


def test_terms_and_term_pages(client: Client) -> None:
    mandate = MandateFactory(organisation=member("Rosario"))
    past_term()
    assert _listed(_page(client, "terms")) == [mandate.term.code, "2018"]
    assert "Rosario" in _page(client, "term", mandate.term.code)
    assert "No office given yet" in _page(client, "term", "2018")


@pytest.mark.parametrize("kind", ["organisation", "unit"])
def test_detail_page_leads_to_its_right_address(client: Client, kind: str) -> None:
    record = member("Rosario") if kind == "organisation" else UnitFactory()
    response = client.get(reverse(f"network:{kind}", args=[record.pk, "old-name"]))
    assert (response.status_code, response["Location"]) == (301, record.get_absolute_url())
    assert client.get(reverse(f"network:{kind}", args=[0, "x"])).status_code == 404


def _sizes(count: int) -> dict[str, list[object]]:
    """A network with `count` of everything that lists show."""
    city, unit, term = member("First"), UnitFactory(), TermFactory()
    for n in range(count):
        other = member(f"Other {n}")
        agency(f"Agency {n}", city, other)
        MandateFactory(unit=unit, organisation=other, office=Office.SUB_COORDINATOR)
        MandateFactory(organisation=city)
        MembershipFactory(organisation=city)
        UnitFactory(parent=unit)
    return {
        "directory": [],
        "map": [],
        "units": [],
        "terms": [],
        "term": [term.code],
        "organisation": [city.pk, city.slug],
        "unit": [unit.pk, unit.slug],
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("directory", 5),
        ("map", 1),
        ("units", 2),
        ("terms", 2),
        ("term", 3),
        ("organisation", 9),
        ("unit", 7),
    ],
)
def test_public_page_costs_a_constant_number_of_queries(
    client: Client, django_assert_num_queries, name: str, queries: int, count: int
) -> None:
    args = _sizes(count)[name]
    client.get(reverse(f"network:{name}", args=args))  # content types are asked for once a process
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"network:{name}", args=args)).status_code == 200


def test_former_member_keeps_its_page(client: Client) -> None:
    from datetime import date

    left = OrganisationFactory(name="Left")
    MemberFactory(organisation=left, ends_on=date(2001, 1, 1))
    assert "Jan 2001" in _page(client, "organisation", left.pk, left.slug)
