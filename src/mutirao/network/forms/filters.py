"""The filters of lists, as they stand in an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name
from mutirao.core.forms import DateInput, FilterForm
from mutirao.core.languages import LanguageChoices

from ..models import Unit
from ..states import Kind, UnitKind
from ..text import fold
from .pickers import UnitField


class DirectoryFilter(FilterForm):
    """The directory's filters; `countries` are the codes that occur."""

    SORTS = (("", _("name")), ("population", _("population")), ("country", _("country")))

    q = forms.CharField(
        label=_("Search by name"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all kinds")), *Kind.choices])
    country = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("any language")), *LanguageChoices]
    )
    unit = UnitField(label=_("Holds an office in"), empty_label=_("any unit"))
    sort = forms.ChoiceField(label=_("Order by"), choices=SORTS)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("all countries")),
            *((code, country_name(code)) for code in countries),
        ]


class MembersFilter(FilterForm):
    """The filters of the list of members; `on` is the day it is looked at."""

    q = forms.CharField(
        label=_("Search by name"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all kinds")), *Kind.choices])
    country = forms.ChoiceField(label=_("Country"))
    on = forms.DateField(label=_("As on"), widget=DateInput())

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("all countries")),
            *((code, country_name(code)) for code in countries),
        ]


class UnitFilter(FilterForm):
    """The filters of the list of units, which is short enough to be narrowed in Python."""

    q = forms.CharField(
        label=_("Search by name"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all kinds")), *UnitKind.choices])

    def narrowed(self, rows: list[Unit]) -> list[Unit]:
        words = fold(str(self.chosen.get("q", ""))).split()
        kind = self.chosen.get("kind")
        return [
            unit
            for unit in rows
            if kind in (None, unit.kind) and all(word in fold(str(unit)) for word in words)
        ]


class ManagedFilter(FilterForm):
    """The filters of the secretariat's list of every organisation."""

    STANDING = (("", _("members and others")), ("yes", _("members")), ("no", _("not members")))

    q = forms.CharField(
        label=_("Search by name"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all kinds")), *Kind.choices])
    member = forms.ChoiceField(label=_("Member of the network"), choices=STANDING)
