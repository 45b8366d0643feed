"""One click enters the demonstration, and nothing else."""

import pytest
from django.test import Client

from mutirao.accounts.models import User
from mutirao.demonstration.actions import load
from mutirao.demonstration.data import read
from mutirao.settings.environment import UnsafeSettings
from mutirao.settings.environment import read as read_settings
from tests.factories import UserFactory

ADDRESS = "/en/demonstration/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    """Its people are enough for entering; the whole network takes a second to load."""
    settings.DEMO = True
    for account in read("accounts"):
        UserFactory(email=account["email"], name=account["key"], is_sample=True)


def person_of(client):
    return client.session.get("_auth_user_id")


def test_sign_in_page_offers_every_account_with_whom_it_acts_for(settings, client):
    settings.DEMO = True
    load()
    page = client.get(ADDRESS).content.decode()
    for account in read("accounts"):
        assert f'value="{account["key"]}"' in page
    assert "coordinator, Rosario" in page
    assert "@" not in page


def test_sign_in_page_costs_the_same_for_all(demo, client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(ADDRESS)


def test_sign_in_page_without_the_network_says_so(settings, client):
    settings.DEMO = True
    assert "mutirao demo" in client.get(ADDRESS).content.decode()


def test_sign_in_enters_as_each_account(demo, client):
    for account in read("accounts"):
        response = client.post(ADDRESS, {"account": account["key"]})
        assert (response.status_code, response.url) == (302, "/en/desk/")
        assert person_of(client) == str(User.objects.get(email=account["email"]).pk)


def test_sign_in_gives_the_session_a_new_key(demo, client):
    client.post(ADDRESS, {"account": "citizen"})
    before = client.session.session_key
    client.post(ADDRESS, {"account": "citizen"})
    again = client.session.session_key
    client.post(ADDRESS, {"account": "secretariat"})
    assert len({before, again, client.session.session_key}) == 3


def test_sign_in_as_another_forgets_for_whom_one_acted(demo, client):
    client.post(ADDRESS, {"account": "presidency"})
    session = client.session
    session["acting_for"] = 1
    session.save()
    client.post(ADDRESS, {"account": "citizen"})
    assert "acting_for" not in client.session


def test_sign_in_by_get_does_not_enter(demo, client):
    client.get(ADDRESS, {"account": "secretariat"})
    assert person_of(client) is None


def test_sign_in_without_a_token_is_refused(demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, {"account": "secretariat"}).status_code == 403
    assert person_of(client) is None


def test_sign_in_admits_no_real_person(demo, client):
    UserFactory(email="real@city.example")
    for key in ("real@city.example", "real", "", "secretariat@demo.mutirao.example"):
        assert client.post(ADDRESS, {"account": key}).status_code == 404
    assert person_of(client) is None


@pytest.mark.parametrize("change", [{"is_sample": False}, {"is_active": False}])
def test_sign_in_does_not_admit_an_account_that_became_real_or_was_closed(demo, client, change):
    User.objects.filter(email="secretariat@demo.mutirao.example").update(**change)
    assert client.post(ADDRESS, {"account": "secretariat"}).status_code == 404
    assert 'value="secretariat"' not in client.get(ADDRESS).content.decode()
    assert person_of(client) is None


@pytest.mark.parametrize(("demonstration", "production"), [(False, False), (True, True)])
def test_sign_in_is_not_there_outside_a_demonstration(
    demo, client, settings, demonstration, production
):
    settings.DEMO, settings.PRODUCTION = demonstration, production
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"account": "secretariat"}).status_code == 404
    assert person_of(client) is None


def test_settings_refuse_the_demonstration_in_production():
    with pytest.raises(UnsafeSettings, match="MUTIRAO_DEMO must be off"):
        read_settings({"MUTIRAO_ENV": "production", "MUTIRAO_DEMO": "1"})
