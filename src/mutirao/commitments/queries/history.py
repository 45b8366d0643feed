"""What happened to a commitment, to be read by people: who for whom, when, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.states import Visibility
from mutirao.network.models import Organisation

from ..models import Commitment, Evidence, Naming, Step
from ..states import State


@dataclass
class Change:
    """One thing that changed. `before` or `after` may be None: it was not there."""

    what: str
    before: Any = None
    after: Any = None

    @property
    def is_day(self) -> bool:
        return isinstance(self.before or self.after, date)


@dataclass
class Act:
    """What one person did in one go; `version` is that of the commitment it left, if it did."""

    at: datetime
    person: str
    organisation: str
    changes: list[Change] = field(default_factory=list)
    version: int | None = None


# Fields worth a line, in reading order. Version, position and times speak for themselves.
_FIELDS = (
    "title",
    "description",
    "owner_id",
    "due_on",
    "state",
    "done_on",
    "progress",
    "visibility",
)


def history_of(commitment: Commitment) -> list[Act]:
    """Acts on the commitment, its steps and its evidence, the latest first.

    Six queries whatever its length: four kinds of events, the people, the organisations.
    """
    events = [
        *_events(Commitment, pgh_obj_id=commitment.pk),
        *_events(Step, commitment_id=commitment.pk),
        *_events(Evidence, commitment_id=commitment.pk),
        *_events(Naming, commitment_id=commitment.pk),
    ]
    events.sort(key=lambda event: (event.pgh_created_at, event.pgh_id))
    names = _Names(events)
    acts: list[Act] = []
    last: dict[tuple[type, int], Any] = {}
    last_context: object = None
    for event in events:
        key = (type(event), getattr(event, "pgh_obj_id", event.pgh_id))
        changes = _changes(last.get(key), event, names)
        last[key] = event
        if not changes:
            continue
        if event.pgh_context_id is None or event.pgh_context_id != last_context:
            acts.append(Act(event.pgh_created_at, *names.who(event)))
        last_context = event.pgh_context_id
        acts[-1].changes.extend(changes)
        acts[-1].version = getattr(event, "version", acts[-1].version)
    return list(reversed(acts))


def _events(model: type[Model], **of: int) -> QuerySet:
    # pghistory makes each tracked model an event model of its own, beside it.
    events = apps.get_model("commitments", f"{model.__name__}Event")
    return events._default_manager.filter(**of).select_related("pgh_context")


class _Names:
    """People and organisations of the events, fetched at once."""

    def __init__(self, events: Iterable[Any]) -> None:
        contexts = [_metadata(event) for event in events]
        owners = {event.owner_id for event in events if hasattr(event, "owner_id")}
        named = {event.user_id for event in events if hasattr(event, "user_id")}
        acted = {context["user"] for context in contexts if context.get("user")}
        self.people = User.objects.in_bulk(acted | named)
        acting = {c["organisation"] for c in contexts if c.get("organisation")}
        self.organisations = Organisation.objects.in_bulk(acting | owners)

    def who(self, event: Any) -> tuple[str, str]:
        """Person and organisation; both empty for what the installation itself did."""
        context = _metadata(event)
        person = self.people.get(context.get("user"))
        return (str(person) if person else "", self.organisation(context.get("organisation")))

    def organisation(self, pk: int | None) -> str:
        found = self.organisations.get(pk) if pk else None
        return found.display if found else ""


def _metadata(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _changes(before: Any, event: Any, names: _Names) -> list[Change]:
    model = event.pgh_tracked_model
    if model is Naming:
        return _of_naming(event, names)
    if model is Commitment:
        return _of_commitment(before, event, names)
    return _of_step(before, event) if model is Step else _of_evidence(event)


def _of_commitment(before: Any, event: Any, names: _Names) -> list[Change]:
    if event.pgh_label == "insert":
        return [Change(_("Commitment made"), after=event.title)]
    if before is None:
        return []
    return [
        Change(_label(name), _value(before, name, names), _value(event, name, names))
        for name in _FIELDS
        if getattr(before, name) != getattr(event, name)
    ]


def _of_step(before: Any, event: Any) -> list[Change]:
    if event.pgh_label == "insert":
        return [Change(_("Step added"), after=event.text)]
    if event.pgh_label == "delete":
        return [Change(_("Step deleted"), before=event.text)]
    changes = []
    if before is not None and before.text != event.text:
        changes.append(Change(_("Step reworded"), before.text, event.text))
    if before is not None and before.done_on != event.done_on:
        done = _("Step done") if event.done_on else _("Step no longer done")
        changes.append(Change(done, after=event.text))
    return changes


def _of_evidence(event: Any) -> list[Change]:
    said = f"{event.title} ({event.url or event.filename})"
    if event.pgh_label == "insert":
        return [Change(_("Evidence added"), after=said)]
    if event.pgh_label == "delete":
        return [Change(_("Evidence deleted"), before=said)]
    return []


def _of_naming(event: Any, names: _Names) -> list[Change]:
    person = str(names.people.get(event.user_id) or "")
    if event.pgh_label == "insert":
        return [Change(_("Person named"), after=person)]
    return [Change(_("Person no longer named"), before=person)]


def _label(name: str) -> str:
    return {
        "title": _("What is promised"),
        "description": _("Description"),
        "owner_id": _("Who answers for it"),
        "due_on": _("Due on"),
        "state": _("State"),
        "done_on": _("Done on"),
        "progress": _("Progress"),
        "visibility": _("Who sees it"),
    }[name]


def _value(event: Any, name: str, names: _Names) -> Any:
    value = getattr(event, name)
    if name == "owner_id":
        return names.organisation(value)
    if name == "progress":
        return f"{value} %"
    words = {"state": State, "visibility": Visibility}.get(name)
    return str(words(value).label) if words else (value or None)
