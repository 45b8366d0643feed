"""The secretariat's forms. Whether the database admits what they say is the actions' affair."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.core.countries import country_choices
from mutirao.core.forms import DateInput, DocumentField, Dressed
from mutirao.core.languages import LANGUAGES, OWN_NAMES, LanguageChoices

from ..models import Organisation, Term, Unit
from ..queries import agencies, cities, current_term, terms
from ..states import ActKind, Kind, Office, Role, UnitKind
from .pickers import OrganisationField, UnitField


class _Form(Dressed, forms.Form):
    """A plain form; `spoken` names its texts that are asked for in each of the languages.

    The text `about` is asked in `about_pt`, `about_es`, `about_en` and cleans to `about`, a
    `{pt, es, en}` label without its empty languages.
    """

    spoken: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = dict(kwargs.get("initial") or {})
        for name in self.spoken:
            label = initial.pop(name, None) or {}
            initial |= {f"{name}_{code}": label.get(code, "") for code in LANGUAGES}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.spoken:
            texts = {code: cleaned.pop(f"{name}_{code}", "") for code in LANGUAGES}
            cleaned[name] = {code: text for code, text in texts.items() if text}
        return cleaned


def _in_each_language(label: Any, **options: Any) -> dict[str, forms.Field]:
    widget = options.pop("widget", None)
    return {
        code: forms.CharField(
            label=format_lazy("{} ({})", label, OWN_NAMES[code]),
            widget=widget(attrs={"rows": 3}) if widget else None,
            **options,
        )
        for code in LANGUAGES
    }


_ABOUT = _in_each_language(_("Description"), required=False, max_length=600, widget=forms.Textarea)
_NAME = _in_each_language(_("Name"), max_length=160)


class _RecordForm(_Form):
    """A form of a stored record (`instance`), or of one to be made.

    The version says which text it was opened on; the key makes a form sent twice one record.
    """

    shown: tuple[str, ...] = ()

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        if instance is not None:
            kwargs["initial"] = {name: getattr(instance, name) for name in self.shown} | {
                "version": instance.version
            }
        super().__init__(*args, **kwargs)
        del self.fields["key" if instance is not None else "version"]
        for name, field in self.fields.items():
            field.show_hidden_initial = instance is not None and name != "version"


class OrganisationForm(_RecordForm):
    shown = (
        "kind", "name", "short_name", "code", "about", "country", "region", "population",
        "population_year", "latitude", "longitude", "languages", "website",
    )  # fmt: skip
    spoken = {"about": _("Description")}

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("For maps and lists, when the name is long."),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("What the network's own lists call it, if they have codes."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.CharField(label=_("State or province"), max_length=100, required=False)
    population = forms.IntegerField(
        label=_("Population"), min_value=1, max_value=2_000_000_000, required=False
    )
    population_year = forms.IntegerField(
        label=_("Year of the population"), min_value=1900, max_value=2100, required=False
    )
    latitude = forms.FloatField(
        label=_("Latitude"),
        min_value=-90,
        max_value=90,
        required=False,
        help_text=_("Degrees, negative in the south: -23.55"),
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        min_value=-180,
        max_value=180,
        required=False,
        help_text=_("Degrees, negative in the west: -46.63"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LanguageChoices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    about_pt, about_es, about_en = _ABOUT["pt"], _ABOUT["es"], _ABOUT["en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "–"), *country_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.CITY and not cleaned.get("country"):
            self.add_error("country", _("A city government needs its country."))
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("latitude", _("Give latitude and longitude together, or neither."))
        return cleaned


class PartnerForm(_Form):
    """The other side of a link between an agency and a city."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation.kind == Kind.CITY:
            field = OrganisationField(agencies(), label=_("Development agency"))
        else:
            field = OrganisationField(cities(), label=_("City"))
        field.widget.attrs["class"] = "form-select"
        self.fields["partner"] = field


class ActForm(_Form):
    """The document behind a decision; all of it may be left out. Cleans to `act`, or None."""

    act_kind = forms.ChoiceField(
        label=_("Document behind it"), choices=[("", "–"), *ActKind.choices], required=False
    )
    act_number = forms.CharField(label=_("Number or name"), max_length=80, required=False)
    act_signed_on = forms.DateField(
        label=_("Date of the document"), widget=DateInput(), required=False
    )
    act_link = forms.URLField(
        label=_("Link to the document"), required=False, max_length=500, assume_scheme="https"
    )
    act_file = DocumentField(label=_("or file"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        act = {
            name.removeprefix("act_"): cleaned.pop(name)
            for name in [name for name in cleaned if name.startswith("act_")]
        }
        given = {name: value for name, value in act.items() if value}
        if given and "kind" not in given:
            self.add_error("act_kind", _("Say what kind of document it is."))
        return {**cleaned, "act": given or None}

    @property
    def about_the_act(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("act_")]

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("act_")]


class AdmitForm(ActForm):
    """The day an admission begins, and the act behind it."""

    starts_on = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)


class SuspendForm(ActForm):
    starts_on = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: until it is lifted."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Members read it, visitors do not."),
    )


class LiftForm(ActForm):
    ends_on = forms.DateField(
        label=_("Last day of the suspension"), widget=DateInput(), initial=timezone.localdate
    )


class LeaveForm(ActForm):
    """The last day of an admission; whether the mandates end too is asked where there are any."""

    ends_on = forms.DateField(
        label=_("Last day as a member"), widget=DateInput(), initial=timezone.localdate
    )
    with_mandates = forms.BooleanField(
        label=_("End its mandates on that day"),
        required=False,
        help_text=_("A mandate that has not begun by then is given back."),
    )

    def __init__(self, *args: Any, asks_for_mandates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_mandates:
            del self.fields["with_mandates"]


class EndForm(_Form):
    """The last day of something."""

    ends_on = forms.DateField(label=_("Last day"), widget=DateInput(), initial=timezone.localdate)


class MembershipForm(_Form):
    email = forms.EmailField(label=_("E-mail of the person"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Used only when the e-mail is new; a known person keeps their own."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LanguageChoices)
    role = forms.ChoiceField(
        label=pgettext_lazy("person", "Role"), choices=Role.choices, initial=Role.FOCAL_POINT
    )
    starts_on = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput(), required=False)


class UnitForm(_RecordForm):
    shown = ("kind", "name", "about", "parent")
    spoken = {"name": _("Name"), "about": _("Description")}

    kind = forms.ChoiceField(
        label=_("Kind"), choices=UnitKind.choices, initial=UnitKind.THEMATIC_UNIT
    )
    name_pt, name_es, name_en = _NAME["pt"], _NAME["es"], _NAME["en"]
    about_pt, about_es, about_en = _ABOUT["pt"], _ABOUT["es"], _ABOUT["en"]
    parent = UnitField(label=_("Part of"), required=False)

    def __init__(self, *args: Any, instance: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if instance:
            field = self.fields["parent"]
            field.queryset = field.queryset.exclude(pk=instance.pk)  # type: ignore[attr-defined]


class TermForm(_RecordForm):
    code = forms.SlugField(
        label=_("Term"), max_length=20, help_text=_("As the network calls it: 2026, or 2026-2027.")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    closes_on = forms.DateField(
        label=_("Accounts close on"),
        widget=DateInput(),
        required=False,
        help_text=_(
            "Until then whoever led a unit may still close and report its plan. Empty: 60 days"
            " after the last day."
        ),
    )


class MandateForm(_RecordForm):
    organisation = OrganisationField()
    office = forms.ChoiceField(
        label=_("Office"), choices=Office.choices, initial=Office.COORDINATOR
    )
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.none(), empty_label=None)
    starts_on = forms.DateField(
        label=_("From"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: from the first day of the term."),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: until the term ends."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms()  # type: ignore[attr-defined]
        self.fields["term"].initial = current_term()
