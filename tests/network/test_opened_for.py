"""A form opened acting for one organisation is never taken for another without being asked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from mutirao.commitments.models import Commitment
from mutirao.network.models import Invitation
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
FROM_HERE = {"origin": "http://testserver"}
NEW = {
    "title": "A library for each school of the district",
    "visibility": "members",
    "language": "en",
    "due_on": "2027-03-01",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def two(client: Client) -> tuple[User, int, int]:
    """Somebody who acts for two organisations, and is signed in."""
    person = UserFactory()
    first, second = (MembershipFactory(person=person).organisation_id for _ in range(2))
    client.force_login(person)
    _act_for(client, first)
    return person, first, second


def _act_for(client: Client, organisation: int) -> None:
    client.post(reverse("network:act_for"), {"organisation": organisation})


def _hidden(content: bytes) -> dict[str, str]:
    main = content.decode().partition("<main")[2]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', main)
    return dict(found)


def test_every_form_says_for_whom_it_was_opened(client, two):
    _person, first, second = two
    path = reverse("commitments:add")
    assert _hidden(client.get(path).content)["acting_for"] == str(first)
    _act_for(client, second)
    assert _hidden(client.get(path).content)["acting_for"] == str(second)
    assert "acting_for" not in _hidden(Client().get(reverse("account_login")).content)


def test_form_of_the_same_organisation_is_taken(client, two):
    _person, first, _second = two
    client.post(reverse("commitments:add"), {**NEW, "acting_for": first})
    assert Commitment.objects.get().owner_id == first


def test_form_sent_after_switching_is_asked_about_and_nothing_is_lost(client, two):
    _person, first, second = two
    path = reverse("commitments:add")
    _act_for(client, second)
    page = client.post(path, {**NEW, "acting_for": first}, headers=FROM_HERE)
    assert page.status_code == 409
    assert NEW["title"].encode() in page.content
    assert not Commitment.objects.exists()
    again = _hidden(page.content)
    assert again["title"] == NEW["title"]
    assert "acting_for" not in again  # only the buttons say it
    for chosen in (first, second):
        client.post(path, {**again, "acting_for": chosen})
        assert Commitment.objects.latest("pk").owner_id == chosen
        event = Commitment.pgh_event_model.objects.latest("pgh_id")
        assert event.pgh_context.metadata["organisation"] == chosen


def test_sending_for_the_former_one_does_not_switch(client, two):
    _person, first, second = two
    _act_for(client, second)
    client.post(reverse("commitments:add"), {**NEW, "acting_for": first, "acting_for_chosen": "1"})
    assert _hidden(client.get(reverse("commitments:add")).content)["acting_for"] == str(second)


def test_nothing_is_sent_for_one_whose_membership_ended_meanwhile(client, two):
    """The session falls back to the other organisation; the form must not."""
    person, first, second = two
    person.memberships.filter(organisation=first).update(ends_on=timezone.localdate())
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        for chosen in ({}, {"acting_for_chosen": "1"}):
            page = client.post(
                reverse("commitments:add"),
                {**NEW, "acting_for": first, **chosen},
                headers=FROM_HERE,
            )
            assert page.status_code == 409
            assert b"You no longer act for" in page.content
            assert f'value="{first}"'.encode() not in page.content
        assert not Commitment.objects.exists()
        client.post(
            reverse("commitments:add"), {**NEW, "acting_for": second, "acting_for_chosen": "1"}
        )
    assert Commitment.objects.get().owner_id == second


@pytest.mark.parametrize("forged", ["999999", "x", "-1", ""])
def test_a_forged_organisation_is_nobodys(client, two, forged):
    page = client.post(
        reverse("commitments:add"), {**NEW, "acting_for": forged, "acting_for_chosen": "1"}
    )
    assert page.status_code == 409
    assert not Commitment.objects.exists()


def test_another_site_gets_no_words_into_the_page(client, two):
    _person, first, second = two
    _act_for(client, second)
    page = client.post(
        reverse("commitments:add"),
        {**NEW, "acting_for": first},
        headers={"origin": "https://elsewhere.example"},
    )
    assert page.status_code == 409
    assert NEW["title"].encode() not in page.content


def test_switching_and_ones_own_account_are_never_asked(client, two):
    _person, first, second = two
    _act_for(client, second)
    answer = client.post(reverse("network:act_for"), {"organisation": first, "acting_for": first})
    assert answer.status_code == 302
    answer = client.post(reverse("account_logout"), {"acting_for": second})
    assert answer.status_code == 302


def test_what_a_programme_saves_goes_where_it_was_opened(client, two):
    _person, first, second = two
    _act_for(client, second)
    client.post(
        reverse("commitments:add"),
        {**NEW, "acting_for": first},
        headers={"accept": "application/json"},
    )
    assert Commitment.objects.get().owner_id == first


def test_invitation_written_for_one_city_is_not_sent_for_the_other(client, two):
    _person, first, second = two
    _act_for(client, second)
    data = {"email": "n@city.example", "name": "N", "language": "pt", "role": "officer"}
    path = reverse("network:invite", args=[first])
    assert client.post(path, {**data, "acting_for": first}, headers=FROM_HERE).status_code == 409
    client.post(path, {**data, "acting_for": first, "acting_for_chosen": "1"})
    assert Invitation.objects.get().invited_for_id == first
