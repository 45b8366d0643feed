"""One's own notices."""

from __future__ import annotations

from django.db.models import QuerySet

from mutirao.accounts.models import User
from mutirao.network.acting import Actor

from ..models import Habits, Notice

# The bell says "99+": counting on would cost more and tell nobody more.
MOST_COUNTED = 100


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """The notices of the person, the newest first."""
    if actor.person is None:
        return Notice.objects.none()
    return Notice.objects.filter(person=actor.person)


def unread(person: User) -> int:
    """How many notices the person has not read, `MOST_COUNTED` at most (one query)."""
    return Notice.objects.filter(person=person, read_at=None).order_by()[:MOST_COUNTED].count()


def habits_of(person: User) -> Habits:
    """When the person wants mail; unsaved defaults for who never said."""
    return Habits.objects.filter(person=person).first() or Habits(person=person)
