"""The desk: what one owes, decides and attends; nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.home import queries
from mutirao.network.states import Role
from mutirao.plans.models import Plan
from mutirao.plans.states import State
from tests.commitments.factories import CommitmentFactory
from tests.factories import UserFactory, actor, coordinator, secretariat
from tests.meetings.factories import EventFactory
from tests.plans.factories import PlanFactory, board_actor

from .factories import promise, working_unit

pytestmark = pytest.mark.django_db


def page_of(client, somebody):
    client.force_login(somebody.person)
    response = client.get("/en/desk/")
    assert response.status_code == 200
    return response.content.decode()


def test_desk_is_not_for_visitors(client):
    response = client.get("/en/desk/")
    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


def test_desk_of_someone_without_organisation_says_what_to_do(client):
    client.force_login(UserFactory())
    page = client.get("/en/desk/").content.decode()
    assert "you do not act for any organisation yet" in page


def test_desk_lists_what_the_organisation_owes_late_first():
    somebody = actor()
    today = timezone.localdate()
    later = CommitmentFactory(owner=somebody.organisation, due_on=today + timedelta(days=9))
    late = CommitmentFactory(owner=somebody.organisation, due_on=today - timedelta(days=9))
    some_day = CommitmentFactory(owner=somebody.organisation, due_on=None)
    CommitmentFactory(owner=somebody.organisation, state="done", done_on=today)
    CommitmentFactory()
    desk = queries.desk(somebody)
    assert desk.owed == [late, later, some_day]
    assert desk.owed_late == 1


def test_desk_does_not_count_promises_of_an_unapproved_plan_as_owed():
    leads = working_unit("draft")
    assert queries.desk(coordinator(leads)).owed == []


def test_desk_shows_drafts_and_returned_plans_to_those_who_write_them(client):
    for state in ("draft", "returned"):
        leads = working_unit(state)
        somebody = coordinator(leads)
        plan = Plan.objects.get(unit=leads.unit)
        assert queries.desk(somebody).to_write == [plan]
        assert plan.title in page_of(client, somebody)


@pytest.mark.parametrize("state", ["draft", "returned", "submitted"])
def test_desk_of_others_never_shows_a_plan_that_is_not_in_force(client, state):
    plan = Plan.objects.get(unit=working_unit(state).unit)
    neighbour = coordinator(working_unit())
    for stranger in (neighbour, actor(), actor(role=Role.OBSERVER)):
        page = page_of(client, stranger)
        assert plan.title not in page
        assert f"Visita {plan.pk}" not in page


def test_desk_brings_submitted_plans_to_those_who_decide():
    plan = Plan.objects.get(unit=working_unit("submitted").unit)
    assert queries.desk(board_actor()).to_decide == [plan]
    assert queries.desk(secretariat()).to_decide == [plan]
    assert queries.desk(board_actor(Role.OBSERVER)).to_decide == []


def test_desk_leaves_the_secretariats_own_writing_to_the_coordinations():
    working_unit("draft")
    assert queries.desk(secretariat()).to_write == []


def test_desk_lists_meetings_of_its_units_and_those_it_hosts():
    leads = working_unit()
    somebody = coordinator(leads)
    hosted = EventFactory(unit=None, organisation=leads.organisation)
    EventFactory()
    assert {event.title for event in queries.desk(somebody).events} == {
        hosted.title,
        f"Visita {Plan.objects.get(unit=leads.unit).pk}",
    }


def test_desk_lists_plans_of_its_units_and_its_own_of_earlier_terms():
    leads = working_unit()
    working_unit()
    assert queries.desk(coordinator(leads)).plans == [Plan.objects.get(unit=leads.unit)]


def test_desk_gives_the_overview_to_the_secretariat_only():
    leads = working_unit()
    plan = Plan.objects.get(unit=leads.unit)
    promise(plan, due_on=timezone.localdate() - timedelta(days=1))
    without = working_unit("draft").unit
    overview = queries.desk(secretariat()).overview
    assert (overview.units, overview.submitted, overview.late_in_all) == (2, 0, 1)
    assert overview.without_plan == [without]
    assert overview.without_plan[0].writing == State.DRAFT.label
    assert overview.late == [leads.unit]
    assert queries.desk(coordinator(leads)).overview is None


def test_desk_of_the_secretariat_works_between_terms(client):
    assert "The term at a glance" in page_of(client, secretariat())


@pytest.mark.parametrize("who", ["coordinator", "secretariat"])
def test_desk_costs_the_same_however_much_there_is(client, who):
    leads = working_unit()
    somebody = coordinator(leads) if who == "coordinator" else secretariat()
    plan = Plan.objects.get(unit=leads.unit)
    page_of(client, somebody)
    with CaptureQueriesContext(connection) as one:
        client.get("/en/desk/")
    for _ in range(2):
        promise(plan)
        EventFactory(unit=leads.unit)
        PlanFactory(presented_by=leads.organisation, state="submitted")
        CommitmentFactory(
            owner=somebody.organisation, unit=leads.unit, visibility=Visibility.MEMBERS
        )
        working_unit("submitted")
    with CaptureQueriesContext(connection) as three:
        client.get("/en/desk/")
    assert len(one) == len(three) <= 18
