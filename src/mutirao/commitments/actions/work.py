"""Moving a commitment on: its state and its progress."""

from __future__ import annotations

from datetime import date

import rules
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor

from ..models import Commitment
from ..states import OPEN, TRANSITIONS, State


def locked_for_work(commitment: Commitment, by: Actor) -> Commitment:
    """The commitment under lock, if `by` may work on it; else PermissionDenied.

    Everything that touches steps or progress takes this lock first, so that two people ticking
    at once are counted one after the other.
    """
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not rules.test_rule("commitments.work_commitment", by, current):
        raise PermissionDenied
    if current.state == State.CARRIED:
        raise NotAllowed(_("It was carried over to the next term. Work on the one that goes on."))
    return current


def open_for_work(commitment: Commitment, by: Actor) -> Commitment:
    """Like `locked_for_work`, but a finished one raises NotAllowed."""
    current = locked_for_work(commitment, by)
    if current.state not in OPEN:
        raise NotAllowed(_("This commitment is closed. Reopen it to go on working."))
    return current


@transaction.atomic
def move(*, commitment: Commitment, to: str, by: Actor, done_on: date | None = None) -> Commitment:
    """Bring a commitment into the state `to`, if the transition table knows the way.

    `done_on` is the day it was done (default: the reader's today). Raises PermissionDenied, or
    NotAllowed for a way that does not exist or a day still to come.
    """
    current = locked_for_work(commitment, by)
    if to not in TRANSITIONS[current.state]:
        raise NotAllowed(
            _("A commitment that is %(from)s cannot become %(to)s.")
            % {"from": current.get_state_display(), "to": dict(State.choices).get(to, to)}
        )
    current.done_on = _day_done(done_on) if to == State.DONE else None
    current.progress = _progress_in(current, to)
    current.state = to
    current.save(update_fields=["state", "done_on", "progress", "updated_at"])
    tell(
        "commitments.moved",
        people=current.people.values_list("pk", flat=True),
        record=current,
        by=by,
        followers=True,
        state=State(to).label,
    )
    return current


def _day_done(done_on: date | None) -> date:
    today = timezone.localdate()
    if done_on and done_on > today:
        raise NotAllowed(_("The day it was done cannot be in the future."))
    return done_on or today


def _progress_in(commitment: Commitment, state: str) -> int:
    """Done is 100 %; a reopened one stands where its steps or its history say."""
    if state == State.DONE:
        return 100
    by_steps = progress_of_steps(commitment)
    if by_steps is not None:
        return by_steps
    if commitment.state != State.DONE:
        return commitment.progress
    events = apps.get_model("commitments", "CommitmentEvent")._default_manager
    before = events.filter(pgh_obj_id=commitment.pk, state__in=OPEN).order_by("-pgh_id").first()
    return before.progress if before else 0


def progress_of_steps(commitment: Commitment) -> int | None:
    """Done steps as a percentage, rounded down (100 only when all are done); None without steps."""
    done = list(commitment.steps.values_list("done_on", flat=True))
    return 100 * sum(day is not None for day in done) // len(done) if done else None


@transaction.atomic
def set_progress(*, commitment: Commitment, progress: int, by: Actor) -> Commitment:
    """Say by hand how far it is (0–100), where there are no steps to tell.

    A planned one that has progressed is in progress. Raises PermissionDenied or NotAllowed.
    """
    current = open_for_work(commitment, by)
    if current.steps.exists():
        raise NotAllowed(_("Progress follows the steps. Tick them instead."))
    if not 0 <= progress <= 100:
        raise NotAllowed(_("Progress goes from 0 to 100."))
    return advance(current, progress)


def advance(current: Commitment, progress: int) -> Commitment:
    """Save the progress of a locked commitment; whatever has begun is no longer planned."""
    current.progress = progress
    if progress and current.state == State.PLANNED:
        current.state = State.IN_PROGRESS
    current.save(update_fields=["progress", "state", "updated_at"])
    return current
