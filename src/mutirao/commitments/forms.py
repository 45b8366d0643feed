"""What came in."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import StepValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.accounts.models import User
from mutirao.core.forms import DateInput, DocumentField, Dressed, FilterForm, VersionedForm
from mutirao.core.languages import LanguageChoices
from mutirao.network.acting import Actor
from mutirao.network.forms import OrganisationField
from mutirao.network.models import Membership, Organisation
from mutirao.network.queries import live_on

from .models import Commitment, Evidence, Step
from .queries import BY, LATE
from .queries.boards import ALL, NONE
from .states import State

TEXTS = {
    "title": _("What is promised"),
    "description": _("Description"),
    "due_on": _("Until when"),
    "owner": _("Who answers for it"),
    "people": _("People in charge"),
    "visibility": _("Who sees it"),
    "language": _("Language of the text"),
}


class Checkboxes(forms.CheckboxSelectMultiple):
    """Dresses each box; the house's class on the list itself would draw a box around it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attrs["class"] = ""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["class"] = "form-check-input me-1"
        return option


class PeopleField(forms.ModelMultipleChoiceField):
    """People who act for an organisation today."""

    widget = Checkboxes

    def label_from_instance(self, person: Any) -> str:
        return str(person)


def people_of(*organisations: int | None) -> QuerySet[User]:
    """Those who act for any of the organisations today."""
    acting = live_on(timezone.localdate())
    members = Membership.objects.filter(
        acting, organisation_id__in=[pk for pk in organisations if pk]
    )
    return User.objects.filter(pk__in=members.values("person"), is_active=True).order_by("name")


def _without_choices(people: Any) -> None:
    """Where nobody can be chosen, nothing is shown."""
    if not people.queryset.exists():
        people.widget = people.hidden_widget()


class NewCommitmentForm(Dressed, forms.ModelForm):
    """A free-standing commitment of the actor's own organisation."""

    people = PeopleField(queryset=User.objects.none(), required=False, label=TEXTS["people"])
    language = forms.ChoiceField(label=TEXTS["language"], choices=LanguageChoices)

    class Meta:
        model = Commitment
        fields = ["title", "description", "due_on", "people", "visibility", "language"]
        labels = TEXTS
        widgets = {"due_on": DateInput(), "description": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_of(actor.organisation_id)  # type: ignore[attr-defined]
        _without_choices(self.fields["people"])


class CommitmentForm(Dressed, VersionedForm):
    """Rewording a commitment."""

    owner = OrganisationField(label=TEXTS["owner"])
    people = PeopleField(queryset=User.objects.none(), required=False, label=TEXTS["people"])

    class Meta:
        model = Commitment
        fields = ["title", "description", "due_on", "owner", "people", "visibility"]
        labels = TEXTS
        widgets = {"due_on": DateInput(), "description": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source_id or self.instance.unit_id:
            del self.fields["visibility"]  # the plan it comes from decides
        else:  # nobody lays a promise of their own on somebody else
            own = Organisation.objects.filter(pk=self.instance.owner_id)
            self.fields["owner"].queryset = own  # type: ignore[attr-defined]
        asked = re.fullmatch(r"[0-9]{1,18}", str(self.data.get("owner", "")))
        owners = [self.instance.owner_id, int(asked[0]) if asked else None]
        named = User.objects.filter(commitments=self.instance)
        people = people_of(*owners) | named
        self.fields["people"].queryset = people.distinct()  # type: ignore[attr-defined]
        _without_choices(self.fields["people"])


class MoveForm(Dressed, forms.Form):
    """The next step in a commitment's life."""

    to = forms.ChoiceField(choices=State.choices[:4], widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Done on"), required=False, widget=DateInput())
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_done_on(self) -> date | None:
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The day it was done cannot be in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to") == State.CANCELLED and not given.get("reason"):
            self.add_error("reason", _("Say in a sentence why it is cancelled."))
        return given


class ProgressForm(Dressed, forms.Form):
    progress = forms.IntegerField(
        label=_("Progress in %"),
        min_value=0,
        max_value=100,
        validators=[StepValueValidator(5)],
        widget=forms.NumberInput(attrs={"step": 5, "min": 0, "max": 100}),
    )


class StepForm(Dressed, forms.ModelForm):
    class Meta:
        model = Step
        fields = ["text"]
        labels = {"text": _("New step")}


class EvidenceForm(Dressed, forms.ModelForm):
    """A link or a file. `kind` is what the file was recognised as, "" for a link."""

    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    file = DocumentField(label=_("or file"), required=False)

    class Meta:
        model = Evidence
        fields = ["title", "url", "file"]
        labels = {"title": _("What it shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "evidence_%s")
        super().__init__(*args, **kwargs)
        self.fields["url"].widget.attrs["placeholder"] = "https://"

    @property
    def kind(self) -> str:
        return getattr(self.cleaned_data.get("file"), "kind", "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"url", "file"} & set(self.errors):
            return given
        if bool(given.get("url")) == bool(given.get("file")):
            raise forms.ValidationError(_("Give a link or a file, one of the two."))
        return given

    def _post_clean(self) -> None:
        """The record is made by the action; validating half of one would say things twice."""


class MonthField(forms.CharField):
    """`2026-11` as its first day, `none` for what has no date; what is unreadable is nothing."""

    def clean(self, value: Any) -> Any:
        if value == NONE:
            return NONE
        try:
            return datetime.strptime(str(value or ""), "%Y-%m").date()
        except ValueError:
            return None


ANY = pgettext_lazy("filter of commitments", "any")
STANDING_CHOICES = [
    *State.choices[:2],
    (LATE, pgettext_lazy("commitment", "late")),
    *State.choices[2:],
]


class BoardFilter(FilterForm):
    """The board's filters; `choices` are those of `queries.choices`."""

    q = forms.CharField(
        label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = forms.ChoiceField(label=_("Unit"))
    owner = forms.ChoiceField(label=_("Who answers for it"))
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", ANY), *STANDING_CHOICES],
    )
    term = forms.ChoiceField(label=_("Term"))
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[
            ("", _("everyone's")),
            ("ours", _("of my organisation")),
            ("mine", _("naming me")),
        ],
    )
    month = MonthField(widget=forms.HiddenInput)
    by = forms.ChoiceField(widget=forms.HiddenInput, choices=[(way, way) for way in (*BY, "list")])

    def __init__(
        self, *args: Any, actor: Actor, choices: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "owner"):
            first = ("", ANY)
            self.fields[name].choices = [first, *choices[name]]  # type: ignore[attr-defined]
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            ("", _("the current one")),
            *choices["term"],
            (ALL, _("all terms")),
        ]
        if not actor.is_member:
            del self.fields["whose"]

    @property
    def is_used(self) -> bool:
        return bool(set(self.chosen) - {"by"})
