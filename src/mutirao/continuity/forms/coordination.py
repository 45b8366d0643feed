"""Filters of the follow-up, and what is written to units and answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed, FilterForm
from mutirao.network.models import Organisation, Term, Unit
from mutirao.plans.states import State

from ..queries import NO_PLAN, SORTS


class CoordinationFilter(FilterForm):
    """Which term, which plans, how long silent, in which order."""

    term = forms.ChoiceField(label=_("Term"))
    state = forms.ChoiceField(label=_("Plan"))
    silence = forms.TypedChoiceField(label=_("Silent for"), coerce=int, empty_value=None)
    late = forms.ChoiceField(label=_("Late"))
    sort = forms.ChoiceField(label=_("Order"))

    def __init__(self, *args: Any, terms: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [choice for choice in State.choices if choice[0] != State.REPLACED]
        words = (
            _("by unit"),
            _("most late first"),
            _("longest silent first"),
            _("least kept first"),
        )
        offered: dict[str, list[tuple[Any, Any]]] = {
            "term": [("", _("the current one")), *((t.code, t.code) for t in terms)],
            "state": [("", _("all")), (NO_PLAN, _("no plan")), *states],
            "silence": [
                ("", _("any time")),
                *((days, _("more than %(days)d days") % {"days": days}) for days in (30, 60, 90)),
            ],
            "late": [("", _("all")), ("on", _("Something is late"))],
            "sort": list(zip(SORTS, words, strict=True)),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class NudgeForm(Dressed, forms.Form):
    """The text of a reminder."""

    text = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 12})
    )
    force = forms.BooleanField(
        label=_("Send it although the unit was written to less than a week ago"), required=False
    )

    def __init__(self, *args: Any, soon: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not soon:
            del self.fields["force"]


class SilentForm(forms.Form):
    """Reminders for several units at once: which, and each one's text."""

    def __init__(
        self, *args: Any, letters: list[tuple[Unit, Organisation, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.given = letters
        for unit, _to, text, _language in letters:
            self.fields[f"send-{unit.pk}"] = forms.BooleanField(
                label=str(unit),
                required=False,
                initial=True,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"text-{unit.pk}"] = forms.CharField(
                label=_("Text"),
                max_length=4000,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 7, "class": "form-control"}),
            )

    def shown(self) -> list[tuple[Unit, Organisation, str, Any, Any]]:
        return [
            (unit, to, language, self[f"send-{unit.pk}"], self[f"text-{unit.pk}"])
            for unit, to, _text, language in self.given
        ]

    @property
    def letters(self) -> list[tuple[Unit, Organisation, str]]:
        given = self.cleaned_data
        return [
            (unit, to, given[f"text-{unit.pk}"])
            for unit, to, _text, _language in self.given
            if given.get(f"send-{unit.pk}")
        ]


class AnswerForm(Dressed, forms.Form):
    text = forms.CharField(
        label=_("How it stands"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
