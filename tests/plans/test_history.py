"""What changed, when, by whom and for whom: read from what the triggers kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mutirao.network.models import Organisation
from mutirao.plans.changes import entries, word_pieces
from mutirao.topics.models import Theme
from tests.factories import MandateFactory, OrganisationFactory, actor, coordinator
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory
from tests.plans.test_pages import signed_in

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


def test_a_change_says_who_for_whom_and_from_what_to_what(plan, leader):
    activity = ActivityFactory(plan=plan, number="2", title="Rede", text="Reunir as agências")
    signed_in(leader).post(
        reverse("plans:edit_activity", args=[activity.pk]),
        {"version": 1, "number": "2", "title": "Rede", "text": "Reunir dez agências"},
    )
    latest = entries(plan)[0]
    assert (latest.person, latest.organisation) == (
        leader.person.name,
        leader.organisation.display,
    )
    (change,) = latest.changes
    assert change.act == "update"
    (difference,) = change.differences
    assert difference.pieces == [
        ("same", "Reunir"),
        ("old", "as"),
        ("new", "dez"),
        ("same", "agências"),
    ]


def test_tags_and_responsibles_leave_a_trace(plan, leader):
    activity = ActivityFactory(plan=plan)
    before, after = OrganisationFactory(name="Before"), OrganisationFactory(name="After")
    activity.organisations.add(before)
    theme = Theme.objects.first()
    signed_in(leader).post(
        reverse("plans:tag_activity", args=[activity.pk]),
        {"version": 1, "organisations": [after.pk], "themes": [theme.pk]},
    )
    (change,) = entries(plan)[0].changes
    pieces = [piece for difference in change.differences for piece in difference.pieces]
    assert pieces == [("old", "Before"), ("new", "After"), ("new", str(theme))]


def test_what_was_deleted_stays_in_the_history(plan, leader):
    axis = AxisFactory(plan=plan, number="IX")
    signed_in(leader).post(reverse("plans:delete_axis", args=[axis.pk]))
    (change,) = entries(plan)[0].changes
    assert change.act == "delete"
    assert "IX" in change.subject


def test_a_new_order_is_said_once(plan, leader):
    activities = [ActivityFactory(plan=plan) for _n in range(3)]
    signed_in(leader).post(reverse("plans:shift_activity", args=[activities[2].pk]), {"step": "up"})
    assert [change.act for change in entries(plan)[0].changes] == ["order"]


def test_the_history_costs_the_same_however_long(plan, leader, django_assert_num_queries):
    browser, url = signed_in(leader), reverse("plans:history", args=[plan.pk])
    activity = ActivityFactory(plan=plan)

    def write(version: int) -> None:
        browser.post(
            reverse("plans:edit_activity", args=[activity.pk]),
            {"version": version, "number": "1", "title": "", "text": f"Texto {version}"},
        )

    write(1)
    browser.get(url)
    queries = 15
    with django_assert_num_queries(queries):
        browser.get(url)
    write(2), write(3)
    with django_assert_num_queries(queries):
        page = browser.get(url)
    assert len(page.context["page"].object_list) >= 3


def test_the_history_is_for_members(plan):
    plan.state, plan.approved_on = "approved", plan.term.starts_on
    plan.save()
    url = reverse("plans:history", args=[plan.pk])
    assert Client().get(url).status_code == 302
    assert signed_in(actor()).get(url).status_code == 200
    assert url not in Client().get(plan.get_absolute_url()).content.decode()
    assert Organisation.objects.exists()


def test_words_are_compared_one_by_one():
    assert word_pieces("", "novo texto") == [("new", "novo texto")]
    assert word_pieces("a b c", "a c") == [("same", "a"), ("old", "b"), ("same", "c")]
    assert word_pieces("igual", "igual") == [("same", "igual")]
