"""Fields to pick organisations and units with, for every app's forms; each costs one query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name

from ..models import Organisation
from ..queries import in_readers_order, organisations, units


class _NamedOrganisations:
    def label_from_instance(self, organisation: Organisation) -> str:
        """ "Rosario (Argentina)": several cities of the region share a name."""
        country = country_name(organisation.country)
        return f"{organisation.name} ({country})" if country else organisation.name


class OrganisationField(_NamedOrganisations, forms.ModelChoiceField):
    """One organisation, by name; `queryset` narrows what is offered."""

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        options.setdefault("label", _("Organisation"))
        options.setdefault("empty_label", "–")
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
        options.setdefault("empty_label", "–")
        super().__init__(units() if queryset is None else queryset, **options)
