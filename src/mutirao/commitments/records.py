"""Commitments as records of the house."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, around, declare

from . import queries
from .models import Commitment


def _around_commitment(commitment: Commitment) -> Iterator[Model]:
    """Its owner, its unit, and what brought it about with all that is around it."""
    yield commitment.owner
    if commitment.unit is not None:
        yield commitment.unit
    if commitment.source is not None:
        yield commitment.source
        yield from around(commitment.source)


declare(RecordKind(Commitment, _("commitment"), queries.visible_to, _around_commitment))
