"""Choosing a new password, by mail or signed in."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.actions import open_account
from mutirao.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = "a short sentence of mine"


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


def _ask(client: Client, email: str, language: str = "en", **headers: str) -> str:
    """Ask for a reset; the path of the link in the mail."""
    client.post(f"/{language}/accounts/password/reset/", {"email": email}, **headers)
    found = re.search(r"https?://\S+", mail.outbox[-1].body)
    return found.group() if found else ""


def _choose(client: Client, link: str, password: str = NEW):
    path = link.removeprefix(settings.BASE_URL)
    form = client.get(path)
    assert form.status_code == 302
    assert "set-password" in form["Location"]  # the key is not left in the address
    return client.post(form["Location"], {"password1": password, "password2": password})


@pytest.mark.parametrize(
    ("language", "subject"),
    [("pt", "Escolha uma nova senha"), ("es", "Elija una nueva contraseña"), ("en", "Choose a new password")],  # noqa: E501
)  # fmt: skip
def test_reset_mail_is_written_in_the_readers_language(
    client: Client, language: str, subject: str
) -> None:
    person = UserFactory(name="Officer <Ñ> & Co")
    link = _ask(client, person.email, language)
    message = mail.outbox[0]
    assert message.subject == f"{subject} – {settings.NETWORK_NAME}"
    assert message.to == [person.email]
    assert person.name in message.body  # plain text: nothing is escaped
    assert link.startswith(f"{settings.BASE_URL}/{language}/accounts/password/reset/key/")
    assert message.body.rstrip().endswith(settings.BASE_URL)


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_HOST": "127.0.0.1"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"SERVER_PORT": "666"}],
)
def test_reset_link_never_repeats_the_host_of_the_request(client: Client, headers: dict) -> None:
    link = _ask(client, UserFactory().email, **headers)
    assert link.startswith(f"{settings.BASE_URL}/")


def test_reset_with_a_foreign_host_is_refused(client: Client) -> None:
    address = reverse("account_reset_password")
    response = client.post(address, {"email": UserFactory().email}, HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert mail.outbox == []


def test_reset_changes_the_password_once(client: Client) -> None:
    person = UserFactory()
    link = _ask(client, person.email)
    done = _choose(client, link)
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert User.objects.get(pk=person.pk).check_password(NEW)
    again = Client().get(link.removeprefix(settings.BASE_URL))
    assert "This link no longer works" in again.content.decode()


def test_reset_refuses_a_weak_password_and_says_why(client: Client) -> None:
    person = UserFactory()
    response = _choose(client, _ask(client, person.email), "12345678")
    html = response.content.decode()
    assert response.status_code == 200 and 'role="alert"' in html
    assert not User.objects.get(pk=person.pk).check_password("12345678")


def test_reset_answers_alike_for_known_and_unknown_addresses(client: Client) -> None:
    address = reverse("account_reset_password")
    known = client.post(address, {"email": UserFactory().email})
    unknown = client.post(address, {"email": "nobody@city.example"})
    assert known["Location"] == unknown["Location"] == reverse("account_reset_password_done")
    assert "no account has this address" in mail.outbox[1].body
    assert settings.BASE_URL in mail.outbox[1].body


def test_reset_ends_sessions_opened_with_the_old_password(client: Client) -> None:
    person = UserFactory()
    elsewhere = Client()
    elsewhere.force_login(person)
    _choose(client, _ask(client, person.email))
    assert elsewhere.get(reverse("account_settings")).status_code == 302


def test_reset_of_a_new_account_confirms_its_address(client: Client) -> None:
    person, _new = open_account(email="new@city.example", name="New", language="es")
    _choose(client, _ask(client, person.email))
    assert EmailAddress.objects.get(user=person).verified
    fields = {"login": person.email, "password": NEW}
    assert client.post(reverse("account_login"), fields)["Location"] == reverse("home:desk")


def test_reset_confirms_no_second_address(client: Client) -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="old@city.example", verified=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    _choose(client, _ask(client, person.email))
    assert not EmailAddress.objects.get(email=person.email).verified


def test_reset_is_limited_per_address(client: Client) -> None:
    address = reverse("account_reset_password")
    email = UserFactory().email
    statuses = [client.post(address, {"email": email}).status_code for _n in range(6)]
    assert statuses == [302] * 5 + [429]


def test_change_of_password_needs_the_old_one(client: Client) -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    address = reverse("account_change_password")
    fields = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert "Type your current password" in client.post(address, fields).content.decode()
    fields["oldpassword"] = "correct horse battery"
    assert client.post(address, fields).status_code == 302
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert "_auth_user_id" in client.session
    assert "was changed" in mail.outbox[0].body  # the owner is told
