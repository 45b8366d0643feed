"""Signing in and out, and what must not work."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.models import User
from tests.factories import UserFactory

PASSWORD = "correct horse battery"  # what UserFactory sets
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()  # rate limits are counted in it
    with translation.override("en"):
        yield


def _officer(**fields: object) -> User:
    person = UserFactory(**fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _sign_in(client: Client, email: str, password: str = PASSWORD, **data: str):
    fields = {"login": email, "password": password, **data}
    return client.post(reverse("account_login"), fields)


def test_sign_in_leads_to_the_desk(client: Client) -> None:
    response = _sign_in(client, _officer().email)
    assert (response.status_code, response["Location"]) == (302, reverse("home:desk"))
    assert "_auth_user_id" in client.session


def test_sign_in_ignores_capitals_and_spaces_in_the_address(client: Client) -> None:
    assert _sign_in(client, f" {_officer().email.upper()} ").status_code == 302


@pytest.mark.parametrize("password", ["wrong", "", "correct horse battery "])
def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_address(
    client: Client, password: str
) -> None:
    person = _officer()
    response = _sign_in(client, person.email, password)
    html = response.content.decode()
    assert response.status_code == 200 and "_auth_user_id" not in client.session
    assert f'value="{person.email}"' in html
    assert 'role="alert"' in html
    assert ("The e-mail or the password is wrong" in html) is bool(password)


def test_sign_in_tells_an_unknown_address_from_a_wrong_password_to_nobody(client: Client) -> None:
    known = _sign_in(client, _officer().email, "wrong").content.decode()
    unknown = _sign_in(client, "nobody@city.example", "wrong").content.decode()
    errors = [re.findall(r'id="errors">(.*?)</div>', page, re.S) for page in (known, unknown)]
    assert errors[0] == errors[1] != []


def test_sign_in_is_locked_after_five_wrong_passwords_even_for_the_right_one(
    client: Client,
) -> None:
    person = _officer()
    for _attempt in range(5):
        _sign_in(client, person.email, "wrong")
    response = _sign_in(client, person.email)
    assert "Too many attempts with a wrong password" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert _sign_in(client, _officer().email).status_code == 302  # others are not locked out


def test_sign_in_lock_opens_after_five_minutes(client: Client) -> None:
    import time_machine
    from django.utils import timezone

    person = _officer()
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for _attempt in range(5):
            _sign_in(client, person.email, "wrong")
    with time_machine.travel(now + timedelta(minutes=5, seconds=1), tick=False):
        assert _sign_in(client, person.email).status_code == 302


def test_sign_in_asks_for_patience_when_one_place_tries_too_often(client: Client) -> None:
    statuses = [_sign_in(client, f"a{n}@city.example", "").status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]
    response = _sign_in(client, "x@city.example", "")
    assert "A little patience" in response.content.decode()


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_host(client: Client, away: str) -> None:
    response = _sign_in(client, _officer().email, next=away)
    assert response["Location"] == reverse("home:desk")


def test_sign_in_leads_back_to_the_page_that_asked(client: Client) -> None:
    asked = reverse("account_settings")
    response = client.get(asked)
    assert response["Location"] == f"{reverse('account_login')}?next={asked}"
    page = client.get(response["Location"]).content.decode()
    assert f'name="next" value="{asked}"' in page or f'value="{asked}" name="next"' in page
    assert _sign_in(client, _officer().email, next=asked)["Location"] == asked


def test_sign_in_changes_the_session_key(client: Client) -> None:
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    before = session.session_key
    _sign_in(client, _officer().email)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_sign_in_of_a_closed_account_is_refused(client: Client) -> None:
    person = _officer(is_active=False)
    _sign_in(client, person.email)
    assert "_auth_user_id" not in client.session


def test_sign_in_needs_a_confirmed_address(client: Client) -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    response = _sign_in(client, person.email)
    assert response["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    link = re.search(r"http\S+", mail.outbox[0].body).group()
    page = client.get(link)
    assert "Does" in page.content.decode()
    assert not EmailAddress.objects.get(user=person).verified
    client.post(link.removeprefix("http://localhost:8000"))
    assert EmailAddress.objects.get(user=person).verified


def test_sign_in_needs_its_form_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert _sign_in(client, _officer().email).status_code == 403


def test_sign_out_happens_by_post_only(client: Client) -> None:
    client.force_login(_officer())
    page = client.get(reverse("account_logout"))
    assert "Sign out?" in page.content.decode() and "_auth_user_id" in client.session
    response = client.post(reverse("account_logout"))
    assert response["Location"] == reverse("home:home")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["pt", "es", "en"])
@pytest.mark.parametrize(
    "page",
    ["login", "password/reset", "password/reset/done", "password/reset/key/done", "signup",
     "inactive", "confirm-email", "password/reset/key/1-x", "confirm-email/x"],
)  # fmt: skip
def test_entrance_page_opens_in_every_language_without_writing(
    client: Client, language: str, page: str
) -> None:
    response = client.get(f"/{language}/accounts/{page}/")
    assert response.status_code == 200
    assert f'<html lang="{"pt-BR" if language == "pt" else language}"' in response.content.decode()
