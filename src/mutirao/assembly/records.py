"""Assemblies, offices to fill and candidacies as records of the house."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mutirao.core.records import RecordKind, declare
from mutirao.plans.standing import declare as declare_standing

from . import queries
from .models import Assembly, Candidacy, Election


def _around_election(election: Election) -> Iterator[Model]:
    yield election.assembly
    yield election.unit


def _around_candidacy(candidacy: Candidacy) -> Iterator[Model]:
    yield candidacy.organisation
    yield candidacy.election.unit
    yield candidacy.election.assembly


declare(
    RecordKind(Assembly, _("assembly"), queries.visible_to),
    RecordKind(Election, _("office to be filled"), queries.elections_visible_to, _around_election),
    RecordKind(Candidacy, _("candidacy"), queries.candidacies_visible_to, _around_candidacy),
)
# A candidate writes or brings in the plan it stands with through the pages of `plans`.
declare_standing(queries.stands_for)
