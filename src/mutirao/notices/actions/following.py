"""Following, and what follows by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from mutirao.accounts.models import User
from mutirao.core.records import sees
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation

from ..models import Follow, Habits, Unfollowed


def _place(record: Model) -> dict[str, Any]:
    return {
        "record_type_id": ContentType.objects.get_for_model(record).pk,
        "record_id": record.pk,
    }


@transaction.atomic
def follow(*, record: Model, by: Actor) -> Follow:
    """Be told of what happens to the record. Raises PermissionDenied for what one may not see."""
    if by.person is None or not sees(by, record):
        raise PermissionDenied
    place = _place(record)
    Unfollowed.objects.filter(person=by.person, **place).delete()
    made, _new = Follow.objects.update_or_create(
        person=by.person,
        **place,
        defaults={"chosen": True, "organisation": by.organisation},
    )
    return made


@transaction.atomic
def unfollow(*, record_type: ContentType, record_id: int, by: Actor) -> None:
    """No longer be told of it. Also of what one can see no more, or what is gone."""
    if by.person is None:
        raise PermissionDenied
    place: dict[str, Any] = {"record_type": record_type, "record_id": record_id}
    if Follow.objects.filter(person=by.person, **place).delete()[0]:
        Unfollowed.objects.get_or_create(person=by.person, **place)


@transaction.atomic
def follow_quietly(
    *, people: Iterable[int], record: Model, organisation: Organisation | None = None
) -> int:
    """Let people follow what they wrote, comment on or are named in; returns how many are new.

    Left out: who switched this off, and who once stopped following the record. `organisation` is
    for whom they act there.
    """
    ids, place = set(people), _place(record)
    ids -= set(
        Habits.objects.filter(person__in=ids, follow_own=False).values_list("person", flat=True)
    )
    ids -= set(Unfollowed.objects.filter(person__in=ids, **place).values_list("person", flat=True))
    ids -= set(Follow.objects.filter(person__in=ids, **place).values_list("person", flat=True))
    Follow.objects.bulk_create(
        [Follow(person_id=pk, organisation=organisation, chosen=False, **place) for pk in ids],
        ignore_conflicts=True,
    )
    return len(ids)


@transaction.atomic
def pass_on_follows(
    *, person: User, organisation: Organisation, successor: User | None = None
) -> int:
    """Who leaves an organisation stops following what they followed for it.

    The `successor` follows it instead; returns how many follows they were given.
    """
    left = Follow.objects.select_for_update().filter(person=person, organisation=organisation)
    given: list[Follow] = []
    if successor is not None:
        theirs = Follow.objects.filter(person=successor)
        known = set(theirs.values_list("record_type_id", "record_id"))
        given = [
            Follow(
                person=successor,
                organisation=organisation,
                record_type_id=row.record_type_id,
                record_id=row.record_id,
                chosen=row.chosen,
            )
            for row in left
            if (row.record_type_id, row.record_id) not in known
        ]
        Follow.objects.bulk_create(given, ignore_conflicts=True)
    left.delete()
    return len(given)
