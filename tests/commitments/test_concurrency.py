"""Two people at the same moment, on real connections."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from mutirao.commitments import actions
from mutirao.commitments.states import State
from mutirao.core.models import Conflict, NotAllowed
from tests.commitments.factories import CommitmentFactory, StepFactory
from tests.factories import actor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; what each returned or raised, in order."""
    barrier, outcome = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        barrier.wait()
        try:
            outcome[number] = acts[number]()
        except (Conflict, NotAllowed) as refusal:
            outcome[number] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return outcome


def test_ticks_at_the_same_moment_are_all_counted() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    steps = [StepFactory(commitment=commitment) for _ in range(8)]
    at_once(
        *(lambda step=step: actions.tick_step(step=step, done=True, by=owner) for step in steps)
    )
    commitment.refresh_from_db()
    assert (commitment.progress, commitment.state) == (100, State.IN_PROGRESS)
    assert commitment.steps.filter(done_on=timezone.localdate()).count() == 8


def test_done_and_cancelled_at_the_same_moment_leave_one_of_them() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    outcome = at_once(
        *(
            lambda to=to: actions.move(commitment=commitment, to=to, by=owner)
            for to in (State.DONE, State.CANCELLED)
        )
    )
    refused = [one for one in outcome if isinstance(one, NotAllowed)]
    (moved,) = [one for one in outcome if not isinstance(one, NotAllowed)]
    commitment.refresh_from_db()
    assert (len(refused), commitment.state) == (1, moved.state)


def test_two_rewordings_at_the_same_moment_are_one_and_a_conflict() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    outcome = at_once(
        *(
            lambda text=text: actions.change(commitment=commitment, version=1, by=owner, title=text)
            for text in ("Hers", "His")
        )
    )
    (conflict,) = [one for one in outcome if isinstance(one, Conflict)]
    (saved,) = [one for one in outcome if not isinstance(one, Conflict)]
    commitment.refresh_from_db()
    assert (commitment.title, commitment.version) == (saved.title, 2)
    assert conflict.current.title == saved.title


def test_steps_added_at_the_same_moment_get_their_own_places() -> None:
    owner = actor()
    commitment = CommitmentFactory(owner=owner.organisation)
    at_once(
        *(
            lambda n=n: actions.add_step(commitment=commitment, text=str(n), by=owner)
            for n in range(5)
        )
    )
    assert sorted(commitment.steps.values_list("position", flat=True)) == [0, 1, 2, 3, 4]
    assert connection.vendor == "postgresql"
