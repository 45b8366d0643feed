"""Two people changed one event: what each wrote, and both joined as far as they do not clash."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from .forms import EventForm
from .models import Event


@dataclass(frozen=True)
class Difference:
    """A field in both versions, as words; `clash` when both people changed it."""

    label: str
    theirs: str
    mine: str
    clash: bool


def differences(form: EventForm, current: Event) -> list[Difference]:
    """The fields in which what was typed differs from the event as it stands now."""
    now = EventForm(actor=form.actor, instance=current)
    found = []
    for name in form.fields:
        if name in ("version", "key") or not _differs(form, now, name):
            continue
        clash = name in form.touched and _changed_meanwhile(form, now, name)
        found.append(
            Difference(str(form.fields[name].label), _words(now[name]), _words(form[name]), clash)
        )
    return found


def rebased(form: EventForm, current: Event) -> MultiValueDict[str, str]:
    """What was typed, where this person typed something; elsewhere the event as it stands."""
    now = EventForm(actor=form.actor, instance=current)
    data: MultiValueDict[str, str] = MultiValueDict()
    for name in now.fields:
        source = form if name in form.touched else now
        _fill(data, now[name], source[name].value())
    data["version"] = str(current.version)
    return data


def _fill(data: MultiValueDict[str, str], bound: BoundField, value: object) -> None:
    """Write a value the way a browser would send it, with what the field was on opening."""
    initial = bound.field.prepare_value(bound.initial)
    data.setlist(bound.html_name, _sent(bound, value))
    if bound.field.show_hidden_initial:
        data.setlist(bound.html_initial_name, _sent(bound, initial))


def _sent(bound: BoundField, value: object) -> list[str]:
    if value is None or value is False or value == "":
        return []
    if isinstance(value, list | tuple):
        return [str(getattr(item, "pk", item)) for item in value]
    text = bound.field.widget.format_value(value)
    return [str(item) for item in text] if isinstance(text, list) else [str(text)]


def _differs(form: EventForm, now: EventForm, name: str) -> bool:
    return sorted(_sent(form[name], form[name].value())) != sorted(
        _sent(now[name], now[name].value())
    )


def _changed_meanwhile(form: EventForm, now: EventForm, name: str) -> bool:
    """Is the field no longer what it was when this person opened the form?"""
    if not form.fields[name].show_hidden_initial:
        return True
    sent = MultiValueDict(form.data).getlist(form[name].html_initial_name)
    opened = [value for value in sent if value not in ("", "False")]
    return sorted(opened) != sorted(_sent(now[name], now[name].value()))


def _words(bound: BoundField) -> str:
    """A value as the reader knows it: the label of a choice, yes or no, the text."""
    value = bound.value()
    sent = _sent(bound, value)
    if hasattr(bound.field, "choices"):
        labels = dict(_flat(bound.field.choices))
        return ", ".join(labels.get(item, item) for item in sent) or "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(sent) or "—"


def _flat(choices: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, label in choices:  # type: ignore[attr-defined]
        if isinstance(label, list | tuple):
            found += [(str(key), str(text)) for key, text in label]
        else:
            found.append((str(value), str(label)))
    return found
