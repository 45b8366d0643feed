"""Handing over: what passes to whom, the sheet of it, and who may not."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.commitments.actions import take_on
from mutirao.commitments.models import Commitment
from mutirao.continuity import actions, queries
from mutirao.continuity.models import HandOver
from mutirao.core.happenings import happened
from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor, actor_for
from mutirao.network.actions import accept_as_new, change_membership, invite
from mutirao.network.models import Membership
from mutirao.network.states import Role
from mutirao.notices.actions import follow
from mutirao.notices.models import Follow
from tests.commitments.factories import CommitmentFactory, StepFactory
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, actor, secretariat
from tests.intake.factories import ready
from tests.meetings.factories import EventFactory
from tests.plans.factories import PlanFactory
from tests.security.world import READING

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def leaving() -> Membership:
    return MembershipFactory(role=Role.FOCAL_POINT)


@pytest.fixture
def by(leaving) -> Actor:
    return actor_for(leaving.person, leaving.organisation_id)


@pytest.fixture
def colleague(leaving) -> Actor:
    return actor(leaving.organisation, Role.COORDINATOR)


@pytest.fixture
def told():
    seen: list[tuple[str, set[int]]] = []

    def listen(kind, people, **facts):
        seen.append((kind.key, people))

    happened.connect(listen)
    yield seen
    happened.disconnect(listen)


def _promised(leaving: Membership, **fields) -> Commitment:
    commitment = CommitmentFactory(owner=leaving.organisation, **fields)
    commitment.people.add(leaving.person)
    return commitment


def _named(commitment: Commitment) -> set[int]:
    return set(commitment.people.values_list("pk", flat=True))


def _hand_over(by: Actor, leaving: Membership, **changes) -> HandOver:
    return actions.hand_over(by=by, membership=leaving, **{"last_day": TODAY(), **changes})


# What passes


def test_everything_passes_to_the_successor_and_stands_on_the_sheet(leaving, by, colleague):
    promised = _promised(leaving, title="A library")
    StepFactory(commitment=promised, text="Find a house")
    done_long_ago = _promised(leaving, state="done", done_on=TODAY(), progress=100)
    of_another = CommitmentFactory()
    of_another.people.add(leaving.person)
    draft = ready(by, READING)
    EventFactory(organisation=leaving.organisation, title="A meeting", starts_on=TODAY())
    follow(record=OrganisationFactory(), by=by)
    done = _hand_over(by, leaving, successor=colleague.person, word="Ask the archive")
    assert _named(promised) == {colleague.person.pk}
    assert _named(done_long_ago) == {leaving.person_id}
    assert _named(of_another) == {leaving.person_id}
    draft.refresh_from_db()
    assert draft.keeper == colleague.person
    assert Follow.objects.get().person == colleague.person
    assert [(line["kind"], line["title"], line["to"]) for line in done.sheet] == [
        ("commitment", "A library", colleague.person.pk),
        ("draft", draft.filename, colleague.person.pk),
        ("event", "A meeting", colleague.person.pk),
    ]
    assert done.sheet[0]["detail"]["steps"] == ["Find a house"]
    leaving.refresh_from_db()
    assert leaving.ends_on == TODAY()


def test_without_a_successor_all_lies_on_the_desk(leaving, by, colleague, client):
    promised = _promised(leaving, title="A library")
    draft = ready(by, READING)
    _hand_over(by, leaving)
    assert _named(promised) == set()
    draft.refresh_from_db()
    assert draft.keeper is None
    client.force_login(colleague.person)
    desk = client.get(reverse("home:desk"))
    assert b"Ours, with nobody named" in desk.content
    assert [row.title for row in desk.context["desk"].unnamed] == ["A library"]
    assert [row.pk for row in desk.context["desk"].unkept] == [draft.pk]
    client.post(reverse("commitments:take_on", args=[promised.pk]), {"back": "desk"})
    assert _named(promised) == {colleague.person.pk}
    assert b"Ours, with nobody named" in client.get(reverse("home:desk")).content


def test_a_line_can_go_to_somebody_else(leaving, by, colleague):
    other = MembershipFactory(organisation=leaving.organisation, role=Role.OFFICER)
    first, second, third = (_promised(leaving) for _ in range(3))
    done = _hand_over(
        by,
        leaving,
        successor=colleague.person,
        apart={f"commitment-{second.pk}": other.person, f"commitment-{third.pk}": None},
    )
    assert [_named(item) for item in (first, second, third)] == [
        {colleague.person.pk},
        {other.person_id},
        set(),
    ]
    assert {line["to_name"] for line in done.sheet} == {
        colleague.person.name,
        other.person.name,
        "",
    }


def test_plans_one_wrote_in_are_on_the_sheet(leaving, by, colleague, client):
    plan = PlanFactory(presented_by=leaving.organisation, state="draft", title="Our plan")
    PlanFactory(presented_by=leaving.organisation, state="draft")
    import pghistory

    with pghistory.context(user=leaving.person_id):
        plan.introduction = "Words"
        plan.save()
    assert [line.title for line in queries.held_by(leaving) if line.kind == "plan"] == ["Our plan"]


def test_others_named_beside_stay_named(leaving, by, colleague):
    promised = _promised(leaving)
    promised.people.add(colleague.person)
    _hand_over(by, leaving)
    assert _named(promised) == {colleague.person.pk}


def test_a_form_opened_before_does_not_bring_the_former_person_back(leaving, by, colleague):
    promised = _promised(leaving)
    before = promised.version
    _hand_over(by, leaving, successor=colleague.person)
    promised.refresh_from_db()
    assert promised.version == before + 1


def test_the_successor_and_those_who_decide_are_told(leaving, by, colleague, told):
    other = actor(leaving.organisation, Role.SIGNATORY)
    _promised(leaving)
    _hand_over(by, leaving, successor=colleague.person)
    assert ("continuity.handed_over", {colleague.person.pk}) in told
    assert ("continuity.left", {other.person.pk}) in told


def test_sheet_stays_as_it_was(leaving, by, colleague):
    promised = _promised(leaving, title="A library")
    done = _hand_over(by, leaving, successor=colleague.person)
    promised.title = "A school"
    promised.save()
    done.refresh_from_db()
    assert done.sheet[0]["title"] == "A library"


# A newcomer


def test_newcomer_takes_over_when_the_invitation_is_accepted(leaving, by, colleague):
    first, second = _promised(leaving), _promised(leaving)
    invitation = invite(
        by=by,
        organisation=leaving.organisation,
        email="next@city.example",
        name="Next",
        language="en",
        role=Role.FOCAL_POINT,
    )
    done = _hand_over(by, leaving, newcomer=invitation)
    assert (_named(first), _named(second)) == (set(), set())
    take_on(commitment=second, by=colleague)  # taken meanwhile: it stays taken
    person, _held = accept_as_new(
        invitation=invitation, name="Next", password="a long sentence", language="en"
    )
    assert (_named(first), _named(second)) == ({person.pk}, {colleague.person.pk})
    done.refresh_from_db()
    assert (done.successor, done.newcomer) == (person, None)
    assert actions.hand_to_newcomer(invitation=invitation) == 0


# Who may, and who may not


def test_hand_over_who_may(leaving, by, colleague):
    for who in (by, colleague, secretariat()):
        leaving.ends_on = None
        leaving.save()
        assert _hand_over(who, leaving).done_by == who.person


def test_hand_over_who_may_not(leaving, colleague):
    promised = _promised(leaving)
    for who in (
        actor(),
        actor(leaving.organisation, Role.OFFICER),
        actor(leaving.organisation, Role.OBSERVER),
        actor_for(UserFactory()),
    ):
        with pytest.raises(PermissionDenied):
            _hand_over(who, leaving)
    assert _named(promised) == {leaving.person_id}
    assert not HandOver.objects.exists()


def test_nothing_passes_to_a_stranger(leaving, by):
    promised = _promised(leaving)
    observer = actor(leaving.organisation, Role.OBSERVER)
    for person in (actor().person, observer.person, leaving.person):
        for given in ({"successor": person}, {"apart": {f"commitment-{promised.pk}": person}}):
            with pytest.raises(NotAllowed):
                _hand_over(by, leaving, **given)
    assert _named(promised) == {leaving.person_id}


def test_invitation_of_another_organisation_is_no_newcomer(leaving, by):
    other = actor()
    invitation = invite(
        by=other,
        organisation=other.organisation,
        email="x@city.example",
        name="X",
        language="en",
        role=Role.OFFICER,
    )
    with pytest.raises(NotAllowed):
        _hand_over(by, leaving, newcomer=invitation)


def test_take_on_who_may_not(leaving):
    promised = _promised(leaving)
    for who in (actor(), actor(leaving.organisation, Role.OBSERVER), actor_for(UserFactory())):
        with pytest.raises(PermissionDenied):
            take_on(commitment=promised, by=who)


# The pages


def test_page_lists_what_passes_and_does_it(client, leaving, by, colleague):
    promised = _promised(leaving, title="A library")
    client.force_login(by.person)
    path = reverse("continuity:leave", args=[leaving.pk])
    page = client.get(path)
    assert b"A library" in page.content
    answer = client.post(
        path,
        {
            "last_day": TODAY().isoformat(),
            "successor": f"person-{colleague.person.pk}",
            "word": "Ask the archive",
            f"line_commitment-{promised.pk}": "",
            "membership": "1",
            "done_by": "1",
        },
    )
    done = HandOver.objects.get()
    assert answer.url == reverse("continuity:handover", args=[done.pk])
    assert (done.done_by, done.membership, done.successor) == (
        by.person,
        leaving,
        colleague.person,
    )
    sheet = client.get(answer.url)
    assert b"Ask the archive" in sheet.content


def test_page_with_a_forged_successor_says_so_and_keeps_the_words(client, leaving, by):
    client.force_login(by.person)
    page = client.post(
        reverse("continuity:leave", args=[leaving.pk]),
        {
            "last_day": TODAY().isoformat(),
            "successor": f"person-{actor().person.pk}",
            "word": "Keep this",
        },
    )
    assert page.status_code == 200
    assert b"Keep this" in page.content
    assert not HandOver.objects.exists()


def test_page_without_a_choice_passes_nothing(client, leaving, by):
    client.force_login(by.person)
    path = reverse("continuity:leave", args=[leaving.pk])
    page = client.post(path, {"last_day": TODAY().isoformat(), "successor": ""})
    assert page.status_code == 200
    assert not HandOver.objects.exists()


def test_sheet_is_read_by_the_organisation_only(client, leaving, by, colleague):
    done = _hand_over(by, leaving, last_day=TODAY())
    paths = [
        reverse(f"continuity:{name}", args=[done.pk]) for name in ("handover", "handover_paper")
    ]
    for who, status in (
        (colleague, 200),
        (actor(leaving.organisation, Role.OFFICER), 200),
        (secretariat(), 200),
        (by, 200),  # until the last day
        (actor(leaving.organisation, Role.OBSERVER), 404),
        (actor(), 404),
    ):
        client.force_login(who.person)
        assert [client.get(path).status_code for path in paths] == [status, status]
    client.force_login(by.person)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert [client.get(path).status_code for path in paths] == [404, 404]


@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_sheet_is_an_accessible_pdf(client, leaving, by, colleague, language):
    _promised(leaving, title="Uma biblioteca", language="pt", due_on=TODAY())
    done = _hand_over(by, leaving, successor=colleague.person, word="#set page()\n$x$ *not code*")
    client.force_login(colleague.person)
    path = reverse("continuity:handover_paper", args=[done.pk])
    answer = client.get(f"{path}?language={language}")
    paper = pypdf.PdfReader(io.BytesIO(answer.content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"].startswith(language)
    text = "".join(page.extract_text() for page in paper.pages)
    assert "Uma biblioteca" in text
    assert "*not code*" in text
    assert colleague.person.name in text


def test_page_costs_the_same_however_much_is_held(client, leaving, by, colleague):
    client.force_login(by.person)
    path = reverse("continuity:leave", args=[leaving.pk])
    _promised(leaving)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _more in range(2):
        StepFactory(commitment=_promised(leaving))
        EventFactory(organisation=leaving.organisation, starts_on=TODAY())
        MembershipFactory(organisation=leaving.organisation)
    with CaptureQueriesContext(connection) as three:
        client.get(path)
    assert len(three) <= len(one) + 1  # the steps of commitments that have any


def test_secretariat_does_not_take_the_key_from_itself(client):
    office = secretariat()
    client.force_login(office.person)
    path = reverse("continuity:leave", args=[office.membership.pk])
    assert b"ask a colleague" in client.get(path, follow=True).content
    with pytest.raises((PermissionDenied, NotAllowed)):
        _hand_over(office, office.membership)


def test_team_page_shows_what_was_handed_over(client, leaving, by, colleague):
    done = _hand_over(by, leaving)
    client.force_login(colleague.person)
    page = client.get(reverse("network:team", args=[leaving.organisation_id]))
    assert done.get_absolute_url() in page.content.decode()


# The night after


def _tomorrow():
    return time_machine.travel(timezone.now() + timedelta(days=1))


def test_role_that_expires_leaves_its_things_on_the_desk_once(leaving, colleague, told):
    promised = _promised(leaving)
    Membership.objects.filter(pk=leaving.pk).update(ends_on=TODAY())
    assert actions.pass_on_what_is_left() == 0  # the last day is included
    with _tomorrow():
        actions.pass_on_what_is_left()
        assert _named(promised) == set()
        done = HandOver.objects.get()
        assert (done.kind, done.done_by, done.sheet[0]["title"]) == (
            "expired",
            None,
            promised.title,
        )
        assert ("continuity.left", {colleague.person.pk}) in told
        actions.pass_on_what_is_left()
        assert HandOver.objects.count() == 1
        assert len(told) == 1


def test_what_is_taken_on_until_the_last_day_goes_to_the_successor_too(leaving, by, colleague):
    last = TODAY() + timedelta(days=3)
    _hand_over(by, leaving, last_day=last, successor=colleague.person)
    late = _promised(leaving)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        actions.pass_on_what_is_left()
    assert _named(late) == {colleague.person.pk}
    assert HandOver.objects.filter(kind="expired").get().successor == colleague.person


def test_a_successor_who_left_too_gets_nothing(leaving, by, colleague):
    _hand_over(by, leaving, successor=colleague.person)
    late = _promised(leaving)
    Membership.objects.filter(person=colleague.person).update(ends_on=TODAY())
    with _tomorrow():
        actions.pass_on_what_is_left()
    assert _named(late) == set()


def test_a_change_of_role_passes_nothing_on(leaving, colleague):
    promised = _promised(leaving)
    changed = change_membership(by=colleague, membership=leaving, role=Role.OFFICER, ends_on=None)
    assert changed.pk != leaving.pk
    with _tomorrow():
        assert actions.pass_on_what_is_left() == 0
    assert _named(promised) == {leaving.person_id}


def test_where_nobody_decides_the_secretariat_is_told(leaving, told):
    office = secretariat()
    Membership.objects.filter(pk=leaving.pk).update(ends_on=TODAY())
    with _tomorrow():
        actions.pass_on_what_is_left()
    assert ("continuity.left", {office.person.pk}) in told


def test_reminders_come_30_and_7_days_before_once_each(leaving, colleague, told):
    Membership.objects.filter(pk=leaving.pk).update(ends_on=TODAY() + timedelta(days=40))
    start = timezone.now()
    counted = []
    for days in (0, 10, 11, 33, 34, 40):
        told.clear()
        with time_machine.travel(start + timedelta(days=days)):
            actions.remind_of_ends()
        counted.append((days, len(told)))
    assert counted == [(0, 0), (10, 2), (11, 0), (33, 2), (34, 0), (40, 0)]


def test_feeds_and_pages_are_closed_after_the_last_day(client: Client, leaving, by, colleague):
    """Handed over, ended: neither the session nor an address kept opens what members see."""
    own = CommitmentFactory(owner=leaving.organisation, visibility="members", title="Inside")
    event = EventFactory(
        organisation=leaving.organisation, visibility="members", source=None, unit=None
    )
    client.force_login(leaving.person)
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(event.get_absolute_url()).status_code == 200
    _hand_over(by, leaving, last_day=TODAY())
    with _tomorrow():
        assert client.get(own.get_absolute_url()).status_code == 404
        assert client.get(event.get_absolute_url()).status_code == 404
        path = reverse("commitments:move", args=[own.pk])
        assert client.post(path, {"to": "done"}).status_code in (403, 404)
        assert b"Inside" not in client.get(reverse("commitments:board")).content
