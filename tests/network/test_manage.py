"""What the secretariat does, what the database refuses, and who may not."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from mutirao.core.models import NotAllowed
from mutirao.network import actions
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.models import AgencyCity, Mandate, Member, Membership, Organisation, Term, Unit
from mutirao.network.states import Kind, Office, Role
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
    actor,
    coordinator,
    secretariat,
)

from .factories import agency, member, past_term

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by() -> Actor:
    return secretariat()


@pytest.fixture
def office(client: Client, by: Actor) -> Client:
    client.force_login(by.person)
    return client


def _url(name: str, *args: object) -> str:
    return reverse(f"network:{name}", args=args)


def _last(day: date) -> dict[str, str]:
    return {"last_day": day.isoformat(), "successor": "desk"}


def _organisation(**changes: object) -> dict[str, object]:
    return {"kind": "city", "name": "Nova Cidade", "country": "BR", **changes}


# who may not


def _targets() -> list[tuple[str, str, dict]]:
    """(method, address, data) of every page and act of the secretariat."""
    city = member("City")
    link = AgencyCity.objects.create(agency=agency("Agency"), city=city)
    held, mandate = MembershipFactory(organisation=city), MandateFactory(organisation=city)
    day = {"ends_on": TODAY().isoformat()}
    person = {
        "email": "x@city.example", "name": "X", "language": "pt", "role": "officer",
        "starts_on": "2026-01-01",
    }  # fmt: skip
    unit = {"kind": "board", "name_pt": "A", "name_es": "B", "name_en": "C"}
    give = {"organisation": city.pk, "office": "president", "term": mandate.term_id}
    return [
        ("get", _url("manage"), {}),
        ("get", _url("manage_new_organisation"), {}),
        ("post", _url("manage_new_organisation"), _organisation()),
        ("get", _url("manage_organisation", city.pk), {}),
        ("post", _url("manage_organisation", city.pk), _organisation()),
        ("post", _url("manage_admit", city.pk), {"starts_on": "2026-01-01"}),
        ("post", _url("manage_link", city.pk), {"partner": link.agency_id}),
        ("post", _url("manage_unlink", city.pk, link.pk), {}),
        ("post", _url("manage_person", city.pk), person),
        ("post", _url("manage_end_member", city.admissions.get().pk), day),
        ("post", reverse("continuity:leave", args=[held.pk]), _last(TODAY())),
        ("post", _url("manage_new_unit"), unit),
        ("post", _url("manage_unit", mandate.unit_id), unit),
        ("post", _url("manage_give_mandate", mandate.unit_id), give),
        ("post", _url("manage_end_mandate", mandate.pk), day),
        ("post", _url("manage_new_term"), {"code": "x", "starts_on": "2030-01-01", "ends_on": "2030-12-31"}),  # noqa: E501
    ]  # fmt: skip


def _everything() -> list[list[dict]]:
    models = (Organisation, AgencyCity, Member, Unit, Term, Mandate, Membership)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("who", ["focal point", "signatory", "coordinator", "false secretariat"])
def test_manage_is_refused_to_others(client: Client, who: str) -> None:
    person = {
        "focal point": lambda: actor(),
        "signatory": lambda: actor(SecretariatFactory(), Role.SIGNATORY),
        "coordinator": lambda: coordinator(),
        "false secretariat": lambda: actor(OrganisationFactory(), Role.SECRETARIAT),
    }[who]().person
    targets = _targets()
    before = _everything()
    client.force_login(person)
    answers = [getattr(client, method)(url, data).status_code for method, url, data in targets]
    assert answers == [403] * len(targets)
    assert _everything() == before


def test_manage_leads_visitors_to_sign_in(client: Client) -> None:
    targets = _targets()
    before = _everything()
    for method, url, data in targets:
        assert getattr(client, method)(url, data)["Location"].startswith(reverse("account_login"))
    assert _everything() == before


def test_manage_is_open_to_the_secretariat_and_linked_for_it_only(office: Client) -> None:
    assert _url("manage") in office.get(_url("directory")).content.decode()
    assert _url("manage") not in Client().get(_url("directory")).content.decode()


@pytest.mark.parametrize("nobody", [lambda: NOBODY, lambda: actor()])
def test_actions_check_the_rule_themselves(nobody) -> None:
    with pytest.raises(PermissionDenied):
        actions.admit(by=nobody(), organisation=OrganisationFactory(), starts_on=TODAY())
    with pytest.raises(PermissionDenied):
        actions.give_mandate(
            by=nobody(),
            organisation=OrganisationFactory(),
            unit=UnitFactory(),
            term=TermFactory(),
            office=Office.COORDINATOR,
        )


# organisations


def test_new_organisation_gets_its_own_address(office: Client) -> None:
    OrganisationFactory(slug="nova-cidade")
    data = _organisation(
        population="10", latitude="-1.5", longitude="-2", languages=["pt", "es"],
        about_pt="Uma.", about_en="One.", website="cidade.example",
    )  # fmt: skip
    response = office.post(_url("manage_new_organisation"), data)
    made = Organisation.objects.get(name="Nova Cidade")
    assert response["Location"] == _url("manage_organisation", made.pk)
    assert (made.slug, made.about) == ("nova-cidade-2", {"pt": "Uma.", "en": "One."})
    assert (made.latitude, made.longitude, made.languages) == (-1.5, -2.0, ["pt", "es"])
    assert made.website == "https://cidade.example"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"country": ""}, "needs its country"),
        ({"latitude": "-23"}, "together, or neither"),
        ({"latitude": "-91", "longitude": "0"}, "greater than or equal to -90"),
        ({"name": ""}, "This field is required"),
        ({"kind": "planet"}, "Select a valid choice"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_new_organisation_says_what_is_wrong_and_keeps_what_was_typed(
    office: Client, changes: dict, message: str
) -> None:
    data = _organisation(**{"short_name": "Typed", **changes})
    html = office.post(_url("manage_new_organisation"), data).content.decode()
    assert message in html and 'value="Typed"' in html
    assert not Organisation.objects.filter(short_name="Typed").exists()


def test_edit_of_an_organisation_keeps_its_address(office: Client) -> None:
    city = member("Before", slug="before")
    page = office.get(_url("manage_organisation", city.pk)).content.decode()
    assert 'value="Before"' in page and "A city." in page
    office.post(_url("manage_organisation", city.pk), _organisation(name="After"))
    city.refresh_from_db()
    assert (city.name, city.slug) == ("After", "before")


def test_refused_edit_shows_the_form_and_the_saved_name(office: Client) -> None:
    city = member("Before")
    data = _organisation(name="After", country="")
    html = office.post(_url("manage_organisation", city.pk), data).content.decode()
    assert "<h1>Before</h1>" in html and 'value="After"' in html


def test_link_between_agency_and_city_from_either_side(office: Client) -> None:
    one, other = member("One"), member("Other")
    made = agency("Agency")
    office.post(_url("manage_link", one.pk), {"partner": made.pk})
    office.post(_url("manage_link", made.pk), {"partner": other.pk})
    assert set(made.cities.all()) == {one, other}
    again = office.post(_url("manage_link", one.pk), {"partner": made.pk})
    assert "Agency is linked to One already." in again.content.decode()
    link = AgencyCity.objects.get(city=one)
    office.post(_url("manage_unlink", other.pk, link.pk))  # not this one's link
    assert AgencyCity.objects.count() == 2
    office.post(_url("manage_unlink", one.pk, link.pk))
    assert list(made.cities.all()) == [other]


def test_link_refuses_what_is_no_agency(office: Client, by: Actor) -> None:
    city, other = member("City"), member("Other")
    office.post(_url("manage_link", city.pk), {"partner": other.pk})
    assert not AgencyCity.objects.exists()
    with pytest.raises(NotAllowed, match="Only a development agency"):
        actions.link_agency(by=by, agency=other, city=city)


def test_admission_begins_and_ends(office: Client) -> None:
    city = OrganisationFactory()
    office.post(_url("manage_admit", city.pk), {"starts_on": "2020-05-01"})
    held = city.admissions.get()
    twice = office.post(_url("manage_admit", city.pk), {"starts_on": "2021-01-01"})
    assert "is a member since May 1, 2020 already" in twice.content.decode() or (
        "is a member since 1 May 2020 already" in twice.content.decode()
    )
    early = office.post(_url("manage_end_member", held.pk), {"ends_on": "2020-04-30"})
    assert "cannot come before the first" in early.content.decode()
    office.post(_url("manage_end_member", held.pk), {"ends_on": "2022-01-31"})
    office.post(_url("manage_admit", city.pk), {"starts_on": "2022-02-01"})
    assert list(city.admissions.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (date(2020, 5, 1), date(2022, 1, 31)),
        (date(2022, 2, 1), None),
    ]


# units, terms, mandates


def test_unit_is_created_and_edited(office: Client) -> None:
    names = {"name_pt": "Água", "name_es": "Agua", "name_en": "Water"}
    office.post(_url("manage_new_unit"), {"kind": "thematic_unit", **names})
    made = Unit.objects.get(slug="water")
    assert made.name == {"pt": "Água", "es": "Agua", "en": "Water"}
    parent = UnitFactory()
    data = {"kind": "commission", "parent": parent.pk, **names, "about_es": "Ríos."}
    office.post(_url("manage_unit", made.pk), data)
    made.refresh_from_db()
    assert (made.kind, made.parent, made.about) == ("commission", parent, {"es": "Ríos."})


def test_unit_cannot_be_part_of_its_own_part(by: Actor) -> None:
    top = UnitFactory()
    below = UnitFactory(parent=UnitFactory(parent=top))
    with pytest.raises(NotAllowed, match="own parts"):
        actions.save_unit(by=by, unit=top, parent=below)


def test_term_cannot_overlap_another(office: Client) -> None:
    past_term()
    data = {"code": "2018b", "starts_on": "2018-12-31", "ends_on": "2019-12-31"}
    html = office.post(_url("manage_new_term"), data).content.decode()
    assert "Terms cannot overlap: 2018 goes from" in html and 'value="2018b"' in html
    data = {"code": "2018", "starts_on": "2019-01-01", "ends_on": "2019-12-31"}
    assert "There is a term called 2018 already" in (
        office.post(_url("manage_new_term"), data).content.decode()
    )
    data["code"] = "2019"
    assert office.post(_url("manage_new_term"), data)["Location"] == _url("term", "2019")


def _give(client: Client, unit: Unit, city: Organisation, term: Term, **changes: str):
    data = {"organisation": city.pk, "office": "coordinator", "term": term.pk, **changes}
    return client.post(_url("manage_give_mandate", unit.pk), data)


def test_mandate_is_given_for_the_whole_term(office: Client) -> None:
    unit, city, term = UnitFactory(), member("City"), TermFactory()
    assert _give(office, unit, city, term)["Location"] == _url("manage_unit", unit.pk)
    made = Mandate.objects.get()
    assert (made.organisation, made.office, made.starts_on, made.ends_on) == (
        city, "coordinator", term.starts_on, None,
    )  # fmt: skip


def test_second_live_coordinator_is_refused_naming_the_present_one(office: Client) -> None:
    unit, term = UnitFactory(), past_term()
    _give(office, unit, member("Rosario"), term)
    second = member("Second")
    html = _give(office, unit, second, term).content.decode()
    assert "Rosario already is coordinator of" in html
    assert "1 Jan 2018" in html and "31 Dec 2018" in html
    assert f'<option value="{second.pk}" selected' in html
    assert Mandate.objects.count() == 1


def test_second_sub_coordinator_is_welcome_but_not_twice_the_same(office: Client) -> None:
    unit, term, city = UnitFactory(), TermFactory(), member("City")
    for holder in (member("First"), city):
        _give(office, unit, holder, term, office="sub_coordinator")
    assert Mandate.objects.count() == 2
    again = _give(office, unit, city, term, office="sub_coordinator").content.decode()
    assert "City already is sub-coordinator" in again


def test_office_passes_on_when_the_mandate_ends(office: Client) -> None:
    unit, term = UnitFactory(), past_term()
    _give(office, unit, member("First"), term)
    first = Mandate.objects.get()
    office.post(_url("manage_end_mandate", first.pk), {"ends_on": "2018-06-30"})
    _give(office, unit, member("Second"), term, starts_on="2018-07-01")
    assert list(
        unit.mandates.order_by("starts_on").values_list("organisation__name", "ends_on")
    ) == [("First", date(2018, 6, 30)), ("Second", None)]


@pytest.mark.parametrize(
    "days",
    [
        {"starts_on": "2017-12-31"},
        {"ends_on": "2019-01-01"},
        {"starts_on": "2018-05-02", "ends_on": "2018-05-01"},
    ],
)
def test_mandate_must_lie_within_its_term(office: Client, days: dict) -> None:
    html = _give(office, UnitFactory(), member("City"), past_term(), **days).content.decode()
    assert "must lie within it" in html
    assert not Mandate.objects.exists()


# people


def _person(**changes: str) -> dict[str, str]:
    return {
        "email": "New@City.example", "name": "Gabinete", "language": "es",
        "role": "coordinator", "starts_on": "2026-01-01", **changes,
    }  # fmt: skip


def test_person_gets_an_account_when_the_address_is_new(office: Client) -> None:
    city = member("City")
    page = office.post(_url("manage_person", city.pk), _person(), follow=True).content.decode()
    person = User.objects.get(email="new@city.example")
    assert (person.name, person.language, person.has_usable_password()) == ("Gabinete", "es", False)
    assert person.memberships.get().role == Role.COORDINATOR
    assert "no mail was sent" in page and mail.outbox == []


def test_person_with_an_account_keeps_it(office: Client) -> None:
    city, known = member("City"), UserFactory(email="new@city.example", name="Known")
    page = office.post(_url("manage_person", city.pk), _person(), follow=True).content.decode()
    known.refresh_from_db()
    assert known.name == "Known" and known.memberships.get().organisation == city
    assert "no mail was sent" not in page


def test_person_acts_once_at_a_time_for_an_organisation(office: Client) -> None:
    city = member("City")
    office.post(_url("manage_person", city.pk), _person())
    html = office.post(_url("manage_person", city.pk), _person(role="officer")).content.decode()
    assert "Gabinete already acts for it as coordinator" in html
    assert Membership.objects.filter(organisation=city).count() == 1


def test_person_refused_leaves_no_account_behind(office: Client) -> None:
    city = member("City")
    data = _person(starts_on="2026-05-01", ends_on="2026-04-01")
    html = office.post(_url("manage_person", city.pk), data).content.decode()
    assert "cannot come before the first" in html
    assert not User.objects.filter(email="new@city.example").exists()


def test_membership_ends_and_the_person_acts_for_it_no_more(office: Client) -> None:
    held = MembershipFactory()
    yesterday = TODAY() - timedelta(days=1)
    office.post(reverse("continuity:leave", args=[held.pk]), _last(yesterday))
    held.refresh_from_db()
    assert held.ends_on == yesterday
    visitor = Client()
    visitor.force_login(held.person)
    assert visitor.get(_url("directory")).wsgi_request.actor.organisation is None


def test_nobody_ends_the_membership_they_act_by(office: Client, by: Actor) -> None:
    path = reverse("continuity:leave", args=[by.membership.pk])
    html = office.post(path, _last(TODAY()), follow=True).content.decode()
    assert "ask a colleague" in html
    assert Membership.objects.get(pk=by.membership.pk).ends_on is None


def test_change_is_kept_as_person_for_organisation(office: Client, by: Actor) -> None:
    city = OrganisationFactory()
    office.post(_url("manage_admit", city.pk), {"starts_on": "2026-01-01"})
    context = Member.history.rel.related_model.objects.get(pgh_obj__organisation=city).pgh_context
    assert context.metadata["user"] == by.person.pk
    assert context.metadata["organisation"] == by.organisation_id


# lists


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "rosario"}, ["Rosario"]),
        ({"member": "no"}, ["Outside", "Technical secretariat"]),
        ({"member": "yes", "kind": "city"}, ["Rosario"]),
    ],
)
def test_overview_finds_members_and_others(office: Client, query: dict, names: list) -> None:
    member("Rosario")
    OrganisationFactory(name="Outside", kind=Kind.BANK)
    page = office.get(_url("manage"), query).context["page"]
    assert [row.name for row in page] == names


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [("manage", 4), ("manage_organisation", 8), ("manage_unit", 8)]
)
def test_manage_page_costs_a_constant_number_of_queries(
    office: Client, django_assert_num_queries, page: str, queries: int, count: int
) -> None:
    city, unit = member("City"), UnitFactory()
    for n in range(count):
        agency(f"Agency {n}", city)
        MembershipFactory(organisation=city)
        MandateFactory(unit=unit, organisation=city, office=Office.MEMBER, ends_on=TODAY())
        UnitFactory(parent=unit)
    args = {"manage": [], "manage_organisation": [city.pk], "manage_unit": [unit.pk]}[page]
    session_user_memberships_and_bell = 4
    with django_assert_num_queries(queries + session_user_memberships_and_bell):
        assert office.get(_url(page, *args)).status_code == 200
