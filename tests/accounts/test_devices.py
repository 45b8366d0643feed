"""Browsers are known again: a new one is told of, and strangers lock nobody out of their own."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.browsers import browser_of
from mutirao.accounts.devices import COOKIE
from mutirao.accounts.models import Device, User
from mutirao.core.happenings import happened
from tests.factories import UserFactory

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def told():
    heard: list[dict] = []

    def hear(kind, people, facts, **kwargs):
        heard.append({"kind": kind.key, "people": people, **facts})

    happened.connect(hear)
    yield heard
    happened.disconnect(hear)


def officer() -> User:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, person: User, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def browser(agent: str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0") -> Client:
    return Client(headers={"user-agent": agent})


def test_first_browser_ever_is_no_news(told: list) -> None:
    sign_in(browser(), officer())
    assert told == []


def test_new_browser_is_told_of_once(told: list) -> None:
    person = officer()
    sign_in(browser(), person)
    other = browser("Mozilla/5.0 (iPhone) CriOS/120 Safari")
    for _time in range(2):
        sign_in(other, person)
        other.post(reverse("account_logout"))
    assert [(one["kind"], one["people"], one["browser"]) for one in told] == [
        ("accounts.new_device", {person.pk}, "Chrome, iPhone")
    ]


def test_cookie_opens_nothing_and_is_kept_as_a_hash_only() -> None:
    person, client = officer(), browser()
    cookie = sign_in(client, person).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 34560000)
    assert Device.objects.get().key != cookie.value
    thief = browser()
    thief.cookies[COOKIE] = cookie.value
    assert thief.get(reverse("account_settings")).status_code == 302


@pytest.mark.parametrize("value", ["", "short", "x" * 5000, "../../etc", "é" * 43])
def test_forged_cookie_is_replaced(value: str) -> None:
    client = browser()
    client.cookies[COOKIE] = value
    fresh = sign_in(client, officer()).cookies[COOKIE].value
    assert len(fresh) == 43 and fresh != value


def test_two_people_in_one_browser_are_known_apart(told: list) -> None:
    first, second, client = officer(), officer(), browser()
    for person in (first, second):
        sign_in(client, person)
        client.post(reverse("account_logout"))
    assert told == []
    assert Device.objects.values("key").distinct().count() == 1


def test_strangers_lock_out_strangers_only() -> None:
    person, own = officer(), browser()
    sign_in(own, person)
    own.post(reverse("account_logout"))
    stranger = browser()
    for _attempt in range(5):
        sign_in(stranger, person, "wrong")
    assert "Too many attempts" in sign_in(stranger, person).content.decode()
    assert sign_in(own, person).status_code == 302


def test_own_browser_is_locked_by_its_own_wrong_passwords() -> None:
    person, own = officer(), browser()
    sign_in(own, person)
    own.post(reverse("account_logout"))
    for _attempt in range(5):
        sign_in(own, person, "wrong")
    assert "Too many attempts" in sign_in(own, person).content.decode()


def test_lock_cannot_be_kept_up_against_somebody_who_proves_the_address() -> None:
    """The link by mail opens the lock, whatever strangers do meanwhile."""
    import re

    from django.core import mail

    person, client = officer(), browser()
    for _attempt in range(6):
        sign_in(client, person, "wrong")
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://[^/]+(\S+)", mail.outbox[-1].body).group(1)
    new = "a short sentence of mine"
    client.post(client.get(link)["Location"], {"password1": new, "password2": new})
    assert sign_in(client, person, new).status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt", "Tentativas demais"), ("es", "Demasiados intentos"), ("en", "Too many attempts")],
)
def test_lock_is_explained_in_the_readers_language(language: str, words: str) -> None:
    person, client = officer(), browser()
    fields = {"login": person.email, "password": "wrong"}
    for _attempt in range(6):
        html = client.post(f"/{language}/accounts/login/", fields).content.decode()
    assert words in html


def test_last_use_of_a_browser_is_noted_to_a_quarter_of_an_hour(
    django_assert_num_queries,
) -> None:
    from allauth.usersessions.models import UserSession

    person, client = officer(), browser()
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, person)
    for minutes, seen in ((14, 0), (16, 16), (30, 16)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            client.get(reverse("account_settings"))
        assert UserSession.objects.get().last_seen_at == now + timedelta(minutes=seen)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari", "Chrome, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_browser_is_named_as_people_know_it(agent: str, name: str) -> None:
    assert browser_of(agent) == name
