"""Every kind of record that has a page: what it is called, who sees it, what it belongs to.

An app says it in its room `records.py` (found at the start). History, discussion, following,
notices and reports ask here, so that a new kind of record has all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


def _nothing(record: Any) -> Iterable[Model]:
    return ()


def _whoever_sees_it(actor: Any, record: Any) -> bool:
    return True


def _no_unit(record: Any) -> None:
    return None


@dataclass(frozen=True)
class Line:
    """A field that is worth a line in the history.

    `name` is the column ("title", "owner_id"). `label` stands before it (default: the field's own
    name). `said` puts a value into words; without it a choice is read by its label, a day as a
    day, a key by the name of the record it leads to, a `{pt, es, en}` label language by language.
    Texts are compared word by word; `prose` says it of one that has a `said` of its own.
    """

    name: str
    label: Any = ""
    said: Callable[[Any], Any] | None = None
    prose: bool = False


@dataclass(frozen=True)
class Restoring:
    """How a former text is taken back.

    `fields` are texts or `{pt, es, en}` labels of the part. `may(actor, record)` says whether
    that is offered; `act(row, by, values)` writes them with the app's own action, which asks its
    rule again, and raises what that action raises.
    """

    fields: tuple[str, ...]
    may: Callable[[Any, Any], bool]
    act: Callable[[Any, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Part:
    """A tracked model whose rows make up the history of a kind of record.

    The first part is the record itself. Another says by which column (`within`) it hangs on it,
    or on another part (`under`). `subject` names one row, given its `lines` and `needs` by
    column; `link` is the column of a row that does nothing but lead to another record (a theme of
    an activity). `ordered` parts have a `position`, whose changes are said once; of a
    `whole` part every line is said when a row comes or goes. `seen_by` narrows
    who reads about this part.
    """

    model: type[Model]
    lines: tuple[Line, ...] = ()
    within: str = ""
    under: type[Model] | None = None
    label: Any = ""
    subject: Callable[[Mapping[str, Any]], str] | None = None
    needs: tuple[str, ...] = ()
    link: Line | None = None
    ordered: bool = False
    whole: bool = False
    restoring: Restoring | None = None
    seen_by: Callable[[Any, Any], bool] = _whoever_sees_it


@dataclass(frozen=True)
class RecordKind:
    """One kind of record.

    `label` is its name in the singular ("work plan"). `visible_to(actor)` are those an actor may
    see. `circles(record)` are the records it belongs to (unit, organisations, themes, goals):
    whoever follows one of them is told of this one too. `history` are the parts of its history,
    the record itself first; without any it has none. `discussed` says that people may talk about
    it on its page; `unit_of(record)` is the unit whose leaders look after that talk.
    """

    model: type[Model]
    label: Any
    visible_to: Callable[[Any], QuerySet]
    circles: Callable[[Any], Iterable[Model]] = _nothing
    history: tuple[Part, ...] = ()
    discussed: bool = False
    unit_of: Callable[[Any], Any] = _no_unit

    @property
    def key(self) -> tuple[str, str]:
        """App and model as they stand in addresses: ("plans", "plan")."""
        return self.model._meta.app_label, self.model._meta.model_name or ""


KINDS: dict[type[Model], RecordKind] = {}


def declare(*kinds: RecordKind) -> None:
    for kind in kinds:
        KINDS[kind.model] = kind


def kind_of(record: Model | type[Model]) -> RecordKind | None:
    """What is known of this kind of record, or None when it has no page of its own."""
    return KINDS.get(record if isinstance(record, type) else type(record))


def kind_called(app: str, model: str) -> RecordKind | None:
    """The kind of record an address names, or None."""
    return next((kind for kind in KINDS.values() if kind.key == (app, model)), None)


def sees(actor: Any, record: Model) -> bool:
    """The actor may see the record (one query). A kind nobody declared is seen by nobody."""
    kind = kind_of(record)
    return kind is not None and kind.visible_to(actor).filter(pk=record.pk).exists()


def around(record: Model) -> Iterable[Model]:
    """The records it belongs to, as its kind says; none for a kind nobody declared."""
    kind = kind_of(record)
    return kind.circles(record) if kind is not None else ()
