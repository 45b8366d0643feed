"""Who of many people may see a record; what of many records one person may see.

People are asked all at once: ten thousand notices must not cost ten thousand questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from mutirao.accounts.models import User
from mutirao.core.records import kind_of, sees
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.models import Mandate, Membership, Organisation
from mutirao.network.states import Kind, Role

# Sees what every member sees and nothing more: acts for a city without any office, and only reads.
_LEAST_MEMBER = Actor(
    None, Membership(pk=0, organisation=Organisation(pk=0, kind=Kind.CITY), role=Role.OBSERVER), []
)
_LEAST_MEMBER.mandates = []


def actors_of(people: Iterable[User]) -> dict[int, list[Actor]]:
    """Every way each person acts today: one actor for each live membership, or a plain one.

    Two queries, however many people.
    """
    by_id = {person.pk: person for person in people}
    today = timezone.localdate()
    live = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    memberships: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(
        live, person__in=by_id, starts_on__lte=today
    ).select_related("organisation"):
        memberships[membership.person_id].append(membership)
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    organisations = {row.organisation_id for rows in memberships.values() for row in rows}
    for mandate in Mandate.objects.filter(
        live, organisation__in=organisations, starts_on__lte=today, term__ends_on__gte=today
    ).select_related("unit", "term"):
        mandates[mandate.organisation_id].append(mandate)
    return {pk: _ways(by_id[pk], memberships[pk], mandates) for pk in by_id}


def _ways(
    person: User, memberships: list[Membership], mandates: dict[int, list[Mandate]]
) -> list[Actor]:
    if not memberships:
        return [Actor(person)]
    ways = []
    for membership in memberships:
        actor = Actor(person, membership, memberships)
        actor.mandates = mandates[membership.organisation_id]  # known: not asked for again
        ways.append(actor)
    return ways


def who_sees(people: Iterable[User], record: Model | None) -> list[User]:
    """Those of `people` who may see the record in one of the ways they act.

    What everyone sees costs one query, what members see four; only what is closed is asked
    person by person.
    """
    people = list(people)
    if record is None or not people or sees(NOBODY, record):
        return people
    ways = actors_of(people)
    members = sees(_LEAST_MEMBER, record)
    return [
        person
        for person in people
        if (members and ways[person.pk][0].is_member)
        or any(sees(actor, record) for actor in ways[person.pk])
    ]


def seen_records(
    actors: Iterable[Actor], wanted: Iterable[tuple[type[Model], int]]
) -> dict[tuple[type[Model], int], Any]:
    """The records of `wanted` (model, key) that one person may see acting in any of these ways.

    One query for each model and way at most.
    """
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for model, pk in wanted:
        keys[model].add(pk)
    found: dict[tuple[type[Model], int], Any] = {}
    for model, pks in keys.items():
        kind = kind_of(model)
        left = set(pks)
        for actor in actors if kind else ():
            if not left:
                break
            for record in kind.visible_to(actor).filter(pk__in=left):  # type: ignore[union-attr]
                found[model, record.pk] = record
            left -= {pk for known, pk in found if known is model}
    return found
