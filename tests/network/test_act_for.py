"""Changing for whom one acts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from mutirao.network.middleware import SESSION_KEY
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def person() -> User:
    return UserFactory()


def _post(client: Client, organisation: object, next_page: str = "") -> object:
    data = {"organisation": organisation, "next": next_page}
    return client.post(reverse("network:act_for"), data)


def test_act_for_changes_the_organisation_on_every_page(client: Client, person: User) -> None:
    MembershipFactory(person=person)
    second = MembershipFactory(person=person)
    client.force_login(person)
    response = _post(client, second.organisation_id, "/en/network/?q=x")
    assert (response.status_code, response["Location"]) == (302, "/en/network/?q=x")
    assert client.session[SESSION_KEY] == second.organisation_id
    after = client.get(reverse("network:directory"))
    assert after.wsgi_request.actor.organisation == second.organisation


@pytest.mark.parametrize("forged", ["other", "", "0", "x", "1e9", "99999999999999999999"])
def test_act_for_refuses_what_is_not_ones_own(client: Client, person: User, forged: str) -> None:
    MembershipFactory(person=person)
    client.force_login(person)
    target = OrganisationFactory().pk if forged == "other" else forged
    assert _post(client, target).status_code == 403
    assert SESSION_KEY not in client.session


def test_act_for_refuses_an_ended_membership(client: Client, person: User) -> None:
    MembershipFactory(person=person)
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = MembershipFactory(person=person, ends_on=yesterday)
    client.force_login(person)
    assert _post(client, ended.organisation_id).status_code == 403


def test_acting_falls_back_when_the_membership_ends(client: Client, person: User) -> None:
    first = MembershipFactory(person=person)
    second = MembershipFactory(person=person)
    client.force_login(person)
    _post(client, second.organisation_id)
    second.ends_on = timezone.localdate() - timedelta(days=1)
    second.save()
    page = client.get(reverse("network:directory"))
    assert page.wsgi_request.actor.organisation == first.organisation


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", ""],
)
def test_act_for_never_leads_to_another_host(client: Client, person: User, away: str) -> None:
    membership = MembershipFactory(person=person)
    client.force_login(person)
    response = _post(client, membership.organisation_id, away)
    assert response["Location"] == reverse("home:desk")


def test_act_for_needs_post_and_sign_in(client: Client, person: User) -> None:
    assert _post(client, 1)["Location"].startswith(reverse("account_login"))
    client.force_login(person)
    assert client.get(reverse("network:act_for")).status_code == 405


def test_act_for_needs_its_form_token(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    membership = MembershipFactory(person=person)
    client.force_login(person)
    assert _post(client, membership.organisation_id).status_code == 403
    assert SESSION_KEY not in client.session
