"""An import is taken back as a whole, unless somebody has built on it since."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from mutirao.network.models import Act, Mandate, Member, Organisation

from .. import queries
from ..links import pointers_to
from ..models import Import, ImportRow
from ..states import ImportState
from .common import as_the_person, move, stored_rows
from .writing import upsert, values_of

_MODELS: dict[str, type[Model]] = {
    "Organisation": Organisation,
    "Member": Member,
    "Mandate": Mandate,
}
_DATES = ("starts_on", "ends_on")


@transaction.atomic
def take_back(*, import_id: int) -> None:
    """Undo an import, or say row by row what was done since and stands in the way."""
    batch = queries.locked(import_id)
    if batch is None or batch.state != ImportState.UNDOING:
        return
    with as_the_person(batch, batch.undone_by_id):
        queries.hold_the_registry()
        rows = [row for row in stored_rows(batch) if row.written]
        entries = [(row, entry) for row in rows for entry in row.written]
        records = _records(entries)
        blockers = _changed_since(entries, records) + _built_upon(entries)
        if blockers:
            _refuse(batch, blockers)
            return
        _restore(entries, records)
        move(batch, ImportState.UNDONE)
        batch.undone_at = timezone.now()
        batch.save()


def _refuse(batch: Import, blockers: list[dict[str, Any]]) -> None:
    batch.blockers = sorted(blockers, key=lambda one: one["row"])
    batch.undone_by = None
    move(batch, ImportState.ACCEPTED)
    batch.save()


def _records(entries: list[tuple[ImportRow, dict]]) -> dict[tuple[str, int], Model]:
    keys: dict[str, list[int]] = defaultdict(list)
    for _row, entry in entries:
        keys[entry["model"]].append(entry["pk"])
    return {
        (name, pk): record
        for name, pks in keys.items()
        for pk, record in _MODELS[name]._default_manager.in_bulk(pks).items()
    }


def _changed_since(
    entries: list[tuple[ImportRow, dict]], records: dict[tuple[str, int], Model]
) -> list[dict[str, Any]]:
    """Rows whose record is no longer as the import left it."""
    found = []
    for row, entry in entries:
        record = records.get((entry["model"], entry["pk"]))
        what = {"row": row.number, "label": row.label}
        if record is None:
            found.append({**what, "code": "gone"})
        elif getattr(record, "merged_into_id", None):
            found.append({**what, "code": "merged"})
        elif values_of(record, entry["after"]) != entry["after"] or (
            entry["before"] is None and getattr(record, "version", 1) != 1
        ):
            found.append({**what, "code": "changed"})
    return found


def _built_upon(entries: list[tuple[ImportRow, dict]]) -> list[dict[str, Any]]:
    """Rows whose new record others point at by now."""
    made: dict[str, dict[int, ImportRow]] = defaultdict(dict)
    for row, entry in entries:
        if entry["before"] is None:
            made[entry["model"]][entry["pk"]] = row
    found = []
    for name, rows in made.items():
        for pointer in pointers_to(_MODELS[name]):
            pointing = pointer.rows(rows).order_by()
            own = made.get(pointer.model.__name__) if pointer.model in _MODELS.values() else None
            if own:
                pointing = pointing.exclude(pk__in=list(own))
            key = pointer.field if pointer.type_field else f"{pointer.field}_id"
            for pk in set(pointing.values_list(key, flat=True)):
                row = rows[pk]
                found.append(
                    {
                        "row": row.number,
                        "label": row.label,
                        "code": "built_upon",
                        "what": pointer.label,
                    }
                )
    return found


def _restore(entries: list[tuple[ImportRow, dict]], records: dict[tuple[str, int], Model]) -> None:
    made: dict[str, list[int]] = defaultdict(list)
    back: dict[str, list[tuple[Model, dict[str, Any]]]] = defaultdict(list)
    acts: set[int] = set()
    for _row, entry in entries:
        name, before = entry["model"], entry["before"]
        acts |= _new_acts(entry)
        if before is None:
            made[name].append(entry["pk"])
        else:
            back[name].append((records[name, entry["pk"]], before))
    # What points at others goes first.
    for name in ("Mandate", "Member", "Organisation"):
        _MODELS[name]._default_manager.filter(pk__in=made[name]).delete()
    for name, pairs in back.items():
        fields: set[str] = set()
        for record, before in pairs:
            fields |= set(before)
            for field, value in before.items():
                setattr(record, field, _value(field, value))
            if name == "Organisation":
                record.version += 1  # type: ignore[attr-defined]
                fields.add("version")
        upsert([record for record, _before in pairs], sorted(fields))
    Act.objects.filter(pk__in=acts).delete()


def _value(field: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and field in _DATES else value


def _new_acts(entry: dict[str, Any]) -> set[int]:
    """The documents that the import made for an admission."""
    before, after = entry["before"] or {}, entry["after"]
    fields = ("admitted_by_id", "left_by_id")
    return {after[f] for f in fields if after.get(f) and after[f] != before.get(f)}
