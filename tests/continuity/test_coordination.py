"""How each unit stands, reminders and answers, and a term on a day of the past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mutirao.commitments import actions as commitments
from mutirao.continuity import actions, queries
from mutirao.continuity.models import Nudge
from mutirao.core.models import NotAllowed
from mutirao.network.states import Role
from mutirao.plans import actions as plans
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    MemberFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, PlanFactory, board_actor
from tests.security.world import signed_in

from .factories import NudgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def led():
    """A led unit with a plan in progress: two promises kept, one late, one open."""
    mandate = MandateFactory()
    PlanFactory(unit=mandate.unit, term=mandate.term, state="in_progress")
    today = timezone.localdate()
    words = {"unit": mandate.unit, "term": mandate.term, "owner": mandate.organisation}
    for _n in range(2):
        CommitmentFactory(state="done", done_on=today, **words)
    CommitmentFactory(due_on=today - timedelta(days=9), title="Atrasado", **words)
    CommitmentFactory(**words)
    return mandate


def test_row_says_who_leads_the_plan_what_is_kept_and_what_is_late(led):
    meeting = EventFactory(unit=led.unit)
    (row,) = queries.coordinations(secretariat(), led.term)
    assert row.leaders == [led.organisation]
    assert (row.plan.state, row.meeting, row.nudge) == ("in_progress", meeting, None)
    assert (row.counts["done"], row.counts["late"], row.open, row.kept_percent) == (2, 1, 1, 50)
    assert (row.last.what, row.silent_days) == ("commitment", 0)


def test_units_are_narrowed_and_sorted(led):
    silent = UnitFactory()
    rows = queries.coordinations(secretariat(), led.term)
    pick = lambda **chosen: [r.unit for r in queries.arranged(rows, chosen)]  # noqa: E731
    assert pick(state=queries.NO_PLAN) == [silent]
    assert pick(silence=30) == [silent]
    assert pick(late=True) == [led.unit]
    assert pick(sort="silence") == [silent, led.unit]
    assert pick(sort="late") == [led.unit, silent]


def test_terms_are_compared_unit_by_unit(led):
    year = led.term.year - 1
    before = TermFactory(code=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    CommitmentFactory(unit=led.unit, term=before, state="carried")
    EventFactory(unit=led.unit, starts_on=date(year, 5, 5))
    compared, [(unit, pasts)] = queries.over_terms(secretariat())
    assert (compared, unit) == ([before, led.term], led.unit)
    assert [(p.approved, p.kept_percent, p.meetings) for p in pasts] == [
        (False, None, 1), (True, 50, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_follow_up_costs_the_same_for_any_number_of_units(number, django_assert_max_num_queries):
    for _n in range(number):
        mandate = MandateFactory()
        PlanFactory(unit=mandate.unit, term=mandate.term, state="in_progress")
        CommitmentFactory(unit=mandate.unit, term=mandate.term)
        EventFactory(unit=mandate.unit)
        NudgeFactory(unit=mandate.unit, term=mandate.term)
    browser = signed_in(secretariat())
    for path, most in (("coordinations/", 20), ("coordinations/compare/", 13)):
        browser.get(f"/en/continuity/{path}")
        with django_assert_max_num_queries(most):
            assert browser.get(f"/en/continuity/{path}").status_code == 200


def test_reminder_names_what_is_late_in_the_citys_language(led):
    led.organisation.languages = ["es"]
    text = queries.proposed_text(led.unit, led.term, queries.language_of(led.organisation))
    assert "Atrasado" in text and "compromisos" in text


def test_unit_is_reminded_once_a_week_unless_forced(led):
    office = secretariat()
    words = {"unit": led.unit, "term": led.term, "to": led.organisation, "text": "Oi", "by": office}
    first = actions.nudge(**words)
    with pytest.raises(NotAllowed):
        actions.nudge(**words)
    assert actions.nudge(force=True, **words) != first
    letters = [(led.unit, led.organisation, "Oi")]
    assert actions.nudge_silent(term=led.term, letters=letters, by=office) == []
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert len(actions.nudge_silent(term=led.term, letters=letters, by=office)) == 1
    with pytest.raises(PermissionDenied):
        actions.nudge(**{**words, "by": coordinator(led), "force": True})


def test_city_answers_once_and_the_secretariat_reads_it(led):
    reminder = NudgeFactory(unit=led.unit, term=led.term, to=led.organisation)
    leader, office = coordinator(led), secretariat()
    assert list(queries.unanswered(leader)) == [reminder]
    at = f"/en/continuity/reminders/{reminder.pk}/"
    assert signed_in(actor()).get(at).status_code == 404
    assert signed_in(leader).post(at, {"text": "Tudo em dia."}).status_code == 302
    assert signed_in(leader).post(at, {"text": "Outra"}).status_code == 409
    assert "Tudo em dia." in signed_in(office).get(at).content.decode()
    assert not queries.unanswered(leader)
    observer = actor(led.organisation, Role.OBSERVER)
    assert not queries.nudges_visible_to(observer)
    for who in (office, observer):
        with pytest.raises(PermissionDenied):
            actions.answer(nudge=reminder, text="x", by=who)


def test_pages_of_the_follow_up_serve_each_reader(led):
    office, member = signed_in(secretariat()), signed_in(actor())
    page = office.get("/en/continuity/coordinations/").content.decode()
    assert "Remind" in page and str(led.organisation.display) in page
    seen = member.get("/en/continuity/coordinations/").content.decode()
    assert "/remind/" not in seen and str(led.organisation.display) in seen
    assert office.get("/en/continuity/coordinations/?format=xlsx").status_code == 200
    remind = f"/en/continuity/coordinations/{led.term.code}/{led.unit.pk}/remind/"
    assert member.get(remind).status_code == 403
    assert "Atrasado" in office.get(remind).content.decode()
    assert office.post(remind, {"text": "Oi"}).status_code == 302
    assert office.post(remind, {"text": "Oi"}).status_code == 422
    assert Nudge.objects.count() == 1


def test_silent_units_are_reminded_together_after_a_look():
    mandate = MandateFactory()
    office = signed_in(secretariat())
    at = f"/en/continuity/coordinations/remind/?term={mandate.term.code}"
    assert mandate.organisation.name in office.get(at).content.decode()
    pk = mandate.unit_id
    assert office.post(at, {f"send-{pk}": "on", f"text-{pk}": "Oi"}).status_code == 302
    assert Nudge.objects.get().to == mandate.organisation
    assert "Nobody is silent" in office.get(at).content.decode()


def test_guide_is_walked_through_its_pages(led):
    office = signed_in(secretariat())
    year = led.term.year + 1
    begin = {"code": str(year), "starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"}
    bad = office.post("/en/continuity/terms/", {**begin, "ends_on": f"{year}-00-31"})
    assert bad.status_code == 422
    seats = office.post("/en/continuity/terms/", begin)["Location"]
    page = office.get(seats)
    seat = page.context["form"].seats[0][1][0]
    wrong = {f"choice-{seat.pk}": "new", f"city-{seat.pk}": "Atlantis"}
    answer = office.post(seats, wrong)
    assert answer.status_code == 422 and "Atlantis" in answer.content.decode()
    work = office.post(seats, {f"choice-{seat.pk}": "continues"})["Location"]
    assert str(led.unit) in office.get(work).content.decode()
    one = f"{work}{led.unit_id}/"
    assert office.get(one).status_code == 200
    left = queries.unfinished(queries.openings().get())[0]
    key = f"c{left.commitments[0].pk}"
    assert office.post(one, {f"choice-{key}": "drop"}).status_code == 422
    assert office.post(one, {f"choice-{key}": "drop", f"reason-{key}": "x"}).status_code == 302
    preview = work.replace("/work/", "/preview/")
    assert "1 mandate is given" in office.get(preview).content.decode()
    assert office.post(preview).status_code == 302
    assert office.get(preview.replace("preview/", "")).status_code == 200
    assert signed_in(coordinator(led)).get(preview).status_code == 403


def test_inherited_page_is_for_who_serves_the_unit(led):
    at = f"/en/continuity/units/{led.unit_id}/inherited/"
    assert signed_in(coordinator(led)).get(at).status_code == 200
    assert signed_in(actor()).get(at).status_code == 403


def test_term_is_shown_as_it_was_on_a_day(client):
    term = TermFactory(code="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))

    def at(month, day):
        return time_machine.travel(datetime(2026, month, day, 15, tzinfo=UTC), tick=False)

    with at(2, 1):
        before = MandateFactory(term=term, starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 31))
        after = MandateFactory(term=term, unit=before.unit, starts_on=date(2026, 6, 1))
        MemberFactory(organisation=before.organisation, ends_on=date(2026, 6, 30))
        leader = coordinator(before)
        plan = PlanFactory(unit=before.unit, term=term, presented_by=before.organisation)
        activity = ActivityFactory(plan=plan)
        promise = CommitmentFactory(
            unit=before.unit, term=term, source=activity, owner=before.organisation,
            due_on=date(2026, 4, 1),
        )  # fmt: skip
        plans.submit(plan=plan, by=leader)
    with at(3, 1):
        plans.approve(plan=plan, by=board_actor())
    with at(7, 1):
        commitments.move(commitment=promise, to="done", by=secretariat())
    stood = {}
    with at(10, 1):
        for month in (2, 3, 5, 8):
            found = queries.term_on(actor(), term, date(2026, month, 15))
            (row,) = found.rows
            stood[month] = (row.state, row.counts["late"], row.counts["done"], found.members)
        assert stood == {
            2: ("", 0, 0, 1),
            3: ("approved", 0, 0, 1),
            5: ("approved", 1, 0, 1),
            8: ("approved", 0, 1, 0),
        }
        page = client.get("/en/network/terms/2026/?on=2026-04-15").content.decode()
        assert before.organisation.display in page
        assert after.organisation.display not in page.replace(before.organisation.display, "")
        assert client.get("/en/network/terms/2026/?on=nonsense").status_code == 200
        assert client.get("/en/network/terms/2026/?on=1800-01-01").status_code == 200
