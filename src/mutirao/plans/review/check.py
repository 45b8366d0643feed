"""Whether a review can become a plan: every fault with the place where it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit

from .content import Content, Part, kept
from .forms import PartForm, bound, bound_head
from .options import Options


@dataclass(frozen=True)
class Fault:
    """One thing to put right: the part's id ("head" for the head), the field's id, the words."""

    part: str
    field_id: str
    label: str
    message: str


@dataclass
class Checked:
    """`forms` are those with faults, by part id; without faults the rest is ready for use."""

    faults: list[Fault] = field(default_factory=list)
    forms: dict[str, PartForm] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    where: tuple[Unit, Term, Organisation] | None = None

    def take(self, part: str, form: PartForm) -> dict[str, Any]:
        """The form's cleaned values; its faults are noted."""
        if form.is_valid():
            return form.cleaned_data
        self.forms[part] = form
        for name, messages in form.errors.items():
            item = form[name] if name in form.fields else None
            place = item.id_for_label or item.auto_id if item else f"{part}"
            label = str(item.label) if item else ""
            self.faults += [Fault(part, place, label, str(message)) for message in messages]
        return {}


def check(content: Content, options: Options, actor: Actor) -> Checked:
    """Check the whole review as `create_from_reading` needs it."""
    checked = Checked()
    head = checked.take("head", bound_head(content["head"], options, actor))
    axes = kept(content, "axes")
    choices = [(axis["id"], axis["id"]) for axis in axes]
    checked.data = {
        "title": head.get("title", ""),
        "language": head.get("language", ""),
        "introduction": head.get("introduction", ""),
        "axes": [checked.take(axis["id"], bound("axis", axis)) for axis in axes],
        "activities": [_activity(checked, part, choices) for part in kept(content, "activities")],
        "events": [_event(checked, part) for part in kept(content, "events")],
    }
    if not checked.faults:
        checked.where = options.chosen(head)
    return checked


def _activity(checked: Checked, part: Part, choices: list[tuple[str, str]]) -> dict[str, Any]:
    """An activity whose axis was removed since simply no longer serves it."""
    places = {identity: n for n, (identity, _label) in enumerate(choices)}
    served = [identity for identity in part["axes"] if identity in places]
    values = checked.take(part["id"], bound("activity", {**part, "axes": served}, choices))
    return {**values, "axes": sorted(places[identity] for identity in served)}


def _event(checked: Checked, part: Part) -> dict[str, Any]:
    values = checked.take(part["id"], bound("event", part))
    start, end = values.get("start"), values.get("end")
    return {
        **values,
        "start": start.isoformat() if start else None,
        "end": (end or start).isoformat() if start else None,
        "month": None if start else values.get("month"),
    }


def differences(saved: Content, typed: Content) -> Iterator[Mapping[str, Any]]:
    """Where two versions of a review differ: part, field, and both values."""
    yield from _different("head", saved["head"], typed["head"])
    for name in ("axes", "activities", "events", "undecided"):
        theirs = {part["id"]: part for part in saved[name]}
        mine = {part["id"]: part for part in typed[name]}
        for identity in dict.fromkeys([*theirs, *mine]):
            one, other = theirs.get(identity, {}), mine.get(identity, {})
            yield from _different(identity, one, other)


def _different(part: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[dict]:
    for name in dict.fromkeys([*one, *other]):
        if name in ("lines", "suggested", "placed", "id"):
            continue
        if one.get(name, "") != other.get(name, ""):
            yield {"part": part, "field": name, "saved": one.get(name), "typed": other.get(name)}
