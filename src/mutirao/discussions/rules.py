"""Who reads histories, who says what, who moderates.

Predicates take an `Actor` and a record, a comment, or a unit. `discussions.comment` asks whether
one may speak on a record at all; who reads what is said is in `queries.visible_to`.
"""

from __future__ import annotations

from typing import Any

import rules
from django.db import models

from mutirao.core.records import kind_of, sees
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.states import LEADING_OFFICES

from .models import Bar, Closure, Comment, Openness, on
from .states import Admits, State


def unit_of(record: models.Model) -> Any:
    kind = kind_of(record)
    return kind.unit_of(record) if kind else None


def leads_now(actor: Actor, unit_id: int | None) -> bool:
    """Its organisation answers for the unit today, and the person may write."""
    return (
        unit_id is not None
        and actor.may_write
        and any(m.unit_id == unit_id and m.office in LEADING_OFFICES for m in actor.mandates)
    )


def moderates(actor: Actor, unit_id: int | None) -> bool:
    return actor.is_secretariat or leads_now(actor, unit_id)


def led_units(actor: Actor) -> set[int]:
    """The units whose discussions the actor looks after; the secretariat looks after all."""
    return {m.unit_id for m in actor.mandates if leads_now(actor, m.unit_id)}


def admits(record: models.Model) -> str:
    """How a record's unit receives citizens (`Admits`); "nobody" where it has no unit."""
    unit = unit_of(record)
    found = unit and Openness.objects.filter(unit=unit).values_list("admits", flat=True).first()
    return found or Admits.NOBODY


def is_closed(record: models.Model) -> bool:
    return Closure.objects.filter(on(record)).exists()


@rules.predicate
def is_member(actor: Actor, record: models.Model) -> bool:
    return actor.is_member


@rules.predicate
def sees_record(actor: Actor, record: models.Model) -> bool:
    return sees(actor, record)


@rules.predicate
def is_discussed(actor: Actor, record: models.Model) -> bool:
    kind = kind_of(record)
    return kind is not None and kind.discussed


@rules.predicate
def writes(actor: Actor, record: models.Model) -> bool:
    """An observer reads what members read; whatever is said is said for an organisation."""
    return actor.may_write


@rules.predicate
def is_citizen_admitted(actor: Actor, record: models.Model) -> bool:
    """Signed in and acting for nobody, where the unit lets citizens speak on what is public."""
    return (
        actor.is_authenticated
        and not actor.is_member
        and admits(record) != Admits.NOBODY
        and sees(NOBODY, record)
    )


@rules.predicate
def is_barred(actor: Actor, record: models.Model) -> bool:
    return actor.person is not None and Bar.of(actor.person.pk) is not None


@rules.predicate
def is_open(actor: Actor, record: models.Model) -> bool:
    return not is_closed(record)


@rules.predicate
def moderates_record(actor: Actor, record: models.Model) -> bool:
    unit = unit_of(record)
    return moderates(actor, unit.pk if unit else None)


@rules.predicate
def is_author(actor: Actor, comment: Comment) -> bool:
    """Wrote it, and still acts for whom it was said: the history stays with the organisation."""
    return (
        actor.person is not None
        and comment.person_id == actor.person.pk
        and comment.organisation_id in (None, actor.organisation_id)
    )


@rules.predicate
def author_of(actor: Actor, record: models.Model) -> bool:
    return isinstance(record, Comment) and is_author(actor, record)


@rules.predicate
def wrote_it(actor: Actor, comment: Comment) -> bool:
    """The person behind it, whoever they act for now: nobody judges their own words."""
    return actor.person is not None and comment.person_id == actor.person.pk


@rules.predicate
def is_secretariat(actor: Actor, comment: Any = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def still_stands(actor: Actor, comment: Comment) -> bool:
    return comment.state in (State.PUBLISHED, State.WAITING)


@rules.predicate
def is_signed_in(actor: Actor, comment: Comment) -> bool:
    return actor.is_authenticated


@rules.predicate
def is_published(actor: Actor, comment: Comment) -> bool:
    return comment.state == State.PUBLISHED


@rules.predicate
def moderates_comment(actor: Actor, comment: Comment) -> bool:
    return moderates(actor, comment.unit_id)


@rules.predicate
def leads_unit(actor: Actor, unit: Any) -> bool:
    return leads_now(actor, unit.pk)


@rules.predicate
def moderates_somewhere(actor: Actor) -> bool:
    return actor.is_secretariat or bool(actor.may_write and led_units(actor))


# One rule for every kind of record: its history is for members who see it, a comment's also for
# whoever wrote it.
rules.add_rule("discussions.read_history", (is_member | author_of) & sees_record)
rules.add_rule(
    "discussions.comment",
    is_discussed
    & ((writes & sees_record) | is_citizen_admitted)
    & ~is_barred
    & (is_open | moderates_record),
)
rules.add_rule("discussions.edit_comment", is_author & still_stands & ~is_barred)
rules.add_rule("discussions.delete_comment", is_author | is_secretariat)
rules.add_rule("discussions.report_comment", is_signed_in & is_published & ~wrote_it)
rules.add_rule("discussions.moderate_comment", moderates_comment & ~wrote_it)
rules.add_rule("discussions.moderate", moderates_somewhere)
rules.add_rule("discussions.close_thread", is_discussed & moderates_record & sees_record)
rules.add_rule("discussions.open_to_citizens", leads_unit | is_secretariat)
rules.add_rule("discussions.bar_person", is_secretariat)


def author_may_edit(actor: Actor, comment: Comment) -> bool:
    """Their own words, as long as they stand."""
    return bool(rules.test_rule("discussions.edit_comment", actor, comment))
