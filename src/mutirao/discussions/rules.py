"""Who may take part.

Who may comment is said by the app that holds the record, under the name `comment_rule` gives:
a record admits comments as soon as its app adds such a rule, and `see_rule` beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import models

from mutirao.core.records import sees
from mutirao.network.acting import Actor

if TYPE_CHECKING:
    from .models import Comment


def comment_rule(model: type[models.Model] | models.Model) -> str:
    """`plans.comment_plan` for a plan."""
    return f"{model._meta.app_label}.comment_{model._meta.model_name}"


def see_rule(model: type[models.Model] | models.Model) -> str:
    """`plans.see_plan` for a plan."""
    return f"{model._meta.app_label}.see_{model._meta.model_name}"


def admits_comments(model: type[models.Model]) -> bool:
    return rules.rule_exists(comment_rule(model)) and rules.rule_exists(see_rule(model))


@rules.predicate
def is_author(actor: Actor, comment: Comment) -> bool:
    """Wrote it, and still acts for whom it was said: the history stays with the organisation."""
    return (
        actor.person is not None
        and comment.person_id == actor.person.pk
        and comment.organisation_id == actor.organisation_id
    )


@rules.predicate
def is_secretariat(actor: Actor, comment: Comment) -> bool:
    return actor.is_secretariat


rules.add_rule("discussions.delete_comment", is_author | is_secretariat)


@rules.predicate
def is_member(actor: Actor, record: models.Model) -> bool:
    return actor.is_member


@rules.predicate
def sees_record(actor: Actor, record: models.Model) -> bool:
    return sees(actor, record)


# One rule for every kind of record: its history is for members who see it.
rules.add_rule("discussions.read_history", is_member & sees_record)
