"""What comes in: a report's words, which edition to make, filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed, FilterForm, VersionedForm
from mutirao.core.languages import LanguageChoices
from mutirao.core.states import Visibility
from mutirao.network.models import Term, Unit
from mutirao.network.queries import in_readers_order

from .models import Report

NETWORK = "network"


class ReportForm(Dressed, VersionedForm):
    """A report's own words."""

    class Meta:
        model = Report
        fields = ["title", "language", "introduction", "closing", "audience"]
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 14}),
            "closing": forms.Textarea(attrs={"rows": 8}),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "language": _("The language you write these texts in. Editions come in any language."),
            "introduction": _("An empty line begins a new paragraph."),
            "audience": _("The report holds no more than these readers may see on the platform."),
        }


class EditionForm(Dressed, forms.Form):
    """In which languages an edition is made."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LanguageChoices, widget=forms.CheckboxSelectMultiple
    )


class NewReportForm(Dressed, forms.Form):
    """Which report is begun; `offered` are (unit or None, term)."""

    about = forms.ChoiceField(label=_("Unit and term"))

    def __init__(self, *args: Any, offered: list[tuple[Unit | None, Term]], **kwargs: Any) -> None:
        self.offered = {_key(unit, term): (unit, term) for unit, term in offered}
        super().__init__(*args, **kwargs)
        by_term: dict[str, list[tuple[str, str]]] = {}
        for key, (unit, term) in self.offered.items():
            name = str(unit) if unit else gettext("The whole network (report to the assembly)")
            by_term.setdefault(term.code, []).append((key, name))
        self.fields["about"].choices = list(by_term.items())  # type: ignore[attr-defined]

    def clean_about(self) -> tuple[Unit | None, Term]:
        return self.offered[self.cleaned_data["about"]]


def _key(unit: Unit | None, term: Term) -> str:
    return f"{unit.pk if unit else NETWORK}-{term.pk}"


class ReportFilter(FilterForm):
    q = forms.CharField(label=_("Words"), widget=forms.SearchInput, max_length=100)
    term = forms.ChoiceField(label=_("Term"))
    unit = forms.ChoiceField(label=_("Unit"))
    state = forms.ChoiceField(label=_("State"))

    def __init__(self, *args: Any, terms: list[str], units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(unit.pk), str(unit)) for unit in in_readers_order(units)]  # type: ignore[arg-type]
        offered: dict[str, list[tuple[str, Any]]] = {
            "term": [(term, term) for term in terms],
            "unit": [(NETWORK, gettext("The whole network")), *named],
            "state": list(Visibility.choices),
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]
