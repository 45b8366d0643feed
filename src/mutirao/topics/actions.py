"""What happens to the vocabularies: they are loaded from the files beside this module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.db import transaction

FOLDER = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load_vocabularies(apps: Any = current_apps) -> None:
    """Bring themes, goals, targets, agenda and crosswalk up to what `topics/data/*.json` say.

    May run any number of times: rows are matched by code and nothing is taken away, since
    records may be tagged with it. `apps` is a migration's registry of models or Django's own.
    """
    _load_goals(apps.get_model("topics", "Goal"))
    _load_targets(apps.get_model("topics", "Target"))
    _load_sections(apps.get_model("topics", "Section"))
    _load_agenda(apps.get_model("topics", "AgendaCommitment"))
    _load_themes(apps.get_model("topics", "Theme"))


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one vocabulary's file, in their order; see tests/topics/data for its form."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _upsert(model: Any, rows: list[Any], key: str, *fields: str) -> None:
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=[key], update_fields=list(fields)
    )


def _load_goals(model: Any) -> None:
    rows = [model(**row) for row in read("goals")]
    _upsert(model, rows, "number", "colour", "title", "statement")


def _load_targets(model: Any) -> None:
    rows = [
        model(code=row["code"], goal_id=row["goal"], label=row["label"], position=position)
        for position, row in enumerate(read("targets"))
    ]
    _upsert(model, rows, "code", "goal", "label", "position")


def _load_sections(model: Any) -> None:
    rows = [model(**row, position=position) for position, row in enumerate(read("agenda_sections"))]
    _upsert(model, rows, "code", "part", "paragraphs", "label", "position")


def _load_agenda(model: Any) -> None:
    data = read("agenda")
    plain = ("code", "section", "paragraphs", "label")
    rows = [
        model(**{name: row[name] for name in plain}, position=position)
        for position, row in enumerate(data)
    ]
    _upsert(model, rows, "code", "section", "paragraphs", "label", "position")
    _link(model.targets.through, data)


def _link(through: Any, data: list[dict[str, Any]]) -> None:
    """The crosswalk is ours entirely, so a link that left the file leaves the database too."""
    wanted = {(row["code"], target) for row in data for target in row["targets"]}
    present = {
        (link.agendacommitment_id, link.target_id): link.pk for link in through.objects.all()
    }
    gone = [pk for pair, pk in present.items() if pair not in wanted]
    through.objects.filter(pk__in=gone).delete()
    through.objects.bulk_create(
        through(agendacommitment_id=code, target_id=target)
        for code, target in sorted(wanted - present.keys())
    )


def _load_themes(model: Any) -> None:
    """Parents first, since a child needs its parent's id."""
    data = list(enumerate(read("themes")))
    parents: dict[str, int] = {}
    for with_parent in (False, True):
        rows = [
            model(
                code=row["code"],
                label=row["label"],
                position=position,
                parent_id=parents.get(row["parent"] or ""),
            )
            for position, row in data
            if bool(row["parent"]) is with_parent
        ]
        _upsert(model, rows, "code", "label", "position", "parent")
        parents = dict(model.objects.values_list("code", "pk"))
