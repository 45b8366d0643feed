"""What home adds to the pages of units, organisations and goals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mutirao.home import around
from mutirao.network.acting import NOBODY
from mutirao.plans.models import Plan
from mutirao.topics.models import Goal
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory

from .factories import promise, working_unit

pytestmark = pytest.mark.django_db


def test_unit_page_shows_its_plan_and_its_next_meeting(client):
    unit = working_unit().unit
    plan = Plan.objects.get()
    html = client.get(f"/en{unit.get_absolute_url()[3:]}").content.decode()
    assert plan.title in html and f"Visita {plan.pk}" in html
    assert f"?unit={unit.pk}" in html and f"?unit={unit.slug}" in html
    assert "0 of 1 done" in html


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_unit_page_keeps_a_plan_not_in_force_from_visitors(client, state):
    unit = working_unit(state).unit
    plan = Plan.objects.get()
    html = client.get(f"/en{unit.get_absolute_url()[3:]}").content.decode()
    assert plan.title not in html and f"Visita {plan.pk}" not in html
    assert "It has not published a work plan yet" in html


def test_organisation_page_shows_promises_plans_and_meetings(client):
    leads = working_unit()
    plan = Plan.objects.get()
    html = client.get(f"/en{leads.organisation.get_absolute_url()[3:]}").content.decode()
    assert plan.title in html and "What it promised" in html and "0 of 1 done" in html
    host = plan.unit.events.get().organisation
    assert f"Visita {plan.pk}" in client.get(f"/en{host.get_absolute_url()[3:]}").content.decode()


def test_organisation_is_not_said_to_promise_what_an_unapproved_plan_says():
    leads = working_unit("draft")
    found = around.of_organisation(NOBODY, leads.organisation)
    assert found.stands["total"] == 0 and found.promised == [] and found.plans == []


def test_goal_page_lists_activities_in_force_and_meetings_about_it(client):
    working_unit()
    serving = ActivityFactory(plan=Plan.objects.get(), title="Praças à sombra")
    serving.targets.add("11.7")
    hidden = ActivityFactory(plan__state="draft", title="Ainda em segredo")
    hidden.targets.add("11.7")
    meeting = EventFactory(title="Encontro das praças", visibility="public")
    meeting.targets.add("11.7")
    html = client.get("/en/topics/goals/11/").content.decode()
    assert "Praças à sombra" in html and "Encontro das praças" in html
    assert serving.get_absolute_url().split("/", 2)[2] in html
    assert "Ainda em segredo" not in html
    assert "No activity of a published plan" in client.get("/en/topics/goals/1/").content.decode()


def test_around_costs_the_same_however_much_there_is():
    def cost() -> list[int]:
        counts = []
        for ask in (
            lambda: around.of_unit(NOBODY, leads.unit),
            lambda: around.of_organisation(NOBODY, leads.organisation),
            lambda: around.of_goal(NOBODY, Goal.objects.get(pk=11)),
        ):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                ask()
            counts.append(len(asked))
        return counts

    leads = working_unit()
    plan = Plan.objects.get()
    before = cost()
    for _n in range(3):
        promise(plan, visibility="public")
        EventFactory(unit=leads.unit, organisation=leads.organisation, visibility="public")
        ActivityFactory(plan=plan).targets.add("11.7")
    assert cost() == before == [3, 4, 3]
