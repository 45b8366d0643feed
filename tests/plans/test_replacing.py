"""A revised plan takes the place of the one in force; nothing that was promised is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mutirao.core.models import NotAllowed
from mutirao.core.states import Visibility
from mutirao.meetings import actions as meetings
from mutirao.plans import actions
from mutirao.plans.states import State
from tests.factories import MandateFactory, coordinator, secretariat
from tests.plans.factories import ActivityFactory, PlanFactory
from tests.plans.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def former():
    mandate = MandateFactory()
    plan = PlanFactory(
        unit=mandate.unit,
        term=mandate.term,
        presented_by=mandate.organisation,
        state=State.IN_PROGRESS,
    )
    by = secretariat()
    activity = ActivityFactory(plan=plan)
    actions.add_commitment(
        activity=activity, by=by, title="Manter", owner=mandate.organisation, due_on=None
    )
    meetings.create_event(
        by=by, source=plan, title="Feira", starts_on=date(2026, 6, 1), visibility="public"
    )
    return plan


@pytest.fixture
def revised(former):
    plan = PlanFactory(
        unit=former.unit,
        term=former.term,
        presented_by=former.presented_by,
        state=State.SUBMITTED,
    )
    ActivityFactory(plan=plan)
    return plan


def test_replacing_must_name_the_plan_in_force(former, revised):
    for seen in (None, revised.pk, former.pk + 1000):
        with pytest.raises(NotAllowed, match=former.title):
            actions.approve(plan=revised, by=secretariat(), replacing=seen)
    former.refresh_from_db()
    assert former.state == State.IN_PROGRESS


def test_replaced_plan_stays_readable_and_its_calendar_gives_way(former, revised, client):
    actions.approve(plan=revised, by=secretariat(), replacing=former.pk)
    former.refresh_from_db()
    revised.refresh_from_db()
    assert (former.state, former.replaced_by) == (State.REPLACED, revised)
    assert revised.state == State.APPROVED
    assert former.moves.get().to_state == State.REPLACED
    assert former.events.get().visibility == Visibility.DRAFT
    kept = former.activities.get().commitments.get()
    assert (kept.state, kept.visibility) == ("planned", Visibility.PUBLIC)
    page = client.get(former.get_absolute_url())
    assert page.status_code == 200
    assert revised.get_absolute_url() in page.content.decode()


def test_replacing_is_asked_on_the_page_and_done_once(former, revised):
    approver = signed_in(secretariat())
    url = reverse("plans:move", args=[revised.pk, "approve"])
    page = approver.get(url).content.decode()
    assert former.title in page
    assert f'name="replacing" value="{former.pk}"' in page
    assert approver.post(url, {"remark": ""}).status_code == 200
    former.refresh_from_db()
    assert former.state == State.IN_PROGRESS
    assert approver.post(url, {"remark": "", "replacing": former.pk}).status_code == 302
    former.refresh_from_db()
    assert former.state == State.REPLACED


def test_replacing_is_not_for_the_authors(former, revised):
    author = coordinator(former.unit.mandates.get())
    with pytest.raises(PermissionDenied):
        actions.approve(plan=revised, by=author, replacing=former.pk)
    former.refresh_from_db()
    assert former.state == State.IN_PROGRESS
