"""The history of a plan in words: who changed what, for whom, when, from what to what.

The rows are written by database triggers (docs/adr/0004-history-by-triggers.md); here they are
only read. A fixed number of queries, however long the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.templatetags.mutirao import day
from mutirao.network.models import Organisation, Unit
from mutirao.topics.models import Theme

from .models import (
    Activity,
    ActivityAxis,
    ActivityOrganisation,
    ActivityTarget,
    ActivityTheme,
    ActivityUnit,
    Axis,
    Plan,
)

FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Plan: ("title", "language", "introduction", "state", "approved_on"),
    Axis: ("kind", "number", "text"),
    Activity: ("number", "title", "text"),
}
LINKS: dict[type[models.Model], tuple[str, str]] = {
    ActivityAxis: ("axis_id", "axes"),
    ActivityOrganisation: ("organisation_id", "organisations"),
    ActivityUnit: ("unit_id", "units"),
    ActivityTheme: ("theme_id", "themes"),
    ActivityTarget: ("target_id", "targets"),
}
Piece = tuple[str, str]


@dataclass
class Difference:
    """One field of one record: its pieces are ("same" | "old" | "new", text)."""

    label: str
    pieces: list[Piece]


@dataclass
class Change:
    """What happened to one record in one act: `act` is insert, update, delete or order."""

    subject: str
    act: str
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Entry:
    """Everything one person changed with one request."""

    at: datetime
    person: str
    organisation: str
    changes: list[Change] = field(default_factory=list)


def entries(plan: Plan) -> list[Entry]:
    """The history of a plan, its axes, its activities and their links, the latest first."""
    rows = _rows(plan)
    names = _Names(rows)
    acts: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        acts[row.pgh_context_id or f"alone {row.pgh_label} {row.pgh_created_at:%Y%m%d%H%M}"].append(
            row
        )
    previous = _previous(rows)
    found = [_entry(act, previous, names) for act in acts.values()]
    return sorted((entry for entry in found if entry.changes), key=lambda e: e.at, reverse=True)


def _event_model(model: type[models.Model]) -> Any:
    return model.pgh_event_model  # type: ignore[attr-defined]


def _rows(plan: Plan) -> list[Any]:
    """Every row of history that belongs to the plan, in the order it was written."""
    own = _event_model(Plan).objects.filter(id=plan.pk)
    axes = _event_model(Axis).objects.filter(plan_id=plan.pk)
    activities = _event_model(Activity).objects.filter(plan_id=plan.pk)
    ids = activities.values("id")
    links = (_event_model(model).objects.filter(activity_id__in=ids) for model in LINKS)
    found = [
        row
        for events in (own, axes, activities, *links)
        for row in events.select_related("pgh_context").order_by("pgh_id")
    ]
    return sorted(found, key=lambda row: row.pgh_created_at)


def _tracked(row: Any) -> type[models.Model]:
    return row.pgh_tracked_model


def _previous(rows: list[Any]) -> dict[int, Any]:
    """The row before each row of the same record, by the identity of the row."""
    last: dict[tuple[type, int], Any] = {}
    found = {}
    for row in rows:
        if _tracked(row) in FIELDS:
            key = (_tracked(row), row.id)
            found[id(row)] = last.get(key)
            last[key] = row
    return found


class _Names:
    """The words for what the rows hold as numbers; one query for each kind of record."""

    def __init__(self, rows: list[Any]) -> None:
        contexts = [row.pgh_context.metadata for row in rows if row.pgh_context]
        linked = {model: {getattr(r, c) for r in rows if _tracked(r) is model}
                  for model, (c, _label) in LINKS.items()}  # fmt: skip
        people = User.objects.filter(pk__in={c.get("user") for c in contexts} - {None})
        acting = {c.get("organisation") for c in contexts} - {None}
        cities = Organisation.objects.filter(pk__in=acting | linked[ActivityOrganisation])
        self.people = {person.pk: person.name for person in people}
        self.organisations = {city.pk: city.display for city in cities}
        self.names: dict[type[models.Model], dict[Any, str]] = {
            ActivityOrganisation: self.organisations,
            ActivityUnit: _words(Unit.objects.filter(pk__in=linked[ActivityUnit])),
            ActivityTheme: _words(Theme.objects.filter(pk__in=linked[ActivityTheme])),
            ActivityTarget: {code: code for code in linked[ActivityTarget]},
            ActivityAxis: {row.id: _subject(row) for row in rows if _tracked(row) is Axis},
        }
        self.activities = {row.id: row for row in rows if _tracked(row) is Activity}

    def link(self, model: type[models.Model], value: Any) -> str:
        return self.names[model].get(value, str(value))


def _words(records: Iterable[models.Model]) -> dict[Any, str]:
    return {record.pk: str(record) for record in records}


def _entry(rows: list[Any], previous: dict[int, Any], names: _Names) -> Entry:
    context = rows[0].pgh_context.metadata if rows[0].pgh_context else {}
    entry = Entry(
        at=rows[-1].pgh_created_at,
        person=names.people.get(context.get("user") or 0, ""),
        organisation=names.organisations.get(context.get("organisation") or 0, ""),
    )
    records = [row for row in rows if _tracked(row) in FIELDS]
    entry.changes = list(_of_records(records, previous))
    _add_links(entry, [row for row in rows if _tracked(row) in LINKS], records, names)
    return entry


def _of_records(rows: list[Any], previous: dict[int, Any]) -> Iterator[Change]:
    """One change a record and act; what only moved place is said once for all."""
    moved = False
    for row in rows:
        before = previous[id(row)]
        if row.pgh_label != "update" or before is None:
            yield Change(_subject(row), row.pgh_label)
            continue
        differences = list(_differences(row, before))
        if differences:
            yield Change(_subject(row), "update", differences)
        moved = moved or getattr(row, "position", 0) != getattr(before, "position", 0)
    if moved:
        yield Change(_("The order of the parts"), "order")


def _subject(row: Any) -> str:
    kind = _tracked(row)
    if kind is Plan:
        return _("The plan")
    if kind is Axis:
        words = [dict(_choices(Axis, "kind"))[row.kind], row.number]
    else:
        words = [_("activity"), row.number, f"“{row.title}”" if row.title else ""]
    return str(capfirst(" ".join(str(word) for word in words if word)))


def _differences(row: Any, before: Any) -> Iterator[Difference]:
    model = _tracked(row)
    for name in FIELDS[model]:
        old, new = getattr(before, name), getattr(row, name)
        if old != new:
            label = capfirst(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Difference(
                str(label), word_pieces(_said(model, name, old), _said(model, name, new))
            )


def _said(model: type[models.Model], name: str, value: Any) -> str:
    """A value as a reader reads it."""
    if isinstance(value, date):
        return day(value)
    return str(dict(_choices(model, name)).get(value, "" if value is None else value))


def _choices(model: type[models.Model], name: str) -> list[tuple[Any, Any]]:
    return model._meta.get_field(name).flatchoices  # type: ignore[union-attr]


def word_pieces(old: str, new: str) -> list[Piece]:
    """Both texts as one, word by word: what stayed, what went, what came."""
    before, after = old.split(), new.split()
    pieces: list[Piece] = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append(("same", " ".join(before[a:b])))
            continue
        if b > a:
            pieces.append(("old", " ".join(before[a:b])))
        if d > c:
            pieces.append(("new", " ".join(after[c:d])))
    return pieces


def _add_links(entry: Entry, rows: list[Any], records: list[Any], names: _Names) -> None:
    """Tags and responsibles that came or went, below their activity; not for one just deleted."""
    gone = {row.id for row in records if _tracked(row) is Activity and row.pgh_label == "delete"}
    grouped: dict[int, dict[type[models.Model], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.activity_id not in gone:
            grouped[row.activity_id][_tracked(row)].append(row)
    for pk, kinds in grouped.items():
        differences = [d for model in LINKS if (d := _link(model, kinds[model], names))]
        if not differences:
            continue
        subject = _subject(names.activities[pk])
        known = next((c for c in entry.changes if c.subject == subject), None)
        if known is None:
            known = Change(subject, "update")
            entry.changes.append(known)
        known.differences += differences


def _link(model: type[models.Model], rows: list[Any], names: _Names) -> Difference | None:
    column, name = LINKS[model]
    by_act = {act: {getattr(row, column) for row in rows if row.pgh_label == act}
              for act in ("insert", "delete")}  # fmt: skip
    came, went = by_act["insert"] - by_act["delete"], by_act["delete"] - by_act["insert"]
    words = {kind: ", ".join(sorted(names.link(model, value) for value in values))
             for kind, values in (("old", went), ("new", came))}  # fmt: skip
    pieces = [(kind, text) for kind, text in words.items() if text]
    label = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Difference(str(capfirst(label)), pieces) if pieces else None
