"""The history in words: acts of people, the changes of each, and the fields that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.languages import LANGUAGES, OWN_NAMES
from mutirao.core.records import Line, Part, RecordKind
from mutirao.core.templatetags.mutirao import day, moment
from mutirao.network.models import Organisation

from .rows import Chosen, Row, count_acts, latest, line_of, rows_of_acts, who_acted_on
from .words import Piece, shortened, word_pieces

ORDER = "order"


@dataclass
class Difference:
    """One field: `before` and `after` in words, `pieces` word by word.

    `former` is the row of history that holds the former text, when it can be taken back; `key`
    is its column, with the language of a label ("about.pt").
    """

    label: str
    before: str
    after: str
    key: str = ""
    former: int | None = None
    part: int = 0
    linked: bool = False

    @property
    def pieces(self) -> list[Piece]:
        if self.linked:
            return [(k, v) for k, v in (("old", self.before), ("new", self.after)) if v]
        return shortened(word_pieces(self.before, self.after))


@dataclass
class Change:
    """What happened to one object in one act: insert, update, delete or order."""

    subject: str
    act: str
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Act:
    """What one person did in one go. Both names are empty for what the installation did itself."""

    at: datetime
    person: str
    organisation: str
    changes: list[Change] = field(default_factory=list)
    took_back: bool = False

    @property
    def day_of(self) -> date:
        """Its day in the reader's zone."""
        return timezone.localtime(self.at).date()


class Acts(Sequence[Act]):
    """The acts on a record, the latest first, fetched a page at a time.

    A page costs the same however long the history: one query for the acts, one for the people,
    one for the organisations, and one for each other kind of record that is named.
    """

    def __init__(self, kind: RecordKind, record: Any, actor: Any, chosen: Chosen | None = None):
        self.record = record
        self.parts = tuple(part for part in kind.history if part.seen_by(actor, record))
        self.chosen = chosen or Chosen()
        self.restorable = {
            number
            for number, part in enumerate(self.parts)
            if part.restoring is not None and part.restoring.may(actor, record)
        }

    def __len__(self) -> int:
        return count_acts(self.parts, self.record.pk, self.chosen)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice):
            return self[key : key + 1][0]
        first = key.start or 0
        many = None if key.stop is None else max(0, key.stop - first)
        rows = rows_of_acts(self.parts, self.record.pk, self.chosen, first, many)
        return _Reading(self.parts, rows, self.restorable).acts()

    def fields(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a history can be narrowed to: for each part, its fields as (value, label)."""
        return [
            (
                str(capfirst(part_label(part))),
                [(str(number), str(_("All of it")))]
                + [
                    (f"{number}.{line.name}", str(label_of(part.model, line)))
                    for line in part.lines
                ],
            )
            for number, part in enumerate(self.parts)
        ]


def who_acted(acts: Acts) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """People and organisations that acted on a record, as choices by name. Three queries."""
    pairs = who_acted_on(acts.parts, acts.record.pk)
    people = User.objects.filter(pk__in={person for person, _city in pairs if person})
    cities = Organisation.objects.filter(pk__in={city for _person, city in pairs if city})
    return (
        sorted(((p.pk, called(p)) for p in people), key=lambda choice: choice[1].casefold()),
        sorted(((c.pk, c.display) for c in cities), key=lambda choice: choice[1].casefold()),
    )


def called(person: User | None) -> str:
    """A person's name; who had theirs erased is "a person"."""
    return (str(person) if person else "") or str(_("a person"))


def label_of(model: type[models.Model], line: Line) -> str:
    field = _field(model, line.name)
    return str(capfirst(line.label or getattr(field, "verbose_name", line.name)))


def part_label(part: Part) -> str:
    return str(part.label or part.model._meta.verbose_name)


def _field(model: type[models.Model], column: str) -> Any:
    return next((f for f in model._meta.concrete_fields if column in (f.attname, f.name)), None)


class _Reading:
    """Puts the rows of some acts into words."""

    def __init__(self, parts: Sequence[Part], rows: list[Row], restorable: set[int]) -> None:
        self.parts, self.rows, self.restorable = parts, rows, restorable
        self.names = self._names()
        self.above = self._above()

    # what the rows hold as numbers -------------------------------------------------------

    def _names(self) -> dict[type[models.Model], dict[Any, str]]:
        """Names of everything the rows lead to, one query for each kind of record."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row in self.rows:
            wanted[User].add(row.context.get("user"))
            wanted[Organisation].add(row.context.get("organisation"))
            part = self.parts[row.part]
            for line in (*part.lines, *([part.link] if part.link else [])):
                target = _target(part.model, line)
                if target is not None:
                    wanted[target] |= {row.now.get(line.name), (row.before or {}).get(line.name)}
        return {model: self._named(model, ids - {None}) for model, ids in wanted.items()}

    def _named(self, model: type[models.Model], ids: set[Any]) -> dict[Any, str]:
        if not ids:
            return {}
        part = next((p for p in self.parts if p.model is model and p.subject), None)
        if part is not None and part.subject is not None:  # it may be deleted by now
            return {pk: part.subject(values) for pk, values in latest(part, list(ids)).items()}
        found = model._default_manager.in_bulk(ids)
        if model is User:
            return {pk: called(person) for pk, person in found.items()}  # type: ignore[arg-type]
        return {pk: getattr(record, "display", str(record)) for pk, record in found.items()}

    def _above(self) -> dict[tuple[type[models.Model], int], dict[str, Any]]:
        """What links hang on, as it was last."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for row in self.rows:
            part = self.parts[row.part]
            if part.under is not None:
                wanted[part.under].add(row.now[part.within])
        return {
            (model, pk): values
            for model, ids in wanted.items()
            for pk, values in latest(self._part_of(model), list(ids)).items()
        }

    def _part_of(self, model: type[models.Model]) -> Part:
        return next(part for part in self.parts if part.model is model)

    # acts ------------------------------------------------------------------------------

    def acts(self) -> list[Act]:
        grouped: dict[str, list[Row]] = {}
        for row in self.rows:
            grouped.setdefault(row.act, []).append(row)
        found = [self._act(rows) for rows in grouped.values()]
        return [act for act in found if act.changes]

    def _act(self, rows: list[Row]) -> Act:
        context = rows[0].context
        person, city = context.get("user"), context.get("organisation")
        act = Act(
            at=rows[-1].at,
            person=self.names[User].get(person, called(None)) if person else "",
            organisation=self.names[Organisation].get(city, "") if city else "",
            took_back=bool(context.get("took_back")),
        )
        act.changes = list(self._changes(rows))
        return act

    def _changes(self, rows: list[Row]) -> Iterator[Change]:
        """One change for each object; links gathered under what they hang on."""
        moved, gone = False, set()
        linked: dict[tuple[Any, Any], dict[int, list[Row]]] = defaultdict(dict)
        changes: dict[tuple[Any, Any], Change] = {}
        for row in rows:
            part = self.parts[row.part]
            key = (part.model, row.object if row.object is not None else row.event)
            if part.link is not None:
                on = (part.under, row.now.get(part.within) if part.under else None)
                linked[on].setdefault(row.part, []).append(row)
                continue
            if row.label == "delete":
                gone.add(key)
            differences = list(self._differences(row))
            if row.label != "update" or differences:
                known = changes.get(key)
                if known is None:
                    changes[key] = Change(self._subject(part, row), row.label, differences)
                elif known.act == "update" and row.label == "update":
                    known.differences += differences
                elif row.label == "delete":
                    known.act = "delete"
            moved = moved or _moved(part, row)
        for on, by_part in linked.items():
            if on not in gone:
                self._add_links(changes, on, by_part)
        yield from changes.values()
        if moved:
            yield Change(_("The order of the parts"), ORDER)

    def _add_links(
        self, changes: dict[Any, Change], on: tuple[Any, Any], by_part: dict[int, list[Row]]
    ) -> None:
        differences = [
            d for number, rows in sorted(by_part.items()) if (d := self._link(number, rows))
        ]
        if not differences:
            return
        known = changes.get(on)
        if known is None:
            known = changes[on] = Change(self._linked_subject(on), "update")
        known.differences += differences

    def _linked_subject(self, on: tuple[Any, Any]) -> str:
        model, _pk = on
        if model is None:
            return self._subject(self.parts[0], None)
        part, values = self._part_of(model), self.above.get(on, {})
        return part.subject(values) if part.subject else part_label(part)

    def _link(self, number: int, rows: list[Row]) -> Difference | None:
        part = self.parts[number]
        line = part.link
        if line is None:
            return None
        came = {row.now[line.name] for row in rows if row.label == "insert"}
        went = {row.now[line.name] for row in rows if row.label == "delete"}
        old, new = (
            ", ".join(sorted(self._said(part.model, line, value) for value in values))
            for values in (went - came, came - went)
        )
        label = str(capfirst(line.label or part_label(part)))
        return Difference(label, old, new, linked=True) if old or new else None

    def _subject(self, part: Part, row: Row | None) -> str:
        if part.subject is not None and row is not None:
            return str(capfirst(part.subject(row.now)))
        return str(capfirst(part_label(part)))

    def _differences(self, row: Row) -> Iterator[Difference]:
        part = self.parts[row.part]
        if row.label != "update" and not part.whole:
            return
        before = (row.before or {}) if row.label == "update" else {}
        now = row.now
        if row.label == "delete":
            before, now = now, before
        for line in part.lines:
            old, new = before.get(line.name), now.get(line.name)
            if old == new or line.name == part.within:
                continue
            label = label_of(part.model, line)
            if isinstance(old or new, dict):
                yield from self._by_language(row, line, label, old or {}, new or {})
                continue
            texts = _is_text(part.model, line)
            yield Difference(
                label,
                self._said(part.model, line, old),
                self._said(part.model, line, new),
                key=line.name,
                former=self._former(row, line.name, old),
                part=row.part,
                linked=not texts,
            )

    def _by_language(
        self, row: Row, line: Line, label: str, old: dict[str, str], new: dict[str, str]
    ) -> Iterator[Difference]:
        """A `{pt, es, en}` label says which language changed."""
        for code in LANGUAGES:
            was, became = old.get(code) or "", new.get(code) or ""
            if was != became:
                key = f"{line.name}.{code}"
                former = self._former(row, line.name, was)
                yield Difference(f"{label} ({OWN_NAMES[code]})", was, became, key, former, row.part)

    def _former(self, row: Row, column: str, old: Any) -> int | None:
        restoring = self.parts[row.part].restoring
        offered = row.part in self.restorable and restoring and column in restoring.fields
        return row.event_before if offered and old else None

    def _said(self, model: type[models.Model], line: Line, value: Any) -> str:
        if value is None or value == "":
            return ""
        if line.said is not None:
            return str(line.said(value))
        target = _target(model, line)
        if target is not None:
            return self.names.get(target, {}).get(value, str(_("something deleted since")))
        return said(_field(model, line.name), value)


def _target(model: type[models.Model], line: Line) -> type[models.Model] | None:
    """The model a column leads to."""
    field = _field(model, line.name)
    return field.related_model if field is not None and field.is_relation else None


def _is_text(model: type[models.Model], line: Line) -> bool:
    field = _field(model, line.name)
    return line.prose or (
        line.said is None
        and isinstance(field, models.CharField | models.TextField)
        and not field.choices
    )


def _moved(part: Part, row: Row) -> bool:
    if not part.ordered or row.label != "update" or row.before is None:
        return False
    return row.before.get("position") != row.now.get("position")


def said(field: Any, value: Any) -> str:
    """A value as it stands in JSON, in a reader's words."""
    if isinstance(value, list):
        base = getattr(field, "base_field", None)
        return ", ".join(said(base, item) for item in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, models.DateTimeField):
        return moment(parse_datetime(value))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    if isinstance(field, models.TimeField):
        return str(value)[:5]
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value))


__all__ = ["Act", "Acts", "Change", "Chosen", "Difference", "called", "line_of", "who_acted"]
