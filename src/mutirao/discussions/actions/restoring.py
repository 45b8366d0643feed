"""Taking a former text back."""

from __future__ import annotations

import pghistory
from django.db import transaction

from mutirao.core.models import Conflict
from mutirao.network.acting import Actor

from ..history import Former


@transaction.atomic
def take_back(*, former: Former, seen: str, by: Actor) -> None:
    """Write a former text again, as a new version, with the app's own action and its rule.

    `seen` is `former.seen` as the person read it: somebody may have written since, and then
    Conflict carries the row as it stands. What the app's action raises comes through
    (PermissionDenied, NotAllowed, ValidationError). The history says that it was taken back.
    """
    model = type(former.row)
    current = model._default_manager.select_for_update().get(pk=former.row.pk)
    former.row = current
    if former.seen != seen:
        raise Conflict(current)
    restoring = former.part.restoring
    if restoring is None or former.now == former.text:
        return
    with pghistory.context(took_back=str(former.at)):
        restoring.act(current, by, former.values)
