"""A select that costs what its options cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class Select(forms.Select):
    """`forms.Select`, written in Python: Django renders two templates for every option, which
    made the calendar's filters four fifths of its page.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = {str(item) for item in self.format_value(value)}
        context = forms.Widget.get_context(self, name, value, attrs)["widget"]
        options = "".join(_options(self.choices, chosen))
        head = flatatt({"name": name, **_without_false(context["attrs"])})
        return mark_safe(f"<select{head}>{options}</select>")  # noqa: S308  all parts are escaped


def _without_false(attrs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attrs.items() if value is not False}


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{conditional_escape(value)}">'
            yield from _options(label, chosen)
            yield "</optgroup>"
        else:
            key, words = "" if value is None else str(value), conditional_escape(label)
            mark = " selected" if key in chosen else ""
            yield f'<option value="{conditional_escape(key)}"{mark}>{words}</option>'
