"""Who acts for an organisation: asking, confirming, changing, ending, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.core.happenings import happened
from mutirao.core.models import NotAllowed
from mutirao.network import actions, queries
from mutirao.network.acting import Actor, actor_for
from mutirao.network.models import Membership, MembershipRequest
from mutirao.network.states import Role
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    actor,
    secretariat,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by() -> Actor:
    return actor()


@pytest.fixture
def told():
    """(kind, ids of people) of everything told."""
    seen: list[tuple[str, set[int]]] = []

    def listen(kind, people, **facts):
        seen.append((kind.key, people))

    happened.connect(listen)
    yield seen
    happened.disconnect(listen)


def _asked(by: Actor, person=None, role: str = Role.OFFICER) -> MembershipRequest:
    return actions.ask_to_act(
        by=actor_for(person or UserFactory()), organisation=by.organisation, role=role
    )


# Asking


def test_ask_tells_those_who_decide_there(by, told):
    actor(by.organisation, Role.OFFICER)
    _asked(by)
    assert told == [("network.membership_asked", {by.person.pk})]


def test_ask_tells_the_secretariat_where_nobody_decides(told):
    office = secretariat()
    city = OrganisationFactory()
    asked = actions.ask_to_act(by=actor_for(UserFactory()), organisation=city, role=Role.OFFICER)
    assert told == [("network.membership_asked", {office.person.pk})]
    assert list(queries.requests_to(office)) == [asked]


def test_requests_are_seen_by_who_answers_them(by):
    asked = _asked(by)
    assert list(queries.requests_to(by)) == [asked]
    for other in (actor(), actor(by.organisation, Role.OFFICER), secretariat()):
        assert not queries.requests_to(other).exists()


def test_ask_once_at_a_time_and_five_times_a_day(by):
    person = UserFactory()
    _asked(by, person)
    with pytest.raises(NotAllowed, match="asked already"):
        _asked(by, person)
    for _other in range(4):
        _asked(actor(), person)
    with pytest.raises(NotAllowed, match="tomorrow"):
        _asked(actor(), person)


def test_ask_for_the_secretariat_is_nobodys(by):
    with pytest.raises(PermissionDenied):
        _asked(by, role=Role.SECRETARIAT)


def test_ask_where_one_acts_already_is_refused(by):
    with pytest.raises(NotAllowed, match="already act"):
        actions.ask_to_act(by=by, organisation=by.organisation, role=Role.OFFICER)


def test_confirm_makes_the_membership_and_tells_the_person(by, told):
    asked = _asked(by)
    held = actions.confirm_request(by=by, request=asked, role=Role.OBSERVER, starts_on=TODAY())
    assert (held.person, held.organisation, held.role) == (
        asked.person,
        by.organisation,
        "observer",
    )
    asked.refresh_from_db()
    assert (asked.state, asked.membership, asked.decided_by) == ("confirmed", held, by.person)
    assert told[-1] == ("network.membership_confirmed", {asked.person_id})
    with pytest.raises(NotAllowed):
        actions.decline_request(by=by, request=asked, reason="late")


def test_confirm_who_may_not(by):
    asked = _asked(by)
    for other in (actor(), actor(by.organisation, Role.OFFICER), actor_for(asked.person)):
        with pytest.raises(PermissionDenied):
            actions.confirm_request(by=other, request=asked, role=Role.OFFICER, starts_on=TODAY())
        with pytest.raises(PermissionDenied):
            actions.decline_request(by=other, request=asked, reason="no")
    with pytest.raises(PermissionDenied):  # a role above the own
        actions.confirm_request(by=by, request=asked, role=Role.SIGNATORY, starts_on=TODAY())
    assert asked.person.memberships.count() == 0


def test_confirm_oneself_is_nobodys():
    """The secretariat answers where nobody decides, but never its own request."""
    office = secretariat()
    city = OrganisationFactory()
    asked = actions.ask_to_act(by=office, organisation=city, role=Role.FOCAL_POINT)
    with pytest.raises(PermissionDenied):
        actions.confirm_request(by=office, request=asked, role=Role.FOCAL_POINT, starts_on=TODAY())


def test_decline_says_why(client: Client, by):
    asked = _asked(by)
    client.force_login(by.person)
    page = client.post(reverse("network:request", args=[asked.pk]), {"decline": "1", "reason": ""})
    assert page.status_code == 200
    client.post(
        reverse("network:request", args=[asked.pk]), {"decline": "1", "reason": "Not known here"}
    )
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "Not known here")
    client.force_login(asked.person)
    assert b"Not known here" in client.get(reverse("network:mine")).content


def test_withdraw_is_the_persons(by):
    asked = _asked(by)
    with pytest.raises(PermissionDenied):
        actions.withdraw_request(by=by, request=asked)
    actions.withdraw_request(by=actor_for(asked.person), request=asked)
    with pytest.raises(NotAllowed):
        actions.confirm_request(by=by, request=asked, role=Role.OFFICER, starts_on=TODAY())


def test_i_work_here_on_the_public_page(client, by):
    person = UserFactory()
    client.force_login(person)
    page = client.get(by.organisation.get_absolute_url())
    path = reverse("network:ask_to_act", args=[by.organisation_id])
    assert path in page.content.decode()
    client.post(path, {"role": "officer", "message": "Economy desk", "person": by.person.pk})
    assert person.membership_requests.get().message == "Economy desk"


# The team


def test_team_is_seen_by_who_decides_and_the_secretariat(client, by):
    path = reverse("network:team", args=[by.organisation_id])
    for who, status in (
        (by, 200),
        (secretariat(), 200),
        (actor(by.organisation, Role.OFFICER), 403),
        (actor(), 403),
        (actor_for(UserFactory()), 403),
    ):
        client.force_login(who.person)
        assert client.get(path).status_code == status
    assert Client().get(path).status_code == 302


def test_team_costs_the_same_however_many(client, by, django_assert_num_queries):
    path = reverse("network:team", args=[by.organisation_id])
    client.force_login(by.person)
    client.get(path)

    def more() -> None:
        past = TODAY() - timedelta(days=30)
        MembershipFactory(organisation=by.organisation)
        MembershipFactory(organisation=by.organisation, ends_on=past)
        _asked(by)
        number = MembershipRequest.objects.count()
        actions.invite(
            by=by,
            organisation=by.organisation,
            email=f"n{number}@city.example",
            name="N",
            language="pt",
            role=Role.OFFICER,
        )

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    more()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(path)
    more()
    more()
    with django_assert_num_queries(len(one)):
        client.get(path)


def test_team_warns_when_one_is_left(client, by):
    client.force_login(by.person)
    path = reverse("network:team", args=[by.organisation_id])
    assert b"Only" in client.get(path).content
    MembershipFactory(organisation=by.organisation, role=Role.COORDINATOR)
    assert b"Only Officer" not in client.get(path).content


def test_team_is_taken_along(client, by):
    client.force_login(by.person)
    path = reverse("network:team", args=[by.organisation_id])
    assert by.person.name in b"".join(client.get(f"{path}?format=csv")).decode()


# Changing and ending


def test_change_of_role_keeps_the_former_one(by):
    other = MembershipFactory(organisation=by.organisation, role=Role.OFFICER)
    changed = actions.change_membership(
        by=by, membership=other, role=Role.COORDINATOR, ends_on=None
    )
    other.refresh_from_db()
    assert other.ends_on == TODAY() - timedelta(days=1)
    assert (changed.role, changed.starts_on, changed.pk != other.pk) == (
        "coordinator",
        TODAY(),
        True,
    )


def test_change_of_the_last_day_keeps_the_row(by):
    other = MembershipFactory(organisation=by.organisation, role=Role.OFFICER)
    last = TODAY() + timedelta(days=20)
    changed = actions.change_membership(by=by, membership=other, role=Role.OFFICER, ends_on=last)
    assert (changed.pk, changed.ends_on) == (other.pk, last)


def test_change_who_may_not(by):
    other = MembershipFactory(organisation=by.organisation, role=Role.OFFICER)
    signatory = MembershipFactory(organisation=by.organisation, role=Role.SIGNATORY)
    strange = actor()
    for who, held, role in (
        (strange, other, Role.OBSERVER),
        (actor(by.organisation, Role.OFFICER), other, Role.COORDINATOR),
        (by, other, Role.SIGNATORY),
        (by, other, Role.SECRETARIAT),
        (by, signatory, Role.OFFICER),
        (actor_for(other.person), other, Role.FOCAL_POINT),
    ):
        with pytest.raises(PermissionDenied):
            actions.change_membership(by=who, membership=held, role=role, ends_on=None)


def test_end_who_may_and_who_may_not(by):
    def held(role: str = Role.OFFICER) -> Membership:
        return MembershipFactory(organisation=by.organisation, role=role)

    officer = held()
    for who, membership in (
        (actor(), officer),
        (actor(by.organisation, Role.OFFICER), officer),
        (by, held(Role.SIGNATORY)),
    ):
        with pytest.raises(PermissionDenied):
            actions.end_membership(by=who, membership=membership, ends_on=TODAY())
    for who, membership in (
        (by, officer),
        (secretariat(), held(Role.SIGNATORY)),
        (actor_for((leaving := held()).person), leaving),
    ):
        ended = actions.end_membership(by=who, membership=membership, ends_on=TODAY())
        assert ended.ends_on == TODAY()


def test_end_tells_the_person_and_the_secretariat_when_nobody_is_left(by, told):
    office = secretariat()
    actions.end_membership(by=by, membership=by.membership, ends_on=TODAY())
    assert ("network.nobody_decides", {office.person.pk}) in told
    assert ("network.membership_changed", {by.person.pk}) in told


def test_what_is_past_stays(by):
    gone = MembershipFactory(organisation=by.organisation, ends_on=TODAY() - timedelta(days=3))
    with pytest.raises(NotAllowed, match="stays as it was"):
        actions.end_membership(by=by, membership=gone, ends_on=TODAY())
    with pytest.raises(NotAllowed, match="stays as it was"):
        actions.change_membership(by=by, membership=gone, role=gone.role, ends_on=None)


def test_after_the_last_day_an_open_session_does_nothing_more(client, by):
    """The session lives on, the form was opened before: nothing of the organisation opens."""
    other = MembershipFactory(organisation=by.organisation, role=Role.FOCAL_POINT)
    client.force_login(other.person)
    team = reverse("network:team", args=[by.organisation_id])
    assert client.get(team).status_code == 200
    actions.end_membership(by=by, membership=other, ends_on=TODAY())
    assert client.get(team).status_code == 200  # the last day is included
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(team).status_code == 403
        answer = client.post(
            reverse("network:invite", args=[by.organisation_id]),
            {"email": "x@city.example", "name": "X", "language": "pt", "role": "officer"},
        )
        assert answer.status_code == 403


def test_forged_posts_on_anothers_membership_are_refused(client, by):
    other = MembershipFactory(organisation=by.organisation, role=Role.OFFICER)
    client.force_login(actor().person)
    day = TODAY().isoformat()
    data = {"role": "observer", "ends_on": day, "last_day": day, "successor": "desk"}
    for name in ("network:change_membership", "continuity:leave"):
        assert client.post(reverse(name, args=[other.pk]), data).status_code == 403
    other.refresh_from_db()
    assert (other.role, other.ends_on) == ("officer", None)
