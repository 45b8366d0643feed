"""The filters of the calendar, in its address and in that of its feed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.core.countries import country_name
from mutirao.core.forms import FilterForm
from mutirao.core.languages import LANGUAGES, current, local
from mutirao.network.acting import Actor
from mutirao.network.models import Unit
from mutirao.topics.models import Goal, Theme

from . import queries
from .kept import Kept, State
from .states import NetworkRole

Choices = list[tuple[str, str]]
VIEWS = ("month", "list", "agenda")
_READABLE = {
    "unit": re.compile(r"[a-z0-9_-]{1,80}"),
    "role": re.compile("|".join(NetworkRole.values)),
    "theme": re.compile(r"[a-z0-9_-]{1,60}"),
    "goal": re.compile(r"1?\d"),
    "country": re.compile(r"[A-Z]{2}"),
}


def readable(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of a feed's address that can be understood; the rest is ignored."""
    return {
        name: asked[name]
        for name, pattern in _READABLE.items()
        if name in asked and pattern.fullmatch(asked[name])
    }


class CalendarFilter(FilterForm):
    """What is shown of the calendar. View and month travel along but are no filters."""

    q = forms.CharField(label=_("Words"), widget=forms.SearchInput, max_length=100)
    unit = forms.ChoiceField(label=_("Unit"))
    role = forms.ChoiceField(label=_("The network's role"))
    theme = forms.ChoiceField(label=_("Theme"))
    goal = forms.ChoiceField(label=_("SDG"))
    country = forms.ChoiceField(label=_("Country"))
    view = forms.CharField(widget=forms.HiddenInput)
    month = forms.CharField(widget=forms.HiddenInput)
    when = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str], actor: Actor, state: State) -> None:
        super().__init__(data)
        language = current()
        self._offer("unit", unit_choices(language, state))
        self._offer("role", [(value, _first_up(label)) for value, label in NetworkRole.choices])
        self._offer("theme", theme_choices(language), sort=False)
        self._offer("goal", goal_choices(language), sort=False)
        named = [(code, country_name(code)) for code in queries.countries(actor)]
        self._offer("country", named)

    def _offer(self, name: str, choices: Choices, *, sort: bool = True) -> None:
        if sort:
            choices = sorted(choices, key=lambda choice: choice[1])
        self.fields[name].choices = [("", pgettext_lazy("filter", "any")), *choices]  # type: ignore[attr-defined]

    @property
    def used(self) -> dict[str, str]:
        """The filters that are set, as `queries.filtered` takes them."""
        return {name: str(value) for name, value in self.chosen.items() if name not in _TRAVELLING}

    @property
    def is_used(self) -> bool:
        return bool(self.used)

    @property
    def feed_query(self) -> str:
        """The query string of a feed with the same filters; words are not among them."""
        kept = {name: value for name, value in self.used.items() if name in _READABLE}
        return f"?{urlencode(kept)}" if kept else ""


_units: Kept[Choices] = Kept(most=len(LANGUAGES))
_themes: Kept[Choices] = Kept(most=len(LANGUAGES))


def unit_choices(language: str, state: State) -> Choices:
    """Units by slug; kept while no unit changes, for every page of the calendar asks."""
    units = _units.get(language, state)
    if units is None:
        names = Unit.objects.values_list("slug", "name")
        units = _units.put(language, state, [(slug, local(name, language)) for slug, name in names])
    return units


def theme_choices(language: str) -> Choices:
    """Themes by code, in the vocabulary's order; asked again after a minute."""
    themes = _themes.get(language, ())
    if themes is None:
        labels = Theme.objects.values_list("code", "label")
        found = [(code, local(label, language)) for code, label in labels]
        themes = _themes.put(language, (), found)
    return themes


@lru_cache(maxsize=len(LANGUAGES))
def goal_choices(language: str) -> Choices:
    """(number, "11 Title") of the goals; asked once, for the UN's goals do not change."""
    return [
        (str(number), f"{number} {local(title, language)}")
        for number, title in Goal.objects.values_list("number", "title")
    ]


_TRAVELLING = ("view", "month", "when")


def _first_up(text: object) -> str:
    words = str(text)
    return words[:1].upper() + words[1:]
