"""What came in from the review screen: read as typed, and checked only when a plan is made.

One page is one HTML form of many small ones, each with the id of its part as prefix. A part that
is not on the page (a long document is reviewed in pages) is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Any

import rules
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.core.countries import country_choices, country_name
from mutirao.core.forms import DateInput, Dressed
from mutirao.core.languages import LANGUAGES, LanguageChoices
from mutirao.meetings.states import NetworkRole
from mutirao.network.acting import Actor

from ..models import Plan
from ..reading.fold import fold
from ..states import AxisKind
from .content import LISTS, Content, Part
from .options import Options

LINE_CHOICES = [
    ("", _("to be decided")),
    ("action", _("an axis of action")),
    ("work", _("a work axis")),
    ("objective", _("an objective")),
    ("activity", _("an activity")),
    ("event", _("a calendar entry")),
    ("introduction", _("part of the introduction")),
    ("note", _("a note that stays with the document")),
    ("leave_out", _("nothing: leave it out")),
]


class GrowingText(forms.Textarea):
    """A text box as tall as its text, within reason, also without JavaScript."""

    def __init__(self, *, width: int = 62, most: int = 10) -> None:
        super().__init__()
        self.width, self.most = width, most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = sum(1 + len(line) // self.width for line in str(value or "").split("\n"))
        context["widget"]["attrs"]["rows"] = max(2, min(rows, self.most))
        return context


class KeptDateInput(DateInput):
    """A date picker that becomes a text box when what was typed is no date: it stays readable."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if value and not _is_day(str(value)):
            context["widget"]["type"] = "text"
        return context


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))


@lru_cache
def _country_codes() -> dict[str, str]:
    """Every country's names in the three languages, folded, and its code."""
    pairs = [pair for language in LANGUAGES for pair in country_choices(language)]
    return {fold(name): code for code, name in pairs} | {code.lower(): code for code, _n in pairs}


def country_code(text: str) -> str:
    """The code of a country written by name (any of the three languages) or code; "" if unknown."""
    return _country_codes().get(fold(text.strip()), "")


class PartForm(Dressed, forms.Form):
    """One part of the review. It is never bound by a request: `values` reads what was typed."""

    use_required_attribute = False

    @classmethod
    def values(cls, post: MultiValueDict, prefix: str) -> dict[str, Any]:
        """The raw values of this part in a posted page."""
        typed = {
            name: field.widget.value_from_datadict(post, {}, f"{prefix}-{name}")
            for name, field in cls.base_fields.items()
        }
        return {name: _storable(value) for name, value in typed.items() if value is not None}


def _storable(value: Any) -> Any:
    """NUL is refused by the database; browsers send line breaks as CR LF."""
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "").replace("\r\n", "\n")


class HeadForm(PartForm):
    unit = forms.ChoiceField(label=_("Unit"))
    term = forms.ChoiceField(label=_("Term"))
    presented_by = forms.ChoiceField(label=_("Presented by"))
    language = forms.ChoiceField(label=_("Language of the plan"), choices=LanguageChoices)
    title = forms.CharField(label=_("Title"), max_length=240)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=20000, widget=GrowingText(most=14)
    )

    def __init__(self, *args: Any, options: Options, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.actor = options, actor
        for name, records in (
            ("unit", options.units),
            ("term", options.terms),
            ("presented_by", options.organisations),
        ):
            choices = [(str(record.pk), str(record)) for record in records]
            self.fields[name].choices = [("", _("choose …")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if all(cleaned.get(name) for name in ("unit", "term", "presented_by")):
            unit, term, organisation = self.options.chosen(cleaned)
            plan = Plan(unit=unit, term=term, presented_by=organisation)
            if not rules.test_rule("plans.write_plan", self.actor, plan):
                raise ValidationError(_("You do not lead this unit in this term."))
        return cleaned


class AxisForm(PartForm):
    number = forms.CharField(label=_("Number"), required=False, max_length=12)
    kind = forms.ChoiceField(label=_("Kind"), choices=AxisKind.choices)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=GrowingText())


class ActivityForm(PartForm):
    number = forms.CharField(label=_("Number"), required=False, max_length=12)
    title = forms.CharField(label=_("Short title"), required=False, max_length=160)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=GrowingText())
    axes = forms.MultipleChoiceField(
        label=_("Serves the axes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, axes: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axes"].choices = list(axes)  # type: ignore[attr-defined]


class EventForm(PartForm):
    title = forms.CharField(label=_("Title"), max_length=240)
    start = forms.DateField(label=_("First day"), required=False, widget=KeptDateInput)
    end = forms.DateField(label=_("Last day"), required=False, widget=KeptDateInput)
    month = forms.CharField(
        label=_("Or only the month"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "2026-08", "inputmode": "numeric"}),
    )
    date_confirmed = forms.BooleanField(label=_("The date is confirmed"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=160)
    country = forms.CharField(
        label=_("Country"), required=False, widget=forms.TextInput(attrs={"list": "countries"})
    )
    role = forms.ChoiceField(
        label=_("Role of the network"),
        required=False,
        choices=[("", pgettext_lazy("role", "not said")), *NetworkRole.choices],
    )
    description = forms.CharField(
        label=_("What it is about"), required=False, max_length=8000, widget=GrowingText()
    )

    def clean_month(self) -> str:
        month = self.cleaned_data["month"].strip()
        if month and not _is_day(f"{month}-01"):
            raise ValidationError(_("Write the month as year and number: 2026-08."))
        return month

    def clean_country(self) -> str:
        typed = self.cleaned_data["country"]
        code = country_code(typed)
        if typed and not code:
            raise ValidationError(_("This country is not known. Choose one from the list."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first."))
        elif end and not start and "start" not in self.errors:
            self.add_error("start", _("Say also the first day."))
        return cleaned


class LineForm(PartForm):
    choice = forms.ChoiceField(label=_("This line is"), required=False, choices=LINE_CHOICES)


FORMS: dict[str, type[PartForm]] = {
    "axis": AxisForm,
    "activity": ActivityForm,
    "event": EventForm,
    "line": LineForm,
}


def merged(content: Content, post: MultiValueDict) -> Content:
    """The content with what was typed on the page; parts not on it stay as they were."""
    content = deepcopy(content)
    if "head-title" in post:
        content["head"].update(HeadForm.values(post, "head"))
    for kind, name in LISTS.items():
        shown = set(post.getlist(kind))
        for part in content[name]:
            if part["id"] in shown:
                part.update(_typed(kind, post, part["id"]))
    return content


def _typed(kind: str, post: MultiValueDict, identity: str) -> dict[str, Any]:
    values = FORMS[kind].values(post, identity)
    for name, known in (("kind", AxisKind.values), ("choice", [key for key, _w in LINE_CHOICES])):
        if values.get(name, known[0]) not in known:  # no list offers it: forged
            del values[name]
    if country := values.get("country"):
        values["country"] = country_code(country) or country
    return values


def shown(kind: str, part: Part) -> dict[str, Any]:
    """The values of a part as its form shows them: countries by name."""
    values = dict(part)
    if kind == "event" and values["country"]:
        values["country"] = country_name(values["country"])
    return values


def bound(kind: str, part: Part, axes: Iterable[tuple[str, str]] = ()) -> PartForm:
    """The form of a part, filled with what was typed, that says what is wrong with it."""
    data = _data(FORMS[kind], part["id"], shown(kind, part))
    options = {"axes": axes} if kind == "activity" else {}
    return FORMS[kind](data, prefix=part["id"], **options)


def bound_head(head: Mapping[str, Any], options: Options, actor: Actor) -> HeadForm:
    return HeadForm(_data(HeadForm, "head", head), prefix="head", options=options, actor=actor)


def _data(form: type[PartForm], prefix: str, values: Mapping[str, Any]) -> MultiValueDict:
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name in form.base_fields:
        value = values.get(name)
        if isinstance(value, list):
            data.setlist(f"{prefix}-{name}", value)
        elif value is not False and value is not None:
            data[f"{prefix}-{name}"] = "on" if value is True else value
    return data
