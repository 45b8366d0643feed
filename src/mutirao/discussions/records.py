"""Comments as records of the house: seen, with a history of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import Line, Part, RecordKind, Restoring, around, declare
from mutirao.core.states import label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from . import actions, queries
from .mentions import without_tokens
from .models import Comment, Decision
from .rules import author_may_edit
from .states import Audience, State, Verb


def _around_comment(comment: Comment) -> Iterator[Model]:
    """Its record, and what that belongs to."""
    if comment.record is not None:
        yield comment.record
        yield from around(comment.record)


def _rewrite(row: Comment, by: Actor, values: dict[str, Any]) -> None:
    actions.rewrite(comment=row, by=by, **values)


def _unit(comment: Comment) -> Unit | None:
    return comment.unit


def _decision(row: Any) -> str:
    return str(label_of(Verb, row["verb"]))


HISTORY = (
    Part(
        Comment,
        label=_("comment"),
        lines=(
            Line("text", said=without_tokens, prose=True),
            Line("state", said=lambda value: label_of(State, value)),
            Line("audience", said=lambda value: label_of(Audience, value)),
        ),
        restoring=Restoring(("text",), author_may_edit, _rewrite),
    ),
    Part(Decision, (Line("reason"),), "comment_id", label=_("moderation"), subject=_decision,
         needs=("verb",), whole=True),
)  # fmt: skip

declare(
    RecordKind(
        Comment,
        _("comment"),
        queries.visible_to,
        _around_comment,
        history=HISTORY,
        unit_of=_unit,
    )
)
