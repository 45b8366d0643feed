"""The vocabularies' entries that have a page: themes and goals, for everyone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare

from . import queries
from .models import Goal, Theme


def _around_theme(theme: Theme) -> Iterator[Model]:
    """Whoever follows a wider theme follows its narrower ones."""
    if theme.parent is not None:
        yield theme.parent


declare(
    RecordKind(Theme, _("theme"), queries.themes_visible_to, _around_theme),
    RecordKind(Goal, _("goal"), queries.goals_visible_to),
)
