"""Who is meant by "@": names read out of a text, kept apart from it, and put in again.

What somebody types is "@Name · Organisation", "@Name", "@Organisation" or "@Unit"; what is kept is
"@{3}" and a `Mention` numbered 3. So a rename or an erasure reaches every text, and nobody can
forge a mention by typing one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.records import sees
from mutirao.network.acting import NOBODY, Actor, actor_for
from mutirao.network.models import Mandate, Membership, Organisation, Unit
from mutirao.network.queries import live_on
from mutirao.network.text import Folded, fold

from .models import Comment, Mention

TOKEN = re.compile(r"@\{(\d{1,4})\}")
_AT = re.compile(r"(?<![\w@])@(?=\w)")
MOST = 20  # mentions in one comment
_PICKED = 8

Target = tuple[int | None, int | None, int | None]  # person, organisation, unit


@dataclass(frozen=True)
class Named:
    """Something that can be mentioned: what it is, and what to write after the "@"."""

    target: Target
    label: str
    kind: str  # person, organisation, unit


def label_of(mention: Mention) -> str:
    """What stands after the "@" for a member: in full, so that it is found again in an edit."""
    if mention.unit_id is not None:
        return str(mention.unit)
    city = mention.organisation.display if mention.organisation else ""
    if mention.person_id is None:
        return city
    return f"{str(mention.person) or _('a person')} · {city}"


def spelled_out(comment: Comment, text: str | None = None) -> str:
    """The text, or a former one of the comment, as its author typed it."""
    labels = {mention.number: label_of(mention) for mention in comment.mentions.all()}
    return TOKEN.sub(
        lambda found: f"@{labels.get(int(found[1]), '')}", comment.text if text is None else text
    )


def without_tokens(text: str) -> str:
    """The text where nobody knows whose comment it is: "@…" for each mention."""
    return TOKEN.sub("@…", text)


def members_who_see(record: models.Model) -> QuerySet[Membership] | None:
    """Live memberships of those who see a record, or None when each must be asked."""
    everyone = _acting()
    return everyone if sees(NOBODY, record) else None


def _acting() -> QuerySet[Membership]:
    acting = Membership.objects.filter(live_on(timezone.localdate()), person__is_active=True)
    return acting.select_related("person", "organisation")


def readers(people: Iterable[int], record: models.Model) -> set[int]:
    """Those of `people` (ids) who see the record today, for one of their organisations."""
    wanted = set(people)
    if not wanted or members_who_see(record) is not None:
        return wanted
    found = set()
    for person in User.objects.filter(pk__in=wanted, is_active=True):
        first = actor_for(person)
        if any(sees(Actor(person, each, first.memberships), record) for each in first.memberships):
            found.add(person.pk)
    return found


def suggested(words: str, record: models.Model) -> list[Named]:
    """What the picker offers for what was typed so far: people, then organisations and units."""
    folded = fold(words.strip())
    if not folded:
        return []
    people = (
        _acting()
        .alias(folded=Folded("person__name"), city=Folded("organisation__name"))
        .filter(Q(folded__contains=folded) | Q(city__startswith=folded))
        .order_by("person__name", "pk")[: 3 * _PICKED]
    )
    rows = list(people)
    reading = readers({row.person_id for row in rows}, record)
    found = [_person(row) for row in rows if row.person_id in reading][:_PICKED]
    cities = Organisation.objects.alias(folded=Folded("name"), short=Folded("short_name")).filter(
        Q(folded__startswith=folded) | Q(short__startswith=folded), memberships__isnull=False
    )
    found += [_city(city) for city in cities.distinct().order_by("name")[:_PICKED]]
    found += [_unit(unit) for unit in Unit.objects.all() if fold(str(unit)).startswith(folded)]
    return found[: 2 * _PICKED]


def _person(row: Membership) -> Named:
    label = f"{row.person} · {row.organisation.display}"
    return Named((row.person_id, row.organisation_id, None), label, "person")


def _city(city: Organisation) -> Named:
    return Named((None, city.pk, None), city.display, "organisation")


def _unit(unit: Unit) -> Named:
    return Named((None, None, unit.pk), str(unit), "unit")


def read(
    text: str, record: models.Model, known: Iterable[Mention] = ()
) -> tuple[str, dict[int, Target]]:
    """The text with a token for each name found after an "@", and what the tokens mean.

    A name that fits nobody, or somebody who does not see the record, stays text. `known` are the
    mentions the comment already has: they keep their numbers, also when the person has left.
    """
    text = unicodedata.normalize("NFC", text).replace("@{", "@ {")
    kept = {mention.target: mention.number for mention in known}
    labels = _labels(text, known)
    allowed = readers({t[0] for t in labels.values() if t[0] and t not in kept}, record)
    meant: dict[int, Target] = {}
    pieces, last = [], 0
    for start, end, target in _found(text, labels):
        if target[0] and target not in kept and target[0] not in allowed:
            continue
        if len(meant) >= MOST and target not in kept:
            continue
        number = kept.setdefault(target, max([*kept.values(), 0]) + 1)
        meant[number] = target
        pieces += [text[last:start], f"@{{{number}}}"]
        last = end
    return "".join([*pieces, text[last:]]), meant


def _found(text: str, labels: Mapping[str, Target]) -> Iterator[tuple[int, int, Target]]:
    """(start, end, target) of each name after an "@", the longest that fits."""
    longest = sorted(labels, key=len, reverse=True)
    last = 0
    for at in _AT.finditer(text):
        if at.start() < last:
            continue
        for label in longest:
            end = at.end() + len(label)
            after = text[end : end + 1]
            if fold(text[at.end() : end]) == label and not after.isalnum():
                last = end
                yield at.start(), end, labels[label]
                break


def _labels(text: str, known: Iterable[Mention]) -> dict[str, Target]:
    """What could be meant in this text: folded label → target. Two names alike mean nobody."""
    begun = {fold(text[at.end() :]).split(" ")[0][:20] for at in _AT.finditer(text)}
    begun = {word.rstrip(".,;:!?)·") for word in begun} - {""}
    if not begun:
        return {}
    found: dict[str, set[Target]] = {}

    def add(label: str, target: Target) -> None:
        found.setdefault(fold(unicodedata.normalize("NFC", label)), set()).add(target)

    people, cities = Q(pk__in=()), Q(pk__in=())
    for word in list(begun)[: 2 * MOST]:
        people |= Q(folded__startswith=word)
        cities |= Q(folded__startswith=word) | Q(short__startswith=word)
    for row in _acting().alias(folded=Folded("person__name")).filter(people)[:200]:
        target = (row.person_id, row.organisation_id, None)
        for city in {row.organisation.display, row.organisation.name}:
            add(f"{row.person} · {city}", target)
        add(str(row.person), target)
    named = Organisation.objects.alias(folded=Folded("name"), short=Folded("short_name"))
    for found_city in named.filter(cities)[:200]:
        add(found_city.name, (None, found_city.pk, None))
        add(found_city.display, (None, found_city.pk, None))
    for unit in Unit.objects.all():
        for name in set(filter(None, unit.name.values())):
            add(name, (None, None, unit.pk))
    for mention in known:
        add(label_of(mention), mention.target)
    return {label: next(iter(targets)) for label, targets in found.items() if len(targets) == 1}


def people_meant(targets: Iterable[Target], record: models.Model) -> set[int]:
    """Whom to tell: the persons, those who act for the organisations, those who serve the units."""
    people, cities = set(), set()
    for person, city, unit in targets:
        if person is not None:
            people.add(person)
        elif city is not None:
            cities.add(city)
        elif unit is not None:
            today = timezone.localdate()
            held = Mandate.objects.filter(live_on(today), unit_id=unit, term__ends_on__gte=today)
            cities |= set(held.values_list("organisation_id", flat=True))
    people |= set(_acting().filter(organisation_id__in=cities).values_list("person_id", flat=True))
    return readers(people, record)
