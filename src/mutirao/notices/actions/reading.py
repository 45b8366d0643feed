"""Notices are read."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mutirao.accounts.models import User

from ..models import Notice
from .telling import ring


@transaction.atomic
def read(*, person: User, notice: Notice) -> int:
    """Mark a notice as read, and what the person was told of the same record before it.

    Returns how many were unread. Somebody else's notice is left alone.
    """
    same = Q(pk=notice.pk)
    if notice.record_id is not None:
        same |= Q(
            record_type_id=notice.record_type_id,
            record_id=notice.record_id,
            created_at__lte=notice.created_at,
        )
    return _mark(person, Notice.objects.filter(same))


@transaction.atomic
def read_all(*, person: User, upto: int, apps: tuple[str, ...] = ()) -> int:
    """Mark all as read that the person saw: up to the number `upto`, of `apps` if any are named.

    What arrived since stays unread.
    """
    seen = Notice.objects.filter(pk__lte=upto)
    if apps:
        of_apps = Q()
        for app in apps:
            of_apps |= Q(kind__startswith=f"{app}.")
        seen = seen.filter(of_apps)
    return _mark(person, seen)


def _mark(person: User, notices: object) -> int:
    marked = notices.filter(person=person, read_at=None).update(read_at=timezone.now())  # type: ignore[attr-defined]
    if marked:  # the bell on the person's other pages
        ring([person.pk])
    return marked
