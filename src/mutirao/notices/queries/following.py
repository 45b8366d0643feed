"""Who follows what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from mutirao.core.records import around
from mutirao.network.acting import Actor
from mutirao.network.models import Unit
from mutirao.topics.models import Theme

from ..models import Follow


def _type(record: Model | type[Model]) -> int:
    return ContentType.objects.get_for_model(record).pk


def _circle(record: Model) -> Iterator[tuple[int, int]]:
    """The record and what it belongs to, as (type, key)."""
    for place in (record, *around(record)):
        yield _type(place), place.pk
        # What happens in a part concerns who follows the whole; the key is there without a query.
        if isinstance(place, Unit | Theme) and place.parent_id:
            yield _type(place), place.parent_id


def follower_ids(record: Model) -> set[int]:
    """Who follows the record, or its unit, its cities, its themes or its goals."""
    keys: dict[int, set[int]] = defaultdict(set)
    for kind, pk in _circle(record):
        keys[kind].add(pk)
    any_of = Q()
    for kind, pks in keys.items():
        any_of |= Q(record_type_id=kind, record_id__in=pks)
    return set(Follow.objects.filter(any_of).values_list("person_id", flat=True))


def followers_of(record: Model) -> QuerySet[Follow]:
    """The follows of exactly this record."""
    return Follow.objects.filter(record_type_id=_type(record), record_id=record.pk)


def follows_of(actor: Actor) -> QuerySet[Follow]:
    """What the person follows, the latest first."""
    if actor.person is None:
        return Follow.objects.none()
    return Follow.objects.filter(person=actor.person).select_related("record_type", "organisation")
