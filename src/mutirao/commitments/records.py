"""Commitments as records of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rules
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import Line, Part, RecordKind, Restoring, around, declare
from mutirao.core.states import Visibility, label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from . import actions, queries
from .models import Commitment, Evidence, Naming, Step
from .states import State


def _around_commitment(commitment: Commitment) -> Iterator[Model]:
    """Its owner, its unit, and what brought it about with all that is around it."""
    yield commitment.owner
    if commitment.unit is not None:
        yield commitment.unit
    if commitment.source is not None:
        yield commitment.source
        yield from around(commitment.source)


def _may_change(actor: Actor, commitment: Commitment) -> bool:
    return bool(rules.test_rule("commitments.change_commitment", actor, commitment))


def _rewrite(row: Commitment, by: Actor, values: dict[str, Any]) -> None:
    actions.change(commitment=row, version=row.version, by=by, **values)


def _step(row: Mapping[str, Any]) -> str:
    return f"{_('step')} “{row['text']}”"


def _evidence(row: Mapping[str, Any]) -> str:
    return f"{_('evidence')} “{row['title']}” ({row['url'] or row['filename']})"


HISTORY = (
    Part(
        Commitment,
        label=_("commitment"),
        lines=(
            Line("title"),
            Line("description"),
            Line("owner_id"),
            Line("due_on"),
            Line("state", said=lambda value: label_of(State, value)),
            Line("done_on"),
            Line("progress", said=lambda value: f"{value} %"),
            Line("visibility", _("who sees it"), lambda value: label_of(Visibility, value)),
        ),
        restoring=Restoring(("title", "description"), _may_change, _rewrite),
    ),
    Part(
        Step,
        (Line("text"), Line("done_on")),
        within="commitment_id",
        label=_("step"),
        subject=_step,
        ordered=True,
    ),
    Part(
        Evidence,
        (Line("title"),),
        within="commitment_id",
        label=_("evidence"),
        subject=_evidence,
        needs=("url", "filename"),
    ),
    Part(
        Naming,
        within="commitment_id",
        label=_("people in charge"),
        link=Line("user_id", _("people in charge")),
    ),
)


def _unit(commitment: Commitment) -> Unit | None:
    return commitment.unit


declare(
    RecordKind(
        Commitment,
        _("commitment"),
        queries.visible_to,
        _around_commitment,
        history=HISTORY,
        discussed=True,
        unit_of=_unit,
    )
)
