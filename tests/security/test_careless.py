"""Double clicks, sessions that ended, two people at once: one record, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mutirao.commitments.models import Commitment, Evidence, Step
from mutirao.discussions.models import Comment
from mutirao.intake.models import Draft
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate
from mutirao.plans.models import Activity, Axis, Plan
from tests.commitments.factories import CommitmentFactory
from tests.commitments.test_concurrency import at_once
from tests.factories import MandateFactory, actor, coordinator
from tests.intake.factories import ready
from tests.plans.factories import ActivityFactory, PlanFactory

from .world import READING, signed_in

OURS = {"Origin": "http://testserver"}


def _twice(who: Actor, address: str, data: dict[str, Any]) -> list[int]:
    """The same form from two windows at the same moment; the two answers' states."""
    browsers = [signed_in(who), signed_in(who)]

    def sent(browser: Client) -> Callable[[], int]:
        fresh = {
            name: SimpleUploadedFile(value.name, b"Ata") if hasattr(value, "name") else value
            for name, value in data.items()
        }
        return lambda: browser.post(address, fresh).status_code

    return at_once(*(sent(browser) for browser in browsers))  # type: ignore[return-value]


def _forms(mandate: Mandate, who: Actor) -> Iterator[tuple[type, str, dict[str, Any]]]:
    """What is made, where, and with which form."""
    plan = PlanFactory(unit=mandate.unit, term=mandate.term, presented_by=who.organisation)
    activity, ours = ActivityFactory(plan=plan), CommitmentFactory(owner=who.organisation)
    own = who.organisation_id
    yield Plan, "/en/plans/new/", {
        "unit": mandate.unit_id, "term": mandate.term_id, "presented_by": own, "title": "New",
        "language": "pt"}  # fmt: skip
    yield Axis, f"/en/plans/{plan.pk}/axes/new/", {"kind": "action", "number": "I", "text": "x"}
    yield Activity, f"/en/plans/{plan.pk}/activities/new/", {"number": "1", "text": "x"}
    yield Event, f"/en/plans/{plan.pk}/events/new/", {
        "title": "x", "starts_on": "2026-09-01", "role": "promotes"}  # fmt: skip
    yield Commitment, f"/en/plans/activities/{activity.pk}/commitments/new/", {
        "title": "x", "owner": own}  # fmt: skip
    yield Event, "/en/calendar/new/", {
        "title": "x", "language": "pt", "role": "promotes", "visibility": "public",
        "starts_on": "2026-09-01", "time_zone": "UTC", "organisation": own,
        "key": uuid4()}  # fmt: skip
    yield Commitment, "/en/commitments/new/", {
        "title": "Ours", "visibility": "members", "language": "pt"}  # fmt: skip
    at = f"/en/commitments/{ours.pk}"
    yield Step, f"{at}/steps/add/", {"text": "Book the hall"}
    yield Evidence, f"{at}/evidence/add/", {"title": "Ata", "url": "https://x.example/a"}
    yield Evidence, f"{at}/evidence/add/", {"title": "Ata 2", "file": _file()}
    yield Comment, f"/en/discussions/commitments/commitment/{ours.pk}/", {
        "text": "Well done", "key": uuid4()}  # fmt: skip
    yield Draft, "/en/plans/import/", {"document": _file()}


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("plano.txt", b"Ata")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_of_everything() -> None:
    mandate = MandateFactory()
    who = coordinator(mandate)
    for model, address, data in _forms(mandate, who):
        before = model._default_manager.count()
        statuses = _twice(who, address, data)
        assert model._default_manager.count() == before + 1, address
        assert all(status in (200, 302) for status in statuses), (address, statuses)


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_accepted_once_from_two_windows() -> None:
    mandate = MandateFactory()
    who = coordinator(mandate)
    draft = ready(who, READING)
    form = {"do": "accept-all", "version": draft.version, "head-title": "Plano",
            "head-unit": mandate.unit_id, "head-term": mandate.term_id, "head-language": "pt",
            "head-presented_by": who.organisation_id, "page": "one"}  # fmt: skip
    statuses = _twice(who, f"/en/plans/import/{draft.key}/", form)
    assert Plan.objects.count() == 1
    assert 302 in statuses and all(status in (302, 409) for status in statuses)


@pytest.mark.django_db(transaction=True)
def test_two_people_change_one_activity_and_both_texts_are_there() -> None:
    mandate = MandateFactory()
    one, other = coordinator(mandate), actor(mandate.organisation)
    plan = PlanFactory(unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation)
    activity = ActivityFactory(plan=plan, title="Old")
    address = f"/en/plans/activities/{activity.pk}/edit/"

    def sent(who: Actor, text: str) -> Callable[[], tuple[int, str]]:
        browser, data = signed_in(who), {"version": "1", "number": "1", "title": "", "text": text}

        def act() -> tuple[int, str]:
            answer = browser.post(address, data)
            return answer.status_code, answer.content.decode()

        return act

    answers = at_once(sent(one, "Reunir as agências do sul"), sent(other, "Reunir as do norte"))
    statuses = sorted(status for status, _page in answers)  # type: ignore[misc]
    assert statuses == [302, 409]
    (page,) = [page for status, page in answers if status == 409]  # type: ignore[misc]
    assert "Reunir as agências do sul" in page and "Reunir as do norte" in page


TEXT = "Um texto longo que alguém escreveu durante uma hora inteira, com cuidado e sem salvar."


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_keeps_its_text() -> None:
    owner = actor()
    ours = CommitmentFactory(owner=owner.organisation)
    address = f"/en/discussions/commitments/commitment/{ours.pk}/"
    sent = {"text": TEXT, "key": str(uuid4())}
    answer = Client().post(address, sent, headers=OURS)
    page = answer.content.decode()
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert TEXT in page and f'action="{address}"' in page and sent["key"] in page
    assert signed_in(owner).post(address, sent).status_code == 302


@pytest.mark.django_db
def test_a_form_with_an_old_token_can_be_sent_again_with_a_fresh_one() -> None:
    owner = actor()
    ours = CommitmentFactory(owner=owner.organisation)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner.person)
    address = f"/en/commitments/{ours.pk}/steps/add/"
    answer = browser.post(address, {"text": TEXT, "csrfmiddlewaretoken": "x"}, headers=OURS)
    page = answer.content.decode()
    assert (answer.status_code, TEXT in page, "Send it again" in page) == (403, True, True)
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = {"text": TEXT[:200], "csrfmiddlewaretoken": token}
    assert browser.post(address, again, headers=OURS).status_code == 302
    assert ours.steps.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_gets_no_form_of_ours(headers: dict[str, str]) -> None:
    """Its words in our form, one click away from being sent, would be forgery by other means."""
    owner = actor()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner.person)
    answer = browser.post("/en/commitments/new/", {"title": TEXT}, headers=headers)
    assert answer.status_code == 403
    assert TEXT not in answer.content.decode()


@pytest.mark.django_db
def test_a_password_is_never_written_into_a_page() -> None:
    browser = Client(enforce_csrf_checks=True)
    sent = {"login": "a@city.example", "password": TEXT}
    answer = browser.post("/en/accounts/login/", sent, headers=OURS)
    assert answer.status_code == 403 and TEXT not in answer.content.decode()


@pytest.mark.django_db
def test_a_part_asked_for_after_the_session_ended_leads_the_page_to_sign_in() -> None:
    at = {"HX-Request": "true", "HX-Current-URL": "http://testserver/en/plans/1/edit/?a=b"}
    answer = Client().get("/en/plans/1/axes/new/", headers=at)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == "/en/accounts/login/?next=/en/plans/1/edit/%3Fa%3Db"
    sent = Client().post("/en/plans/1/axes/new/", {"text": TEXT}, headers={**at, **OURS})
    assert (sent.status_code, sent["HX-Retarget"], TEXT in sent.content.decode()) == (
        403, "body", True)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["axes", "activities"])
def test_moving_a_part_of_a_submitted_plan_says_why_not(part: str) -> None:
    mandate = MandateFactory()
    plan = PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="submitted"
    )
    activity, axis = ActivityFactory(plan=plan), Axis.objects.create(plan=plan, text="x")
    pk = axis.pk if part == "axes" else activity.pk
    answer = signed_in(coordinator(mandate)).post(f"/en/plans/{part}/{pk}/shift/", {"step": "up"})
    assert answer.status_code == 409
    assert "can no longer be changed" in answer.content.decode()


@pytest.mark.django_db
def test_what_was_typed_for_a_part_that_is_gone_is_shown() -> None:
    mandate = MandateFactory()
    sent = {"version": "1", "number": "1", "text": TEXT}
    answer = signed_in(coordinator(mandate)).post(
        "/en/plans/activities/999999/edit/", sent, headers=OURS
    )
    assert answer.status_code == 404 and TEXT in answer.content.decode()
