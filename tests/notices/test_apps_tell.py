"""The acts of commitments, plans, meetings, discussions and the network reach whom they concern."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mutirao.commitments import actions as commitments
from mutirao.commitments.actions.reminding import remind
from mutirao.commitments.states import State
from mutirao.core.states import Visibility
from mutirao.discussions.actions import comment
from mutirao.meetings import actions as meetings
from mutirao.network import actions as network
from mutirao.network.acting import Actor
from mutirao.network.states import Office, Role, UnitKind
from mutirao.notices.actions import follow
from mutirao.notices.models import Follow, Notice
from mutirao.plans import actions as plans
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, PlanFactory

pytestmark = pytest.mark.django_db


def told(who: Actor) -> list[str]:
    """The kinds the person was told, in order; the list is emptied."""
    rows = Notice.objects.filter(person=who.person).order_by("pk")
    kinds = list(rows.values_list("kind", flat=True))
    rows.delete()
    return kinds


def test_a_commitment_tells_who_is_named_who_owes_and_who_follows() -> None:
    mandate = MandateFactory()
    lead, owner = coordinator(mandate), actor()
    named = actor(owner.organisation, Role.OFFICER)
    made = commitments.promise(
        title="Drenagem",
        owner=owner.organisation,
        by=lead,
        unit=mandate.unit,
        term=mandate.term,
        source=mandate.unit,
        visibility=Visibility.MEMBERS,
        people=[named.person],
        due_on=timezone.localdate() + timedelta(days=60),
    )
    assert told(owner) == ["commitments.owed"]
    assert told(named) == ["commitments.named"]
    assert Follow.objects.filter(person=named.person, record_id=made.pk).exists()
    reader = actor()
    follow(record=made, by=reader)
    commitments.move(commitment=made, to=State.IN_PROGRESS, by=owner)
    commitments.add_evidence(commitment=made, title="Ata", url="https://a.example/", by=owner)
    commitments.change(
        commitment=made, version=1, by=lead, due_on=timezone.localdate() + timedelta(days=90)
    )
    expected = ["commitments.moved", "commitments.evidence", "commitments.rescheduled"]
    assert told(reader) == told(named) == expected
    assert told(owner) == []


def test_a_plan_tells_the_board_then_its_coordination_and_those_it_counts_on() -> None:
    term = TermFactory()
    mandate = MandateFactory(term=term)
    lead = coordinator(mandate)
    seat = MandateFactory(unit=UnitFactory(kind=UnitKind.BOARD), term=term, office=Office.MEMBER)
    board, office, owner, fan = actor(seat.organisation), secretariat(), actor(), actor()
    plan = PlanFactory(unit=mandate.unit, term=term, presented_by=mandate.organisation)
    activity = ActivityFactory(plan=plan)
    follow(record=mandate.unit, by=fan)
    plans.add_commitment(activity=activity, title="Mapa", owner=owner.organisation, by=lead)
    assert told(owner) == []  # a draft is nobody's business yet
    plans.submit(plan=plan, by=lead)
    assert told(board) == told(office) == ["plans.submitted"]
    plans.return_with_remarks(plan=plan, by=board, remark="Mais datas")
    assert told(lead) == ["plans.decided"]
    plans.submit(plan=plan, by=lead)
    plans.approve(plan=plan, by=office)
    assert told(lead) == ["plans.decided"]
    assert told(owner) == ["plans.counts_on"]
    assert told(fan) == ["plans.moved"]


def test_a_meeting_tells_its_unit_and_followers_of_what_changes() -> None:
    mandate = MandateFactory()
    lead, office, fan = coordinator(mandate), secretariat(), actor()
    day = timezone.localdate() + timedelta(days=20)
    follow(record=mandate.unit, by=fan)
    event = meetings.create_event(
        by=office, title="Reunião", unit=mandate.unit, starts_on=day, visibility=Visibility.MEMBERS
    )
    assert told(lead) == told(fan) == ["meetings.new"]
    event = meetings.edit_event(event=event, version=event.version, by=lead, description="x")
    assert told(fan) == []
    event = meetings.edit_event(
        event=event, version=event.version, by=lead, starts_on=day + timedelta(days=1), ends_on=None
    )
    event = meetings.cancel_event(event=event, version=event.version, by=lead)
    meetings.restore_event(event=event, version=event.version, by=lead)
    assert told(fan) == ["meetings.changed", "meetings.cancelled", "meetings.restored"]
    assert told(office) == ["meetings.changed", "meetings.cancelled", "meetings.restored"]


def test_drafts_and_the_past_are_not_spoken_of() -> None:
    mandate = MandateFactory()
    lead, office = coordinator(mandate), secretariat()
    day = timezone.localdate()
    meetings.create_event(by=office, title="Rascunho", unit=mandate.unit, starts_on=day)
    meetings.create_event(
        by=office,
        title="Passado",
        unit=mandate.unit,
        starts_on=day - timedelta(days=3),
        visibility=Visibility.PUBLIC,
    )
    assert told(lead) == []


def test_a_comment_tells_who_wrote_there_and_who_follows_but_not_its_author() -> None:
    record = CommitmentFactory(visibility=Visibility.MEMBERS)
    first, second, fan = actor(), actor(), actor()
    follow(record=record, by=fan)
    comment(record=record, text="Quando?", key=uuid4(), by=first)
    comment(record=record, text="Amanhã.", key=uuid4(), by=second)
    assert told(first) == ["discussions.commented"]
    assert told(fan) == ["discussions.commented"] * 2
    assert told(second) == []
    key = uuid4()
    for _twice in range(2):
        comment(record=record, text="Certo", key=key, by=first)
    assert told(second) == ["discussions.commented"]


def test_a_mandate_tells_its_holder_and_the_units_followers() -> None:
    unit, term, office, fan = UnitFactory(), TermFactory(), secretariat(), actor()
    holder = actor(OrganisationFactory())
    follow(record=unit, by=fan)
    mandate = network.give_mandate(
        by=office, organisation=holder.organisation, unit=unit, term=term, office="coordinator"
    )
    network.end_mandate(by=office, mandate=mandate, ends_on=timezone.localdate())
    expected = ["network.mandate_given", "network.mandate_ended"]
    assert told(holder) == told(fan) == expected


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (15, []),
        (14, ["commitments.due"]),
        (3, ["commitments.due"]),
        (0, ["commitments.due"]),
        (-1, ["commitments.late"]),
        (-30, ["commitments.late"]),
        (-60, []),
    ],
)
def test_reminders_come_before_and_after_the_day(days: int, kinds: list[str]) -> None:
    owner, today = actor(), timezone.localdate()
    CommitmentFactory(
        owner=owner.organisation,
        due_on=today + timedelta(days=days),
        visibility=Visibility.MEMBERS,
    )
    remind()
    assert told(owner) == kinds
    remind()
    assert told(owner) == []


def test_each_step_is_reminded_of_once_and_a_date_moved_anew() -> None:
    owner, day = actor(), timezone.localdate() + timedelta(days=20)
    item = CommitmentFactory(owner=owner.organisation, due_on=day, visibility=Visibility.MEMBERS)
    for days in range(21 + 40):
        remind(today=timezone.localdate() + timedelta(days=days))
    assert told(owner) == ["commitments.due"] * 3 + ["commitments.late"] * 3
    item.due_on = day + timedelta(days=1)
    item.save()
    remind(today=day)
    assert told(owner) == ["commitments.due"]


def test_late_ones_are_told_to_the_coordination_and_done_or_draft_ones_to_nobody() -> None:
    mandate = MandateFactory()
    lead, owner = coordinator(mandate), actor()
    late = timezone.localdate() - timedelta(days=2)
    common = {"owner": owner.organisation, "unit": mandate.unit, "term": mandate.term}
    CommitmentFactory(due_on=late, visibility=Visibility.MEMBERS, **common)
    CommitmentFactory(due_on=late, visibility=Visibility.DRAFT, **common)
    CommitmentFactory(
        due_on=late, visibility=Visibility.MEMBERS, state=State.DONE, done_on=late, **common
    )
    assert remind() == 1
    assert told(lead) == ["commitments.unit_late"] and told(owner) == ["commitments.late"]


def test_named_people_are_reminded_instead_of_the_whole_organisation() -> None:
    owner = actor()
    named = MembershipFactory(organisation=owner.organisation, role=Role.OFFICER).person
    item = CommitmentFactory(
        owner=owner.organisation, due_on=timezone.localdate(), visibility=Visibility.MEMBERS
    )
    item.people.add(named)
    remind()
    assert told(owner) == []
    assert Notice.objects.get().person == named


def test_tomorrows_meetings_are_reminded_of_once() -> None:
    fan, tomorrow = actor(), timezone.localdate() + timedelta(days=1)
    event = EventFactory(starts_on=tomorrow, ends_on=tomorrow, visibility=Visibility.PUBLIC)
    EventFactory(starts_on=tomorrow, ends_on=tomorrow, visibility=Visibility.PUBLIC, cancelled=True)
    follow(record=event, by=fan)
    assert (meetings.remind_of_tomorrow(), meetings.remind_of_tomorrow()) == (1, 0)
    assert told(fan) == ["meetings.tomorrow"]
