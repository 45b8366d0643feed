"""Writing a plan and moving it on."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.states import Visibility
from mutirao.meetings import actions as meetings
from mutirao.plans import actions
from mutirao.plans.models import Move, Plan
from mutirao.plans.states import State
from tests.factories import MandateFactory, OrganisationFactory, actor, coordinator, secretariat
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mandate():
    return MandateFactory()


@pytest.fixture
def leader(mandate):
    return coordinator(mandate)


@pytest.fixture
def plan(mandate):
    return PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="draft"
    )


def test_a_plan_begins_as_a_draft(mandate, leader):
    words = {
        "unit": mandate.unit,
        "term": mandate.term,
        "presented_by": mandate.organisation,
        "title": "Plano",
        "language": "pt",
    }
    plan = actions.create_plan(**words, by=leader)
    assert actions.create_plan(**words, by=leader) == plan
    assert (plan.state, plan.version, plan.approved_on) == ("draft", 1, None)


def test_a_stranger_writes_nothing(plan):
    stranger = actor()
    activity, axis = ActivityFactory(plan=plan), AxisFactory(plan=plan)
    attempts = [
        lambda: actions.edit_plan(plan=plan, version=1, by=stranger, title="x"),
        lambda: actions.delete_plan(plan=plan, by=stranger),
        lambda: actions.add_axis(plan=plan, by=stranger, text="x"),
        lambda: actions.edit_axis(axis=axis, version=1, by=stranger, text="x"),
        lambda: actions.delete_axis(axis=axis, by=stranger),
        lambda: actions.move_axis(axis=axis, step=1, by=stranger),
        lambda: actions.add_activity(plan=plan, by=stranger, text="x"),
        lambda: actions.edit_activity(activity=activity, version=1, by=stranger, axes=[]),
        lambda: actions.tag_activity(
            activity=activity,
            version=1,
            by=stranger,
            themes=[],
            targets=[],
            organisations=[],
            units=[],
        ),
        lambda: actions.delete_activity(activity=activity, by=stranger),
        lambda: actions.move_activity(activity=activity, step=1, by=stranger),
        lambda: actions.add_commitment(
            activity=activity, title="x", owner=stranger.organisation, by=stranger
        ),
        *(
            lambda verb=verb: actions.ACTIONS[verb](plan=plan, by=stranger, remark="x")
            for verb in actions.ACTIONS
        ),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Move.objects.exists()


def test_a_second_edit_of_the_same_version_is_a_conflict(plan, leader):
    activity = ActivityFactory(plan=plan, text="Before")
    actions.edit_activity(activity=activity, version=1, by=leader, axes=[], text="First")
    with pytest.raises(Conflict) as caught:
        actions.edit_activity(activity=activity, version=1, by=leader, axes=[], text="Second")
    assert (caught.value.current.text, caught.value.current.version) == ("First", 2)
    activity.refresh_from_db()
    assert activity.text == "First"


def test_the_words_of_a_submitted_plan_stand(plan, leader):
    activity = ActivityFactory(plan=plan, text="Before")
    actions.submit(plan=plan, by=leader)
    with pytest.raises(NotAllowed):
        actions.edit_activity(activity=activity, version=1, by=leader, axes=[], text="After")
    activity.refresh_from_db()
    assert activity.text == "Before"


def test_axes_served_are_of_the_same_plan(plan, leader):
    own, foreign = AxisFactory(plan=plan), AxisFactory()
    activity = actions.add_activity(plan=plan, by=leader, axes=[own], text="x")
    assert list(activity.axes.all()) == [own]
    with pytest.raises(ValidationError):
        actions.edit_activity(activity=activity, version=1, by=leader, axes=[foreign], text="x")
    assert list(activity.axes.all()) == [own]


def test_activities_change_places_and_stay_at_the_ends(plan, leader):
    first, second, third = (ActivityFactory(plan=plan, position=7) for _n in range(3))
    actions.move_activity(activity=third, step=actions.UP, by=leader)
    assert list(plan.activities.all()) == [first, third, second]
    actions.move_activity(activity=first, step=actions.UP, by=leader)
    actions.move_activity(activity=second, step=actions.DOWN, by=leader)
    assert list(plan.activities.all()) == [first, third, second]
    assert [row.position for row in plan.activities.all()] == [0, 1, 2]


def test_axes_change_places_within_their_kind(plan, leader):
    action = AxisFactory(plan=plan, kind="action", position=0)
    work = [AxisFactory(plan=plan, kind="work", position=n) for n in range(2)]
    actions.move_axis(axis=work[1], step=actions.UP, by=leader)
    assert list(plan.axes.filter(kind="work")) == [work[1], work[0]]
    actions.move_axis(axis=action, step=actions.DOWN, by=leader)
    assert plan.axes.get(kind="action").position == 0


def test_an_activity_with_commitments_is_not_deleted(plan, leader, mandate):
    activity = ActivityFactory(plan=plan)
    actions.add_commitment(activity=activity, title="x", owner=mandate.organisation, by=leader)
    with pytest.raises(NotAllowed):
        actions.delete_activity(activity=activity, by=leader)
    with pytest.raises(NotAllowed):
        actions.delete_plan(plan=plan, by=leader)
    assert plan.activities.count() == 1


def test_an_untouched_draft_is_deleted_with_its_entries(plan, leader):
    meetings.create_event(
        by=leader,
        source=plan,
        title="x",
        unit=plan.unit,
        month=date(2030, 1, 1),
        date_confirmed=False,
    )
    actions.delete_plan(plan=plan, by=leader)
    assert not Plan.objects.exists()


def test_a_plan_goes_all_the_way(plan, leader, mandate):
    activity = ActivityFactory(plan=plan)
    commitment = actions.add_commitment(
        activity=activity, title="Reunir", owner=mandate.organisation, by=leader
    )
    event = meetings.create_event(
        by=leader, source=plan, title="Encontro", unit=plan.unit, starts_on=date(2030, 1, 2)
    )
    assert (commitment.visibility, event.visibility) == (Visibility.DRAFT, Visibility.DRAFT)
    assert (commitment.unit, commitment.term) == (plan.unit, plan.term)
    actions.submit(plan=plan, by=leader)
    actions.return_with_remarks(plan=plan, by=secretariat(), remark="  Falta o prazo. ")
    actions.submit(plan=plan, by=leader)
    approved = actions.approve(plan=plan, by=secretariat())
    assert (approved.state, approved.approved_on) == ("approved", timezone.localdate())
    commitment.refresh_from_db()
    event.refresh_from_db()
    assert (commitment.visibility, event.visibility) == (Visibility.PUBLIC, Visibility.PUBLIC)
    actions.start(plan=plan, by=leader)
    later = actions.add_commitment(
        activity=activity, title="Outro", owner=mandate.organisation, by=leader
    )
    assert later.visibility == Visibility.PUBLIC
    assert actions.close(plan=plan, by=leader).state == State.CLOSED
    with pytest.raises(NotAllowed):
        actions.add_commitment(activity=activity, title="x", owner=OrganisationFactory(), by=leader)
    assert actions.reopen(plan=plan, by=secretariat()).state == State.IN_PROGRESS
    assert [(m.from_state, m.to_state, m.remark) for m in plan.moves.all()] == [
        ("draft", "submitted", ""),
        ("submitted", "returned", "Falta o prazo."),
        ("returned", "submitted", ""),
        ("submitted", "approved", ""),
        ("approved", "in_progress", ""),
        ("in_progress", "closed", ""),
        ("closed", "in_progress", ""),
    ]
    assert {move.organisation for move in plan.moves.filter(to_state="submitted")} == {
        mandate.organisation
    }


def test_returning_needs_a_remark(plan, leader):
    ActivityFactory(plan=plan)
    actions.submit(plan=plan, by=leader)
    with pytest.raises(ValidationError):
        actions.return_with_remarks(plan=plan, by=secretariat(), remark="   ")
    plan.refresh_from_db()
    assert plan.state == State.SUBMITTED


def test_a_step_is_not_made_twice(plan, leader):
    ActivityFactory(plan=plan)
    actions.submit(plan=plan, by=leader)
    with pytest.raises(NotAllowed):
        actions.submit(plan=plan, by=leader)
    assert plan.moves.count() == 1


def test_an_empty_plan_is_not_submitted(plan, leader):
    with pytest.raises(NotAllowed):
        actions.submit(plan=plan, by=leader)


def test_one_plan_of_a_unit_is_in_force_in_a_term(plan, leader):
    PlanFactory(unit=plan.unit, term=plan.term, state="approved")
    ActivityFactory(plan=plan)
    actions.submit(plan=plan, by=leader)
    with pytest.raises(NotAllowed):
        actions.approve(plan=plan, by=secretariat())
    plan.refresh_from_db()
    assert (plan.state, plan.approved_on) == (State.SUBMITTED, None)


def test_a_leader_does_not_approve_their_own_plan(plan, leader):
    ActivityFactory(plan=plan)
    actions.submit(plan=plan, by=leader)
    with pytest.raises(PermissionDenied):
        actions.approve(plan=plan, by=leader)


def test_tags_of_a_plan_in_progress_still_change(mandate, leader):
    plan = PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="in_progress"
    )
    activity = ActivityFactory(plan=plan)
    other = OrganisationFactory()
    tagged = actions.tag_activity(
        activity=activity,
        version=1,
        by=leader,
        themes=[],
        targets=[],
        organisations=[other],
        units=[mandate.unit],
    )
    assert (list(tagged.organisations.all()), list(tagged.units.all())) == ([other], [mandate.unit])
    assert tagged.version == 2


def test_a_form_sent_twice_makes_one(plan, leader, mandate):
    day = date(2030, 1, 2)
    for _time in range(2):
        actions.add_axis(plan=plan, by=leader, kind="work", number="I", text="Eixo")
        activity = actions.add_activity(plan=plan, by=leader, number="1", title="", text="Rede")
        actions.add_commitment(
            activity=activity, title="Reunir", owner=mandate.organisation, due_on=day, by=leader
        )
        actions.add_event(plan=plan, by=leader, title="Feira", starts_on=day, ends_on=day)
    counts = (
        plan.axes.count(),
        plan.activities.count(),
        activity.commitments.count(),
        plan.events.count(),
    )
    assert counts == (1, 1, 1, 1)
