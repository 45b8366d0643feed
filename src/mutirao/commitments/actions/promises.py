"""Promising, publishing and rewording."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mutirao.accounts.models import User
from mutirao.core.happenings import tell
from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit
from mutirao.network.queries import deciders
from mutirao.notices.actions import follow_quietly

from ..models import Commitment
from ..states import State

CHANGEABLE = ("title", "description", "due_on", "owner", "visibility")


@transaction.atomic
def promise(
    *,
    title: str,
    owner: Organisation,
    by: Actor,
    due_on: date | None = None,
    description: str = "",
    unit: Unit | None = None,
    term: Term | None = None,
    source: models.Model | None = None,
    language: str = "pt",
    visibility: str = Visibility.DRAFT,
    people: Iterable[User] = (),
    position: int = 0,
) -> Commitment:
    """Make a commitment of `owner`.

    With a `source` the caller has checked that `by` may add to that source; without one only the
    owner's own writers may, and the same words sent twice are one promise.
    Raises PermissionDenied.
    """
    if source is None:
        if not rules.test_rule("commitments.add_commitment", by, owner):
            raise PermissionDenied
        if same := _sent_twice(owner, title=title, description=description, due_on=due_on):
            return same
    commitment = Commitment.objects.create(
        title=title,
        description=description,
        owner=owner,
        due_on=due_on,
        unit=unit,
        term=term,
        source=source,
        language=language,
        visibility=visibility,
        position=position,
    )
    named = list(people)
    commitment.people.set(named)
    _tell_of_promise(commitment, by, {person.pk for person in named})
    return commitment


def _tell_of_promise(commitment: Commitment, by: Actor, named: set[int]) -> None:
    """Those named, and who decides for an owner that did not write it down itself."""
    tell("commitments.named", people=named, record=commitment, by=by)
    follow_quietly(people=named, record=commitment, organisation=commitment.owner)
    is_draft = commitment.visibility == Visibility.DRAFT  # a plan tells when it is in force
    if not is_draft and by.organisation_id != commitment.owner_id:
        owing = set(deciders(commitment.owner).values_list("person_id", flat=True))
        tell(
            "commitments.owed",
            people=owing - named,
            record=commitment,
            by=by,
            owner=commitment.owner.display,
        )


def _sent_twice(owner: Organisation, **words: Any) -> Commitment | None:
    """The open promise of the same words; those of one owner are made one after the other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=owner.pk)
    free = Commitment.objects.filter(owner=owner, source_id__isnull=True, state=State.PLANNED)
    return free.filter(**words).first()


def publish(*, commitments: QuerySet[Commitment], visibility: str) -> int:
    """Show the commitments to `visibility`; returns how many changed.

    Who may is the caller's decision: a plan shows its promises when it is approved.
    """
    return commitments.exclude(visibility=visibility).update(
        visibility=visibility, updated_at=timezone.now()
    )


@transaction.atomic
def change(
    *,
    commitment: Commitment,
    version: int,
    by: Actor,
    people: Iterable[User] | None = None,
    **values: Any,
) -> Commitment:
    """Reword a commitment: `values` are some of CHANGEABLE; `people` None leaves them as they are.

    Raises PermissionDenied, also when a promise that no unit asked for would be laid on another
    organisation; Conflict when it was saved since `version`.
    """
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not rules.test_rule("commitments.change_commitment", by, current):
        raise PermissionDenied
    owner = values.get("owner", current.owner)
    if current.unit_id is None and owner != current.owner and not by.is_secretariat:
        raise PermissionDenied
    if current.state == State.CARRIED:
        raise NotAllowed(_("It was carried over to the next term. Work on the one that goes on."))
    if current.version != version:
        raise Conflict(current)
    due, named = current.due_on, set(current.people.values_list("pk", flat=True))
    for name in CHANGEABLE:
        if name in values:
            setattr(current, name, values[name])
    current.version += 1
    current.save(update_fields=[*CHANGEABLE, "version", "updated_at"])
    if people is not None:
        current.people.set(people)
    _tell_of_change(current, by, due, named)
    return current


def _tell_of_change(current: Commitment, by: Actor, due: date | None, before: set[int]) -> None:
    now = set(current.people.values_list("pk", flat=True))
    tell("commitments.named", people=now - before, record=current, by=by)
    follow_quietly(people=now - before, record=current, organisation=current.owner)
    if current.due_on != due:
        tell(
            "commitments.rescheduled",
            people=now & before,
            record=current,
            by=by,
            followers=True,
            due=current.due_on or pgettext_lazy("due", "no date"),
        )
