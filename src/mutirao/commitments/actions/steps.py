"""The steps of the way. Whoever changes one holds the commitment's lock."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mutirao.network.acting import Actor

from ..models import Commitment, Step
from .work import advance, open_for_work, progress_of_steps


@transaction.atomic
def add_step(*, commitment: Commitment, text: str, by: Actor) -> Step:
    """Add a step at the end; sent twice it is one. Raises PermissionDenied or NotAllowed."""
    current = open_for_work(commitment, by)
    if same := current.steps.filter(text=text, done_on__isnull=True).first():
        return same
    last = current.steps.order_by("position").values_list("position", flat=True).last()
    step = current.steps.create(text=text, position=0 if last is None else last + 1)
    _follow(current)
    return step


@transaction.atomic
def tick_step(*, step: Step, done: bool, by: Actor) -> Step:
    """Mark a step as done today, or as not done. Ticking twice keeps the first day."""
    current = open_for_work(step.commitment, by)
    step = current.steps.get(pk=step.pk)
    if done != (step.done_on is not None):
        step.done_on = timezone.localdate() if done else None
        step.save(update_fields=["done_on"])
        _follow(current)
    return step


@transaction.atomic
def edit_step(*, step: Step, text: str, by: Actor) -> Step:
    current = open_for_work(step.commitment, by)
    step = current.steps.get(pk=step.pk)
    step.text = text
    step.save(update_fields=["text"])
    return step


@transaction.atomic
def delete_step(*, step: Step, by: Actor) -> Commitment:
    """Take a step away (its history stays). Deleting what is gone already does no harm."""
    current = open_for_work(step.commitment, by)
    current.steps.filter(pk=step.pk).delete()
    _follow(current)
    return current


@transaction.atomic
def shift_step(*, step: Step, by: Actor, up: bool) -> Commitment:
    """Swap a step with its neighbour above or below; at the edge it stays."""
    current = open_for_work(step.commitment, by)
    rows = list(current.steps.all())
    here = next((n for n, row in enumerate(rows) if row.pk == step.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is not None and there is not None and 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _number(rows)
    return current


def _number(rows: list[Step]) -> None:
    """Write the positions that changed; equal or gapped ones from before are put right."""
    moved = [row for position, row in enumerate(rows) if row.position != position]
    for position, row in enumerate(rows):
        row.position = position
    Step.objects.bulk_update(moved, ["position"])


def _follow(current: Commitment) -> None:
    """Progress follows the steps; with the last one gone it stays where it was."""
    progress = progress_of_steps(current)
    if progress is not None:
        advance(current, progress)
