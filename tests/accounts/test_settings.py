"""A person's own settings, and the accounts the secretariat opens."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.actions import open_account
from mutirao.accounts.forms.own import time_zones
from mutirao.accounts.models import User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


def _save(client: Client, **fields: str):
    data = {"name": "Office", "language": "en", "time_zone": "", **fields}
    return client.post(reverse("account_settings"), data)


def test_settings_are_saved_and_the_page_follows_the_language(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    response = _save(client, name="Gabinete", language="es", time_zone="America/Asuncion")
    assert response["Location"] == "/es/accounts/settings/"
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == (
        "Gabinete", "es", "America/Asuncion",
    )  # fmt: skip


@pytest.mark.parametrize(
    "forged", [{"language": "fr"}, {"time_zone": "Mars/Olympus"}, {"name": ""}, {"name": "x" * 121}]
)
def test_settings_refuse_what_is_not_offered(client: Client, forged: dict) -> None:
    person = UserFactory(name="Before")
    client.force_login(person)
    response = _save(client, **forged)
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert User.objects.get(pk=person.pk).name == "Before"


def test_settings_change_nobody_else(client: Client) -> None:
    person, other = UserFactory(), UserFactory(name="Other")
    client.force_login(person)
    _save(client, id=str(other.pk), pk=str(other.pk), email="stolen@city.example", is_active="")
    other.refresh_from_db()
    person.refresh_from_db()
    assert (other.name, person.name, person.is_active) == ("Other", "Office", True)
    assert person.email != "stolen@city.example"


def test_settings_need_sign_in(client: Client) -> None:
    assert _save(client)["Location"].startswith(reverse("account_login"))


def test_settings_tell_for_whom_one_acts(client: Client) -> None:
    membership = MembershipFactory()
    client.force_login(membership.person)
    html = client.get(reverse("account_settings")).content.decode()
    assert membership.organisation.name in html


def test_time_zones_are_the_places_of_the_iana_list() -> None:
    names = [name for _continent, zones in time_zones() for name, _label in zones]
    assert {"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Europe/Lisbon"} <= set(names)
    assert not [name for name in names if name.startswith(("Etc/", "US/", "Brazil/"))]


@pytest.mark.parametrize("page", ["account_settings", "account_email", "account_change_password"])
def test_own_page_opens_and_costs_a_constant_number_of_queries(
    client: Client, django_assert_max_num_queries, page: str
) -> None:
    person, _new = open_account(email="a@city.example", name="A", language="en")
    person.set_password("correct horse battery")
    person.save()
    MembershipFactory(person=person)
    client.force_login(person)
    with django_assert_max_num_queries(8):
        assert client.get(reverse(page)).status_code == 200


def test_open_account_makes_one_without_password(client: Client) -> None:
    person, new = open_account(email=" New@City.example ", name="New", language="es")
    assert (person.email, new, person.has_usable_password()) == ("new@city.example", True, False)
    assert not EmailAddress.objects.get(user=person).verified
    assert mail.outbox == []


def test_open_account_finds_the_one_there_is() -> None:
    known = UserFactory(email="known@city.example", name="Known")
    assert open_account(email="KNOWN@city.example", name="Else", language="pt") == (known, False)
    known.refresh_from_db()
    assert known.name == "Known"


def test_second_address_is_confirmed_before_it_becomes_the_main_one(client: Client) -> None:
    person, _new = open_account(email="a@city.example", name="A", language="en")
    EmailAddress.objects.update(verified=True)
    client.force_login(person)
    address = reverse("account_email")
    client.post(address, {"action_add": "1", "email": "b@city.example"})
    client.post(address, {"action_primary": "1", "email": "b@city.example"})
    person.refresh_from_db()
    assert person.email == "a@city.example"
    link = re.search(r"http://[^/]+(\S+)", mail.outbox[0].body).group(1)
    client.post(link)
    client.post(address, {"action_primary": "1", "email": "b@city.example"})
    person.refresh_from_db()
    assert person.email == "b@city.example"
    assert mail.outbox[-1].to == ["a@city.example"]  # the former address is told


def test_address_of_somebody_else_cannot_be_removed(client: Client) -> None:
    other, _new = open_account(email="other@city.example", name="Other", language="en")
    EmailAddress.objects.create(user=other, email="second@city.example", verified=True)
    client.force_login(UserFactory())
    data = {"action_remove": "1", "email": "second@city.example"}
    client.post(reverse("account_email"), data)
    assert EmailAddress.objects.filter(email="second@city.example").exists()
