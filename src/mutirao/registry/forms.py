"""What the secretariat says about spreadsheets and duplicates."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed, FilterForm
from mutirao.network.forms import OrganisationField

from .columns import COLUMNS
from .models import Import
from .sheets import column_letter
from .states import DateOrder, Mark, SheetKind


class UploadForm(Dressed, forms.Form):
    """A spreadsheet. The key makes a double click harmless."""

    kind = forms.ChoiceField(
        label=_("What the rows are"),
        choices=SheetKind.choices,
        widget=forms.RadioSelect,
        initial=SheetKind.ORGANISATIONS,
    )
    file = forms.FileField(
        label=_("Spreadsheet"),
        allow_empty_file=True,  # the reader says it better
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=format_lazy(
            _("XLSX or CSV, at most {size} MB."), size=settings.UPLOAD_BYTES // 2**20
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ColumnsForm(Dressed, forms.Form):
    """Which column of the file holds what, and how its dates are written."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    date_order = forms.ChoiceField(
        label=_("Dates are written"), choices=DateOrder.choices, required=False
    )

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        mapping = batch.mapping or {}
        kwargs["initial"] = {
            "version": batch.version,
            "date_order": batch.date_order,
            **{f"column_{key}": str(place) for key, place in mapping.items()},
        }
        super().__init__(*args, **kwargs)
        places = [
            (str(place), f"{column_letter(place)} · {heading}" if heading else column_letter(place))
            for place, heading in enumerate(batch.headings)
        ]
        for column in COLUMNS[batch.kind]:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=column.label,
                choices=[("", _("– not in the file –")), *places],
                required=column.required,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mapping = {
            name.removeprefix("column_"): int(cleaned.pop(name))
            for name in [name for name in cleaned if name.startswith("column_") and cleaned[name]]
        }
        kept = {name: value for name, value in cleaned.items() if not name.startswith("column_")}
        return {**kept, "mapping": mapping}


class RowsFilter(FilterForm):
    """The filters of a preview."""

    mark = forms.ChoiceField(label=_("Rows"), choices=[("", _("all rows")), *Mark.choices])
    q = forms.CharField(
        label=_("Search by name"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


class VersionForm(forms.Form):
    """Only which state of the record the button stood on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PairForm(Dressed, forms.Form):
    """Two organisations that somebody knows to be one."""

    one = OrganisationField(label=_("One organisation"))
    other = OrganisationField(label=_("The other one"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            raise forms.ValidationError(_("Choose two different organisations."))
        return cleaned
