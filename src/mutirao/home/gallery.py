"""What the component gallery shows: samples of every component, in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from mutirao.commitments.states import State as CommitmentState
from mutirao.core.forms import DateInput, Dressed, FilterForm
from mutirao.core.icons.names import DRAWINGS
from mutirao.core.languages import LanguageChoices
from mutirao.intake.states import DraftState
from mutirao.meetings.models import Event
from mutirao.meetings.states import NetworkRole
from mutirao.plans.states import State as PlanState
from mutirao.topics.models import Goal

# name, what it is for
COLOURS = (
    ("ink", "text"),
    ("ink-soft", "secondary text"),
    ("paper", "page"),
    ("card", "boxes, fields"),
    ("sand", "quiet areas"),
    ("line", "rules"),
    ("line-strong", "edges of fields"),
    ("brand", "links, actions"),
    ("brand-wash", "chosen, informing"),
    ("warm-bright", "the one accent"),
    ("warm-wash", "demonstration"),
    ("ok", "done"),
    ("wait", "waiting"),
    ("late", "late, wrong"),
)


class SampleForm(Dressed, forms.Form):
    title = forms.CharField(
        label="Short title",
        max_length=160,
        help_text="At most 160 signs; others will search by it.",
    )
    about = forms.CharField(
        label="What it is about", max_length=400, required=False, widget=forms.Textarea({"rows": 4})
    )
    due_on = forms.DateField(label="Due on", widget=DateInput())
    language = forms.ChoiceField(label="Language", choices=LanguageChoices)
    goals = forms.MultipleChoiceField(
        label="Goals",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("4", "4 Quality education"), ("11", "11 Sustainable cities and communities")],
    )
    website = forms.URLField(label="Website", required=False, assume_scheme="https")


class SampleFilter(FilterForm):
    q = forms.CharField(label="Words", widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(label="State", choices=[("", "any"), *PlanState.choices])
    language = forms.ChoiceField(label="Language", choices=[("", "any"), *LanguageChoices])


@dataclass(frozen=True)
class Row:
    title: str
    owner: str
    due_on: date
    state: str
    label: str


def gallery_context() -> dict[str, Any]:
    """Everything core/gallery.html names. Only the goals are asked of the database."""
    today = timezone.localdate()
    return {
        "colours": COLOURS,
        "icons": sorted(DRAWINGS),
        "goals": list(Goal.objects.order_by("number")),
        "pills": (
            ("Commitments", [*CommitmentState.choices, ("late", "late")]),
            ("Plans", PlanState.choices),
            ("Documents being read", DraftState.choices),
            ("Events", [*NetworkRole.choices, ("unconfirmed", "date to be confirmed")]),
        ),
        "empty_form": SampleForm(auto_id="new_%s"),
        "wrong_form": _wrong_form(),
        "filter": SampleFilter({"q": "agencies"}, auto_id="filter_%s"),
        "rows": _rows(today),
        "events": _events(today),
        "page": Paginator(range(60), 25).page(2),
    }


def _wrong_form() -> SampleForm:
    form = SampleForm(
        {
            "title": "",
            "about": "Twelve cities share their calls.",
            "due_on": "31-02",
            "website": "x",
        },
        auto_id="wrong_%s",
    )
    form.is_valid()
    return form


def _rows(today: date) -> list[Row]:
    return [
        Row("Publish twenty profiles", "Rosario", today - timedelta(40), "done", "done"),
        Row("Add three countries", "Barueri", today - timedelta(12), "late", "12 days late"),
        Row("Second review", "Cuenca", today + timedelta(75), "planned", "planned"),
    ]


def _events(today: date) -> list[Event]:
    """Unsaved events: one by video, one over days, one of which only the month is known."""
    common = {"pk": 0, "language": "en", "is_sample": True, "visibility": "public"}
    return [
        Event(
            title="Coordinators by video",
            starts_on=today,
            ends_on=today,
            online=True,
            role=NetworkRole.ORGANISES,
            **common,
        ),
        Event(
            title="Meeting of agencies",
            starts_on=today + timedelta(9),
            ends_on=today + timedelta(11),
            place="Rosario",
            country="AR",
            role=NetworkRole.PROMOTES,
            **common,
        ),
        Event(
            title="Urban forum",
            month=today.replace(day=1),
            date_confirmed=False,
            place="Quito",
            country="EC",
            role=NetworkRole.TAKES_PART,
            **common,
        ),
    ]
