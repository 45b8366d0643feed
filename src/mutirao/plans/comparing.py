"""Two versions of one form: what another person saved, and what this one typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from mutirao.accounts.models import User
from mutirao.network.models import Organisation

CHOICE = "take_"
FormOf = Callable[[Any, Any], forms.BaseForm]


@dataclass(frozen=True)
class Compared:
    """One field in both versions; `theirs` is text as a reader reads it.

    `touched` says whether this person changed it since opening the form: what they did not touch
    is theirs to take unless they choose otherwise, so that nobody's work is undone by accident.
    """

    mine: BoundField
    theirs: str
    differs: bool
    touched: bool
    choice: str


@dataclass(frozen=True)
class Change:
    """Who saved the version that stands, for whom, and when."""

    person: str
    organisation: str
    at: datetime


def compare(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[Compared]:
    """The visible fields of a bound form beside those of an unbound one on the saved record."""
    touched = set(mine.changed_data)
    return [
        Compared(
            mine=field,
            theirs=shown(theirs, field.name),
            differs=field.field.has_changed(_initial(theirs, field.name), field.data),
            touched=field.name in touched,
            choice=CHOICE + field.name,
        )
        for field in mine.visible_fields()
    ]


def rebased(data: MultiValueDict, theirs: forms.BaseForm) -> MultiValueDict:
    """What was typed, as if the form had been opened on the version that stands."""
    fresh = data.copy()
    fresh["version"] = str(_initial(theirs, "version"))
    for field in theirs.visible_fields():
        fresh.setlist(field.html_initial_name, _as_sent(theirs, field.name))
    return fresh


def _initial(form: forms.BaseForm, name: str) -> Any:
    return form.get_initial_for_field(form.fields[name], name)


def shown(form: forms.BaseForm, name: str) -> str:
    """The value of a field of an unbound form in words: labels of choices, names of records."""
    value = _initial(form, name)
    if isinstance(value, list | models.QuerySet):
        return "\n".join(str(item) for item in value)
    choices = getattr(form.fields[name], "choices", None)
    if choices:
        return str(dict(choices).get(value, value))
    return "" if value is None else str(value)


def with_theirs(data: MultiValueDict, form_of: FormOf, part: Any) -> MultiValueDict:
    """What was sent, with the saved value wherever the person chose it (`take_<field>=theirs`)."""
    taken = {
        name.removeprefix(CHOICE)
        for name, choice in data.items()
        if name.startswith(CHOICE) and choice == "theirs"
    }
    if part is None or not taken:
        return data
    saved, merged = form_of(None, part), data.copy()
    for name in taken & saved.fields.keys():
        merged.setlist(name, _as_sent(saved, name))
    return merged


def _as_sent(form: forms.BaseForm, name: str) -> list[str]:
    value = _initial(form, name)
    prepared = form.fields[name].prepare_value(value)
    values = prepared if isinstance(prepared, list) else [prepared]
    return ["" if item is None else str(item) for item in values]


def latest_change(record: Any) -> Change | None:
    """Who made the version of `record` that stands; None for what was loaded without a person."""
    event = record.history.select_related("pgh_context").order_by("-pgh_id").first()
    context = event.pgh_context.metadata if event and event.pgh_context else {}
    person = User.objects.filter(pk=context.get("user") or 0).first()
    if event is None or person is None:
        return None
    organisation = Organisation.objects.filter(pk=context.get("organisation") or 0).first()
    return Change(person.name, organisation.display if organisation else "", event.pgh_created_at)
