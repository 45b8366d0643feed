"""States, progress and steps: what may happen, through the actions and through the pages."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mutirao.commitments import actions
from mutirao.commitments.models import Commitment
from mutirao.commitments.states import TRANSITIONS, State
from mutirao.core.models import NotAllowed
from mutirao.discussions.models import Comment
from mutirao.network.acting import Actor
from mutirao.network.states import Role
from tests.commitments.factories import CommitmentFactory, StepFactory
from tests.commitments.people import browser
from tests.factories import MandateFactory, actor, coordinator, secretariat

pytestmark = pytest.mark.django_db
PAIRS = list(product(State.values, State.values))
KEY = "7a0b2f6e-95a4-4f39-a1c2-1f6d6f1e0a55"


@pytest.fixture
def owner() -> Actor:
    return actor()


def standing_in(state: str, owner: Actor) -> Commitment:
    done_on = timezone.localdate() if state == State.DONE else None
    return CommitmentFactory(owner=owner.organisation, state=state, done_on=done_on)


def address(commitment: Commitment, way: str = "") -> str:
    return f"/en/commitments/{commitment.pk}/{way}"


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_move_follows_the_transition_table(owner, before, after) -> None:
    commitment = standing_in(before, owner)
    if after in TRANSITIONS[before]:
        assert actions.move(commitment=commitment, to=after, by=owner).state == after
    else:
        with pytest.raises(NotAllowed):
            actions.move(commitment=commitment, to=after, by=owner)
        commitment.refresh_from_db()
        assert commitment.state == before


def test_done_is_today_by_default_and_never_tomorrow(owner) -> None:
    today = timezone.localdate()
    commitment = standing_in(State.IN_PROGRESS, owner)
    with pytest.raises(NotAllowed):
        actions.move(
            commitment=commitment, to=State.DONE, by=owner, done_on=today + timedelta(days=1)
        )
    done = actions.move(commitment=commitment, to=State.DONE, by=owner)
    assert (done.done_on, done.progress) == (today, 100)


def test_reopened_without_steps_stands_where_it_was(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    actions.set_progress(commitment=commitment, progress=35, by=owner)
    actions.move(commitment=commitment, to=State.DONE, by=owner)
    again = actions.move(commitment=commitment, to=State.IN_PROGRESS, by=owner)
    assert (again.state, again.progress, again.done_on) == (State.IN_PROGRESS, 35, None)


def test_reopened_with_steps_follows_them(owner) -> None:
    commitment = standing_in(State.IN_PROGRESS, owner)
    StepFactory(commitment=commitment, done_on=timezone.localdate())
    StepFactory(commitment=commitment)
    actions.move(commitment=commitment, to=State.DONE, by=owner)
    assert actions.move(commitment=commitment, to=State.IN_PROGRESS, by=owner).progress == 50


def test_progress_follows_the_done_steps(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    steps = [actions.add_step(commitment=commitment, text=f"{n}", by=owner) for n in range(3)]
    seen = []
    for step in steps:
        actions.tick_step(step=step, done=True, by=owner)
        commitment.refresh_from_db()
        seen.append((commitment.progress, commitment.state))
    begun = State.IN_PROGRESS
    assert seen == [(33, begun), (66, begun), (100, begun)]
    actions.tick_step(step=steps[0], done=False, by=owner)
    actions.delete_step(step=steps[1], by=owner)
    commitment.refresh_from_db()
    assert commitment.progress == 50


def test_ticking_twice_keeps_the_first_day(owner) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    step = StepFactory(commitment=standing_in(State.IN_PROGRESS, owner), done_on=yesterday)
    assert actions.tick_step(step=step, done=True, by=owner).done_on == yesterday


def test_progress_by_hand_is_refused_beside_steps(owner) -> None:
    commitment = StepFactory(commitment=standing_in(State.PLANNED, owner)).commitment
    with pytest.raises(NotAllowed):
        actions.set_progress(commitment=commitment, progress=50, by=owner)


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_steps_of_a_closed_commitment_stay(owner, state) -> None:
    step = StepFactory(commitment=standing_in(state, owner))
    for act in (
        lambda: actions.tick_step(step=step, done=True, by=owner),
        lambda: actions.edit_step(step=step, text="Other", by=owner),
        lambda: actions.delete_step(step=step, by=owner),
        lambda: actions.shift_step(step=step, up=True, by=owner),
        lambda: actions.add_step(commitment=step.commitment, text="One more", by=owner),
        lambda: actions.set_progress(commitment=step.commitment, progress=5, by=owner),
    ):
        with pytest.raises(NotAllowed):
            act()
    step.refresh_from_db()
    assert (step.text, step.done_on, step.commitment.steps.count()) == (step.text, None, 1)


def test_steps_are_put_in_order_whatever_their_numbers(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    first, second, third = (
        StepFactory(commitment=commitment, text=text, position=7) for text in ("a", "b", "c")
    )

    def order() -> str:
        return "".join(commitment.steps.values_list("text", flat=True))

    actions.shift_step(step=third, up=True, by=owner)
    assert order() == "acb"
    actions.shift_step(step=first, up=False, by=owner)
    assert order() == "cab"
    actions.shift_step(step=second, up=False, by=owner)
    assert order() == "cab"


def outsiders(commitment: Commitment) -> dict[str, Actor]:
    return {
        "member": actor(),
        "observer of the owner": actor(commitment.owner, Role.OBSERVER),
        "coordinator of another unit": coordinator(),
    }


WRITES = ("move/", "progress/", "steps/add/", "evidence/add/", "edit/")
STEP_WRITES = ("tick", "edit", "delete", "shift")
FORGED = {
    "to": "done",
    "progress": "50",
    "text": "Forged",
    "title": "Forged",
    "url": "https://forged.example/",
    "done": "1",
    "version": "1",
}


def test_forged_forms_change_nothing(owner) -> None:
    place = MandateFactory()
    commitment = CommitmentFactory(owner=owner.organisation, unit=place.unit, term=place.term)
    step = StepFactory(commitment=commitment)
    ways = [*WRITES, *(f"steps/{step.pk}/{verb}/" for verb in STEP_WRITES)]
    before = Commitment.objects.values().get()
    answers = {
        (who, way): browser(them).post(address(commitment, way), FORGED).status_code
        for who, them in outsiders(commitment).items()
        for way in ways
    }
    assert set(answers.values()) == {403}
    assert Commitment.objects.values().get() == before
    assert list(commitment.steps.values_list("text", "done_on")) == [(step.text, None)]
    assert browser().post(address(commitment, "move/"), FORGED).status_code == 302
    assert Commitment.objects.values().get() == before


def test_actions_refuse_outsiders_too(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    step = StepFactory(commitment=commitment)
    for them in outsiders(commitment).values():
        for act in (
            lambda by: actions.move(commitment=commitment, to=State.DONE, by=by),
            lambda by: actions.set_progress(commitment=commitment, progress=5, by=by),
            lambda by: actions.add_step(commitment=commitment, text="x", by=by),
            lambda by: actions.tick_step(step=step, done=True, by=by),
            lambda by: actions.add_evidence(commitment=commitment, title="x", url="u", by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(them)


def test_step_of_another_commitment_is_not_reached_through_ones_own(owner) -> None:
    mine, theirs = standing_in(State.PLANNED, owner), StepFactory()
    for verb in STEP_WRITES:
        answer = browser(owner).post(address(mine, f"steps/{theirs.pk}/{verb}/"), FORGED)
        assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.done_on is None


def test_pages_of_work_are_only_posted_to(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    assert browser(owner).get(address(commitment, "move/")).status_code == 405


@pytest.mark.parametrize("who", ["owner", "coordinator", "secretariat"])
def test_whoever_may_work_moves_it_on_by_page(who, owner) -> None:
    place = MandateFactory()
    commitment = CommitmentFactory(owner=owner.organisation, unit=place.unit, term=place.term)
    people = {"owner": owner, "coordinator": coordinator(place), "secretariat": secretariat()}
    answer = browser(people[who]).post(address(commitment, "move/"), {"to": "in_progress"})
    commitment.refresh_from_db()
    assert (answer.url, commitment.state) == (f"{address(commitment)}#work", State.IN_PROGRESS)


def test_done_in_the_future_is_refused_by_page_with_its_reason(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    tomorrow = timezone.localdate() + timedelta(days=1)
    given = {"to": "done", "done_on": tomorrow.isoformat()}
    page = browser(owner).post(address(commitment, "move/"), given, follow=True)
    commitment.refresh_from_db()
    assert commitment.state == State.PLANNED
    assert "cannot be in the future" in page.content.decode()


def test_cancelling_asks_why_and_says_it_in_the_discussion(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    client = browser(owner)
    client.post(address(commitment, "move/"), {"to": "cancelled", "key": KEY})
    commitment.refresh_from_db()
    assert commitment.state == State.PLANNED
    for _ in range(2):
        given = {"to": "cancelled", "reason": "The fair was called off.", "key": KEY}
        client.post(address(commitment, "move/"), given)
    commitment.refresh_from_db()
    assert commitment.state == State.CANCELLED
    (comment,) = Comment.objects.all()
    assert (comment.record, comment.organisation) == (commitment, owner.organisation)
    assert comment.text == "Cancelled: The fair was called off."


def test_htmx_gets_the_part_that_changed_and_the_new_pill(owner) -> None:
    step = StepFactory(commitment=standing_in(State.PLANNED, owner))
    way = address(step.commitment, f"steps/{step.pk}/tick/")
    page = browser(owner, HX_Request="true").post(way, {"done": "1"}).content.decode()
    assert "<html" not in page
    assert 'id="work"' in page
    assert 'id="standing" hx-swap-oob="true"' in page
    assert 'value="100"' in page
    assert 'aria-checked="true"' in page


def test_without_htmx_the_same_button_leads_back_to_the_page(owner) -> None:
    step = StepFactory(commitment=standing_in(State.PLANNED, owner))
    way = address(step.commitment, f"steps/{step.pk}/tick/")
    answer = browser(owner).post(way, {"done": "1"})
    step.refresh_from_db()
    assert (answer.url, step.done_on) == (f"{address(step.commitment)}#work", timezone.localdate())


def test_progress_by_page_goes_in_fives(owner) -> None:
    commitment = standing_in(State.PLANNED, owner)
    seen = []
    for value in ("45", "47", "-5", "105", "half"):
        browser(owner).post(address(commitment, "progress/"), {"progress": value})
        commitment.refresh_from_db()
        seen.append(commitment.progress)
    assert seen == [45] * 5
