"""The network's records that have a page, for history, discussion, following and notices."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare

from . import queries
from .models import Organisation, Term, Unit


def _around_unit(unit: Unit) -> Iterator[Model]:
    """What happens in a part concerns who follows the whole."""
    if unit.parent is not None:
        yield unit.parent


declare(
    RecordKind(Organisation, _("organisation"), queries.visible_to),
    RecordKind(Unit, _("unit"), queries.units_visible_to, _around_unit),
    RecordKind(Term, _("term"), queries.terms_visible_to),
)
