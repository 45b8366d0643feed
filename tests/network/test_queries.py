"""Who is seen, on which day, and in which order."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from mutirao.network import queries
from mutirao.network.acting import NOBODY
from mutirao.network.models import Organisation
from mutirao.network.states import Office, Role, UnitKind
from tests.factories import (
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
)

from .factories import agency, member, past_term

pytestmark = pytest.mark.django_db


def _names(rows: object) -> list[str]:
    return [row.name for row in rows]  # type: ignore[attr-defined]


def test_members_on_a_day_includes_first_and_last_day() -> None:
    city = OrganisationFactory()
    MemberFactory(organisation=city, starts_on=date(2010, 5, 1), ends_on=date(2012, 5, 1))
    days = [date(2010, 4, 30), date(2010, 5, 1), date(2012, 5, 1), date(2012, 5, 2)]
    assert [list(queries.members_on(day)) == [city] for day in days] == [False, True, True, False]


def test_directory_holds_members_and_their_agencies_only() -> None:
    city = member("Rosario")
    outside = OrganisationFactory(name="Outside")
    agency("Agency of Rosario", city)
    agency("Agency of Outside", outside)
    left = OrganisationFactory(name="Left")
    MemberFactory(organisation=left, ends_on=date(2001, 1, 1))
    assert _names(queries.directory(NOBODY)) == ["Agency of Rosario", "Rosario"]


def test_directory_tells_the_cities_of_an_agency() -> None:
    a, b = member("B city"), member("Á city")
    agency("Both", a, b)
    row = queries.directory(NOBODY).get(name="Both")
    assert [city["name"] for city in row.agency_cities] == ["Á city", "B city"]


def test_organisations_are_ordered_without_accents() -> None:
    for name in ("Zárate", "Águas", "Belém", "avellaneda"):
        OrganisationFactory(name=name)
    assert _names(queries.organisations()) == ["Águas", "avellaneda", "Belém", "Zárate"]


@pytest.mark.parametrize("words", ["sao jose", "SÃO", "são josé", "jose SAO", "sj"])
def test_named_like_ignores_accents_capitals_and_order(words: str) -> None:
    OrganisationFactory(name="São José dos Campos", short_name="SJ")
    OrganisationFactory(name="Santos")
    rows = queries.named_like(Organisation.objects.all(), words)
    assert _names(rows) == ["São José dos Campos"]


@pytest.mark.parametrize("words", ["100%", "_", "\\", "'", "%"])
def test_named_like_takes_every_sign_literally(words: str) -> None:
    OrganisationFactory(name="Santos")
    assert _names(queries.named_like(Organisation.objects.all(), words)) == []


def test_sorted_by_country_follows_the_readers_alphabet() -> None:
    for code in ("DE", "AR", "ES"):
        OrganisationFactory(country=code)
    with translation.override("pt-br"):
        codes = queries.countries_present(NOBODY)
        rows = queries.sorted_by(Organisation.objects.all(), "country", codes)
        assert [row.country for row in rows] == ["DE", "AR", "ES"]  # Alemanha first
    with translation.override("en"):
        codes = queries.countries_present(NOBODY)
        rows = queries.sorted_by(Organisation.objects.all(), "country", codes)
        assert [row.country for row in rows] == ["AR", "DE", "ES"]


def test_sorted_by_population_puts_the_unknown_last() -> None:
    for name, people in (("Small", 10), ("Unknown", None), ("Large", 20)):
        OrganisationFactory(name=name, population=people)
    rows = queries.sorted_by(Organisation.objects.all(), "population", [])
    assert _names(rows) == ["Large", "Small", "Unknown"]


def test_mandates_on_leaves_out_past_terms_and_ended_ones() -> None:
    today = timezone.localdate()
    live = MandateFactory()
    MandateFactory(office=Office.SUB_COORDINATOR, ends_on=today - timedelta(days=1))
    MandateFactory(term=past_term())
    assert list(queries.mandates_on(today)) == [live]
    held = queries.mandates()
    assert [m for m in held if queries.holds_on(m, today)] == [live]


def test_current_term_is_the_one_that_covers_the_day() -> None:
    old, now = past_term(), TermFactory()
    assert queries.current_term() == now
    assert queries.current_term(date(2018, 12, 31)) == old
    assert queries.current_term(date(2019, 1, 1)) is None


def test_units_are_ordered_by_kind_then_name_of_the_readers_language() -> None:
    b = UnitFactory(name={"pt": "Beta", "en": "Zeta"})
    a = UnitFactory(name={"pt": "Água", "en": "Water"})
    board = UnitFactory(name={"pt": "Zelo", "en": "Zeal"}, kind=UnitKind.BOARD)
    with translation.override("pt-br"):
        assert queries.in_readers_order(queries.units()) == [board, a, b]
    with translation.override("en"):
        assert queries.in_readers_order(queries.units()) == [board, a, b]
        b.name["en"] = "Air"
        b.save()
        assert queries.in_readers_order(queries.units()) == [board, b, a]


def test_units_led_by_needs_a_leading_office_and_a_writing_role() -> None:
    mandate = MandateFactory()
    MandateFactory(organisation=mandate.organisation, office=Office.SUB_COORDINATOR)
    assert list(queries.units_led_by(coordinator(mandate))) == [mandate.unit]
    observer = actor(mandate.organisation, Role.OBSERVER)
    assert list(queries.units_led_by(observer)) == []
    assert list(queries.units_led_by(NOBODY)) == []


def test_pickers_offer_by_name_with_one_query(django_assert_num_queries) -> None:
    from django import forms

    from mutirao.network.forms import OrganisationField, UnitField

    class Picking(forms.Form):
        organisation = OrganisationField()
        unit = UnitField()

    OrganisationFactory(name="Santos")
    OrganisationFactory(name="Águas", country="UY")
    UnitFactory(name={"pt": "Beta"})
    UnitFactory(name={"pt": "Água"})
    UnitFactory(name={"pt": "Diretoria"}, kind=UnitKind.BOARD)
    form = Picking()
    with django_assert_num_queries(2), translation.override("pt-br"):
        html = str(form["organisation"]), str(form["unit"])
    assert html[0].index("Águas (Uruguai)") < html[0].index("Santos (Brasil)")
    assert html[1].index("Diretoria") < html[1].index("Água") < html[1].index("Beta")
    assert html[1].count("<optgroup") == 2
