"""Who is named on a commitment."""

from __future__ import annotations

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor

from ..models import Commitment
from ..states import OPEN


@transaction.atomic
def take_on(*, commitment: Commitment, by: Actor) -> Commitment:
    """The actor is named on a commitment of their organisation. Named twice is named once.

    Raises PermissionDenied, NotAllowed when it is closed.
    """
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if by.person is None or not rules.test_rule("commitments.take_on_commitment", by, current):
        raise PermissionDenied
    if current.state not in OPEN:
        raise NotAllowed(_("This commitment is closed. Reopen it to go on working."))
    current.people.add(by.person)
    _changed(current)
    return current


@transaction.atomic
def pass_on(*, commitment: Commitment, person: User, to: User | None) -> Commitment:
    """`person` is no longer named on it; `to` is, or nobody new.

    Whoever calls has checked that they may.
    """
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    current.people.remove(person)
    if to is not None:
        current.people.add(to)
    _changed(current)
    return current


def _changed(commitment: Commitment) -> None:
    """A form opened before must not put back who was named then."""
    commitment.version += 1
    commitment.save(update_fields=["version", "updated_at"])
