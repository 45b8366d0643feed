"""What came in. The pickers are for every app's forms; each costs one query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name
from mutirao.core.forms import FilterForm
from mutirao.core.languages import LanguageChoices

from .models import Organisation, Unit
from .queries import in_readers_order, organisations, units
from .states import Kind, UnitKind
from .text import fold


class _NamedOrganisations:
    def label_from_instance(self, organisation: Organisation) -> str:
        """ "Rosario (Argentina)": several cities of the region share a name."""
        country = country_name(organisation.country)
        return f"{organisation.name} ({country})" if country else organisation.name


class OrganisationField(_NamedOrganisations, forms.ModelChoiceField):
    """One organisation, by name; `queryset` narrows what is offered."""

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        options.setdefault("label", _("Organisation"))
        super().__init__(organisations() if queryset is None else queryset, **options)


class OrganisationsField(_NamedOrganisations, forms.ModelMultipleChoiceField):
    """Several organisations, by name, as a list of checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        options.setdefault("label", _("Organisations"))
        super().__init__(organisations() if queryset is None else queryset, **options)


class _ByKind(ModelChoiceIterator):
    """Units under their kinds, by name in the reader's language."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups: dict[Any, list[Any]] = {}
        for unit in in_readers_order(self.queryset):
            groups.setdefault(unit.get_kind_display(), []).append(self.choice(unit))
        yield from groups.items()


class UnitField(forms.ModelChoiceField):
    """One unit of the network; `queryset` narrows what is offered."""

    iterator = _ByKind

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        options.setdefault("label", _("Unit"))
        super().__init__(units() if queryset is None else queryset, **options)


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
