"""A promise that a term leaves open goes on in the next one."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.network.models import Organisation, Term

from ..models import Commitment, Step
from ..states import OPEN, State


@transaction.atomic
def carry_over(
    *,
    commitment: Commitment,
    term: Term,
    source: models.Model | None,
    owner: Organisation | None = None,
) -> Commitment:
    """Another commitment continues this one in `term`, under `source`; this one is over.

    The former keeps its words, steps, evidence and discussion as they were; the new one has the
    same words, due date and steps, and `continues` it. Who may is the caller's decision. Called
    again it returns the one made before. Raises NotAllowed for one that is not open.
    """
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if current.state == State.CARRIED:
        return current.continued_by
    if current.state not in OPEN:
        raise NotAllowed(_("Only what is still open is carried over: “%s”.") % current.title)
    made = Commitment.objects.create(
        title=current.title,
        description=current.description,
        owner=owner or current.owner,
        unit=current.unit,
        term=term,
        source=source,
        language=current.language,
        due_on=current.due_on,
        state=current.state,
        progress=current.progress,
        visibility=current.visibility,
        position=current.position,
        continues=current,
        is_sample=current.is_sample,
    )
    Step.objects.bulk_create(
        Step(commitment=made, text=step.text, done_on=step.done_on, position=step.position)
        for step in current.steps.all()
    )
    made.people.set(_still_acting(current, made.owner))
    current.state = State.CARRIED
    current.save(update_fields=["state", "updated_at"])
    return made


@transaction.atomic
def give_up(*, commitment: Commitment) -> Commitment:
    """Nobody pursues it any more. Who may, and saying why, is the caller's affair."""
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if current.state in OPEN:
        current.state = State.CANCELLED
        current.save(update_fields=["state", "updated_at"])
    return current


def _still_acting(commitment: Commitment, owner: Organisation) -> models.QuerySet:
    """Those named who act for the owner today: nobody is left in charge of what they left."""
    today = timezone.localdate()
    live = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
    return commitment.people.filter(
        live, memberships__organisation=owner, memberships__starts_on__lte=today
    ).distinct()
