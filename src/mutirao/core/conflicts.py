"""Two people reworded the same record: what each wrote, side by side, until one chooses.

Works on any form whose fields carry `show_hidden_initial`: what the form was opened on travels
with it, so each field is known to be changed by this person, by the other, or by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

MINE, THEIRS = "mine", "theirs"


@dataclass
class Row:
    """One field in both versions. `take` is what is proposed; the person decides."""

    field: BoundField
    theirs: BoundField
    touched: bool
    touched_by_them: bool

    @property
    def differs(self) -> bool:
        return self.said_mine != self.said_theirs

    @property
    def both(self) -> bool:
        return self.touched and self.touched_by_them

    @property
    def take(self) -> str:
        return MINE if self.touched else THEIRS

    @property
    def said_mine(self) -> Any:
        return said(self.field)

    @property
    def said_theirs(self) -> Any:
        return said(self.theirs)

    @property
    def control(self) -> SafeString:
        """This person's version, still editable, without the memory of the older one."""
        return self.field.as_widget()

    @property
    def carried(self) -> SafeString:
        """What travels hidden: the other version, also as the new starting point."""
        hidden = self.theirs.as_hidden()
        if not self.field.field.show_hidden_initial:
            return hidden
        widget, name = self.theirs.field.hidden_widget(), self.field.html_initial_name
        return hidden + widget.render(name, self.theirs.value())


def rows_of(mine: BaseForm, theirs: BaseForm) -> list[Row]:
    """Each field of a bound form beside the record as it stands now.

    `theirs` is an unbound form on the current record; it is given THEIRS as its prefix.
    """
    theirs.prefix = THEIRS
    return [
        Row(mine[name], theirs[name], name in mine.changed_data, _moved(mine, theirs[name]))
        for name in mine.fields
        if name != "version"
    ]


def _moved(mine: BaseForm, theirs: BoundField) -> bool:
    """The other person changed it since this one opened the form."""
    widget = theirs.field.hidden_widget()
    opened_on = widget.value_from_datadict(
        mine.data, mine.files, mine.add_initial_prefix(theirs.name)
    )
    return bool(theirs.field.has_changed(theirs.initial, opened_on))


def said(bound: BoundField) -> Any:
    """A field's value as people read it: text, a date, or the names of what is chosen."""
    field, value = bound.field, bound.value()
    if isinstance(field, forms.ModelChoiceField):
        return _names(field, value)
    choices = getattr(field, "choices", None)
    if choices is not None:
        return _labels(choices, value)
    if isinstance(field, forms.BooleanField):
        return pgettext("answer", "yes") if field.to_python(value) else pgettext("answer", "no")
    if isinstance(field, forms.DateField):
        try:
            return field.to_python(value)
        except forms.ValidationError:
            return value
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _names(field: forms.ModelChoiceField, value: Any) -> str:
    """The records chosen, by name; what is none of them is left out."""
    keys = value if isinstance(value, list | tuple | set) else [value]
    try:
        found = field.queryset.filter(pk__in=[key for key in keys if key not in ("", None)])  # type: ignore[union-attr]
        return "; ".join(field.label_from_instance(record) for record in found)
    except (ValueError, TypeError):
        return ""


def _labels(choices: Iterable[Any], value: Any) -> str:
    wanted = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
    return "; ".join(str(label) for key, label in _flat(choices) if str(key) in wanted)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def settled(data: MultiValueDict) -> MultiValueDict:
    """What came in, with the other version put in wherever the person chose it."""
    chosen = data.copy()
    for name, choice in _choices(data).items():
        if choice == THEIRS:
            chosen.setlist(name, data.getlist(f"{THEIRS}-{name}"))
    return chosen


def _choices(data: Mapping[str, Any]) -> dict[str, str]:
    return {key[5:]: data[key] for key in data if key.startswith("take_")}
