"""Invitations: who may send them, what the letter opens, and what it does not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from mutirao.accounts.queries import owed_texts
from mutirao.core.models import NotAllowed
from mutirao.letters.models import Letter
from mutirao.network import actions
from mutirao.network.acting import NOBODY, Actor, actor_for
from mutirao.network.actions import invitations
from mutirao.network.models import Invitation, Membership, Organisation
from mutirao.network.states import Role
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
    UserFactory,
    actor,
    secretariat,
)

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence of mine"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by() -> Actor:
    return actor()


def _invite(by: Actor, **changes) -> Invitation:
    wanted = {
        "organisation": by.organisation,
        "email": "new@city.example",
        "name": "Nova Pessoa",
        "language": "en",
        "role": Role.OFFICER,
        **changes,
    }
    return actions.invite(by=by, **wanted)


def _link() -> str:
    """The path in the newest letter."""
    text = Letter.objects.latest("pk").text
    found = re.search(r"https?://[^/]+(/\w+/network/invitations/[^/\s]+/)", text)
    assert found, text
    return found[1]


def _answers(**changes: str) -> dict[str, str]:
    return {"name": "Nova Pessoa", "password": PASSWORD, "password_again": PASSWORD, **changes}


def test_invite_writes_a_letter_with_a_link_and_keeps_only_its_hash(by):
    invitation = _invite(by, message="See you there")
    letter = Letter.objects.get(to="new@city.example")
    token = _link().rstrip("/").rsplit("/", 1)[1]
    assert invitation.token_hash == actions.hash_of(token)
    assert len(token) >= 40
    assert by.organisation.display in letter.subject
    assert "See you there" in letter.text
    assert "See you there" in letter.html
    assert token in letter.html


@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_invite_writes_in_the_language_of_the_invited(by, language):
    _invite(by, language=language)
    assert _link().startswith(f"/{language}/")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OFFICER])
def test_invite_who_may_not_those_who_do_not_decide(role):
    by = actor(role=role)
    with pytest.raises(PermissionDenied):
        _invite(by)


def test_invite_who_may_not_a_visitor_nor_another_organisation(by):
    for other in (NOBODY, actor(), actor_for(UserFactory())):
        with pytest.raises(PermissionDenied):
            _invite(other, organisation=by.organisation)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.SECRETARIAT])
def test_invite_gives_no_role_above_the_own(by, role):
    with pytest.raises(PermissionDenied):
        _invite(by, role=role)


def test_invite_secretariat_gives_every_role_but_its_own_only_in_its_house():
    office = secretariat()
    city = OrganisationFactory()
    assert _invite(office, organisation=city, role=Role.SIGNATORY).role == Role.SIGNATORY
    with pytest.raises(PermissionDenied):
        _invite(office, organisation=city, role=Role.SECRETARIAT, email="x@city.example")
    assert _invite(office, role=Role.SECRETARIAT, email="y@city.example")


def test_invite_form_takes_no_field_it_does_not_ask_for(client, by):
    client.force_login(by.person)
    other = OrganisationFactory()
    client.post(
        reverse("network:invite", args=[by.organisation_id]),
        {
            "email": "new@city.example",
            "name": "Nova",
            "language": "pt",
            "role": "officer",
            "organisation": other.pk,
            "state": "accepted",
            "token_hash": "0" * 64,
            "invited_for": other.pk,
        },
    )
    invitation = Invitation.objects.get()
    assert invitation.organisation == by.organisation == invitation.invited_for
    assert (invitation.state, invitation.invited_by) == ("open", by.person)
    assert invitation.token_hash != "0" * 64


def test_invite_form_with_a_role_one_may_not_give_is_refused_and_keeps_what_was_typed(client, by):
    client.force_login(by.person)
    page = client.post(
        reverse("network:invite", args=[by.organisation_id]),
        {"email": "new@city.example", "name": "Nova", "language": "pt", "role": "secretariat"},
    )
    assert page.status_code == 200
    assert b"new@city.example" in page.content
    assert not Invitation.objects.exists()


def test_invite_twice_says_that_it_was_sent(by):
    _invite(by)
    with pytest.raises(NotAllowed, match="invited already"):
        _invite(by, email="NEW@city.example")


def test_invite_refuses_who_acts_for_it_already(by):
    with pytest.raises(NotAllowed, match="already acts"):
        _invite(by, email=by.person.email)


def test_invite_is_limited_within_a_day(by, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    for number in range(2):
        _invite(by, email=f"n{number}@city.example")
    with pytest.raises(NotAllowed, match="tomorrow"):
        _invite(by, email="n3@city.example")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert _invite(by, email="n3@city.example")


# The letter


def test_looking_at_the_link_changes_nothing(client, by):
    invitation = _invite(by)
    path = _link()
    for _look in range(3):
        page = client.get(path)
        assert page.status_code == 200
    assert client.head(path).status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "open"
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]


def test_new_person_accepts_with_a_password_and_acts_from_today(client, by):
    invitation = _invite(by)
    path = _link()
    answer = client.post(f"{path}accept/", _answers())
    assert answer.status_code == 302
    person = User.objects.get(email="new@city.example")
    held = Membership.objects.get(person=person)
    assert (held.organisation, held.role, held.starts_on) == (
        by.organisation,
        "officer",
        timezone.localdate(),
    )
    invitation.refresh_from_db()
    assert (invitation.state, invitation.membership) == ("accepted", held)
    assert person.check_password(PASSWORD)
    # What one agrees to is asked once, at the first visit.
    assert client.get(reverse("home:desk"))["Location"].startswith(reverse("consent"))
    client.post(reverse("consent"), {"text": [t.pk for t in owed_texts(person)], "agrees": "1"})
    assert client.get(reverse("home:desk")).context["request"].actor.membership == held


def test_new_person_is_recorded_as_acting_for_the_organisation(client, by):
    _invite(by)
    client.post(f"{_link()}accept/", _answers())
    person = User.objects.get(email="new@city.example")
    event = Membership.pgh_event_model.objects.get(pgh_obj__person=person)
    context = event.pgh_context.metadata
    assert (context["user"], context["organisation"]) == (person.pk, by.organisation_id)
    assert "/invitations/" not in context.get("url", "") or "…" in context["url"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "short", "password_again": "short"}, "password"),
        ({"password_again": "something else entirely"}, "not the same"),
        ({"name": ""}, "required"),
    ],
)
def test_new_person_is_told_what_is_wrong(client, by, changes, words):
    invitation = _invite(by)
    page = client.post(f"{_link()}accept/", _answers(**changes))
    assert page.status_code == 200
    assert words in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.state == "open"
    assert not User.objects.filter(email="new@city.example").exists()


def test_link_works_once(client, by):
    _invite(by)
    path = _link()
    client.post(f"{path}accept/", _answers())
    stranger = Client()
    page = stranger.post(f"{path}accept/", _answers(name="Thief", password="another long sentence"))
    assert b"works once" in page.content
    person = User.objects.get(email="new@city.example")
    assert person.check_password(PASSWORD)
    assert Membership.objects.filter(organisation=by.organisation).count() == 2


def test_guessed_token_leads_nowhere(client, by):
    _invite(by)
    for guess in ("x", "A" * 43, actions.hash_of("x")):
        page = client.get(reverse("network:invitation", args=[guess]))
        assert page.status_code == 404
        assert b"leads nowhere" in page.content


def test_hash_in_the_database_is_not_a_token(client, by):
    invitation = _invite(by)
    page = client.get(reverse("network:invitation", args=[invitation.token_hash]))
    assert page.status_code == 404


def test_expired_link_offers_to_ask_for_a_new_one_once_a_day(client, by, settings):
    invitation = _invite(by)
    path = _link()
    with time_machine.travel(timezone.now() + timedelta(days=settings.INVITATION_DAYS, hours=1)):
        page = client.get(path)
        assert b"It was good until" in page.content
        assert client.post(f"{path}accept/", _answers()).status_code == 200
        assert not User.objects.filter(email="new@city.example").exists()
        client.post(f"{path}ask/")
        invitation.refresh_from_db()
        first = invitation.asked_again_at
        assert first is not None
        client.post(f"{path}ask/")
        invitation.refresh_from_db()
        assert invitation.asked_again_at == first
        client.force_login(by.person)
        team = client.get(reverse("network:team", args=[by.organisation_id]))
        assert b"asks for a new one" in team.content


def test_send_again_makes_the_former_link_dead(client, by):
    invitation = _invite(by)
    old = _link()
    with pytest.raises(NotAllowed, match="just now"):
        actions.send_again(by=by, invitation=invitation)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        actions.send_again(by=by, invitation=invitation)
        assert client.get(old).status_code == 404
        assert client.get(_link()).status_code == 200
    with pytest.raises(PermissionDenied):
        actions.send_again(by=actor(), invitation=invitation)


def test_withdrawn_link_is_dead(client, by):
    invitation = _invite(by)
    with pytest.raises(PermissionDenied):
        actions.withdraw_invitation(by=actor(), invitation=invitation)
    actions.withdraw_invitation(by=by, invitation=invitation)
    page = client.get(_link())
    assert b"It was withdrawn" in page.content
    client.post(f"{_link()}accept/", _answers())
    assert not User.objects.filter(email="new@city.example").exists()
    assert _invite(by).state == "open"  # the address is free for another


def test_declined_invitation_is_closed(client, by):
    invitation = _invite(by)
    client.post(f"{_link()}decline/")
    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_known_person_signs_in_first(client, by):
    person = UserFactory(email="known@city.example")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    _invite(by, email=person.email)
    path = _link()
    page = client.get(path)
    assert b"There is an account with this address" in page.content
    client.post(f"{path}accept/", _answers())
    person.refresh_from_db()
    assert person.check_password("correct horse battery")
    assert not person.memberships.exists()
    client.force_login(person)
    assert b"You are signed in as" in client.get(path).content
    client.post(f"{path}accept/")
    assert person.memberships.get().organisation == by.organisation


def test_another_person_who_is_signed_in_cannot_accept(client, by):
    thief = UserFactory()
    invitation = _invite(by)
    client.force_login(thief)
    path = _link()
    assert b"the invitation is for new@city.example" in client.get(path).content
    assert client.post(f"{path}accept/").status_code == 409
    invitation.refresh_from_db()
    assert invitation.state == "open"
    assert not thief.memberships.exists()
    answer = client.post(f"{path}switch/")
    assert answer.url == path
    assert b"Open your account" in client.get(path).content


def test_an_unproven_address_does_not_accept(client, by):
    """Whoever adds somebody's address to their account has not proven it."""
    thief = UserFactory()
    thief.emailaddress_set.create(email="new@city.example", verified=False, primary=False)
    _invite(by)
    client.force_login(thief)
    assert client.post(f"{_link()}accept/").status_code == 409
    assert not thief.memberships.exists()


def test_a_second_address_of_an_account_is_not_opened_anew(client, by):
    person = UserFactory()
    person.emailaddress_set.create(email="new@city.example", verified=True, primary=False)
    _invite(by)
    assert b"There is an account with this address" in client.get(_link()).content
    client.post(f"{_link()}accept/", _answers())
    assert not User.objects.filter(email="new@city.example").exists()


def test_account_opened_for_somebody_and_never_used_is_theirs(client, by):
    person = User.objects.create_user("new@city.example", name="Somebody", language="pt")
    person.emailaddress_set.create(email=person.email, verified=False, primary=True)
    _invite(by)
    client.post(f"{_link()}accept/", _answers(name="My Name"))
    person.refresh_from_db()
    assert (person.name, person.check_password(PASSWORD)) == ("My Name", True)
    assert person.emailaddress_set.get().verified
    assert person.memberships.exists()


def test_accepting_while_acting_for_it_already_says_so(client, by):
    person = UserFactory(email="new@city.example")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    _invite(by)
    MembershipFactory(person=person, organisation=by.organisation, role=Role.OBSERVER)
    client.force_login(person)
    page = client.post(f"{_link()}accept/")
    assert page.status_code == 409
    assert b"You already act for" in page.content


def test_invitation_pages_of_another_organisation_are_closed(client, by):
    invitation = _invite(by)
    client.force_login(actor().person)
    for name in ("send_invitation_again", "withdraw_invitation"):
        assert client.post(reverse(f"network:{name}", args=[invitation.pk])).status_code == 403
    assert client.get(reverse("network:invite", args=[by.organisation_id])).status_code == 403


def test_token_is_in_no_log(client, by, caplog):
    _invite(by)
    path = _link()
    with caplog.at_level("INFO"):
        client.get(path)
        client.post(f"{path}accept/", _answers(password="x"))
    assert "/network/invitations/…/" in caplog.text
    assert path.rstrip("/").rsplit("/", 1)[1] not in caplog.text


def test_secretariat_invites_for_an_organisation_nobody_decides_for(client):
    office = secretariat()
    city = OrganisationFactory()
    client.force_login(office.person)
    assert b"Nobody may decide" in client.get(reverse("network:team", args=[city.pk])).content
    client.post(
        reverse("network:invite", args=[city.pk]),
        {"email": "m@city.example", "name": "M", "language": "es", "role": "signatory"},
    )
    assert Invitation.objects.get().invited_for == office.organisation


def test_first_person_of_the_secretariat_is_asked_where_nobody_decides():
    office = actor(SecretariatFactory(), Role.SECRETARIAT)
    from mutirao.network import queries

    city: Organisation = OrganisationFactory()
    assert queries.whom_to_ask(city) == [office.person.pk]
