"""Citizens open accounts of their own; nobody learns who has one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.models import Consent, ConsentText, User
from mutirao.network.acting import actor_for
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a short sentence of mine"


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


def sign_up(client: Client, language: str = "en", **fields: str):
    data = {"name": "Ana", "email": "ana@home.example", "password1": PASSWORD, "agrees": "on"}
    return client.post(f"/{language}/accounts/signup/", {**data, **fields})


def confirm(client: Client) -> None:
    link = re.search(r"http://[^/]+(\S+)", mail.outbox[-1].body).group(1)
    client.post(link)


def test_sign_up_opens_an_account_that_acts_for_nobody(client: Client) -> None:
    response = sign_up(client, language="es")
    assert response["Location"].startswith("/es/accounts/confirm-email/")
    person = User.objects.get()
    assert (person.name, person.email, person.language) == ("Ana", "ana@home.example", "es")
    assert not actor_for(person).memberships
    assert "_auth_user_id" not in client.session
    confirm(client)
    entered = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert entered["Location"] == reverse("home:desk")
    assert client.get(reverse("home:desk")).status_code == 200


def test_sign_up_keeps_what_was_agreed_to(client: Client) -> None:
    sign_up(client)
    person = User.objects.get()
    agreed = Consent.objects.filter(person=person).values_list("text__kind", "text__version")
    assert sorted(agreed) == [("privacy", 1), ("terms", 1)]
    assert not person.owes_consent


@pytest.mark.parametrize(
    "wrong", [{"agrees": ""}, {"name": ""}, {"email": "nobody"}, {"password1": "12345678"}]
)
def test_sign_up_says_what_is_missing_and_keeps_the_rest(client: Client, wrong: dict) -> None:
    response = sign_up(client, **wrong)
    html = response.content.decode()
    assert response.status_code == 200 and 'role="alert"' in html
    assert "Ana" in html or "name" in wrong
    assert not User.objects.exists()


def test_sign_up_with_a_known_address_looks_the_same_and_tells_its_owner(client: Client) -> None:
    known = UserFactory(email="ana@home.example", name="Before")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    there = sign_up(client)
    new = sign_up(Client(), email="other@home.example")
    assert (there.status_code, there["Location"]) == (new.status_code, new["Location"])
    follow = [one.get(there["Location"]).content for one in (client, Client())]
    assert [b"We sent a message" in page for page in follow] == [True, True]
    known.refresh_from_db()
    assert known.name == "Before" and User.objects.count() == 2
    assert "already has an account" in mail.outbox[0].body


def test_sign_up_forged_fields_change_nothing(client: Client) -> None:
    sign_up(client, is_sample="on", is_active="", owes_consent="", erased_at="2020-01-01", id="7")
    person = User.objects.get()
    assert (person.is_sample, person.is_active, person.erased_at) == (False, True, None)


def test_sign_up_is_limited(client: Client) -> None:
    statuses = [sign_up(client, email=f"a{n}@home.example").status_code for n in range(11)]
    assert statuses == [302] * 10 + [429]


def test_sign_up_is_closed_when_the_operator_says_so(client: Client, settings) -> None:
    settings.SIGN_UP = False
    assert "by invitation" in client.get(reverse("account_signup")).content.decode()
    sign_up(client)
    assert not User.objects.exists()


def test_sign_up_leads_back_to_where_one_came_from(client: Client) -> None:
    sign_up(client, next="/en/plans/")
    confirm(client)
    fields = {"login": "ana@home.example", "password": PASSWORD, "next": "/en/plans/"}
    assert client.post(reverse("account_login"), fields)["Location"] == "/en/plans/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_sign_in_leads_to_no_other_host(client: Client, target: str) -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    fields = {"login": person.email, "password": "correct horse battery", "next": target}
    assert client.post(reverse("account_login"), fields)["Location"] == reverse("home:desk")


@pytest.mark.parametrize("language", ["pt", "es", "en"])
@pytest.mark.parametrize("kind", ["terms", "privacy"])
def test_texts_are_public_in_every_language(client: Client, language: str, kind: str) -> None:
    html = client.get(f"/{language}/accounts/texts/{kind}/").content.decode()
    words = ConsentText.objects.get(kind=kind).text[language]
    assert words.split("\n")[0][:60] in html
    assert html.count("<h1") == 1
