"""What came in: filters, the words of a plan and its parts, moves."""

from __future__ import annotations

from typing import Any

import rules
from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_choices
from mutirao.core.forms import DateInput, Dressed, FilterForm, VersionedForm
from mutirao.meetings.forms import MonthField
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.forms import OrganisationField, OrganisationsField, UnitField
from mutirao.network.queries import (
    current_term,
    in_readers_order,
    organisations,
    terms,
    units_led_by,
)
from mutirao.network.queries import units as all_units
from mutirao.topics.forms import TargetsField, ThemesField

from .models import Activity, Axis, Plan
from .queries import Present
from .standing import stands_for
from .states import State


class Choices(forms.CheckboxSelectMultiple):
    """Checkboxes one below the other; what is chosen stands first, for long lists."""

    template_name = "plans/widgets/choices.html"

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not any(o["selected"] for o in group[1]))


class PlanFilter(FilterForm):
    """The filters of the list; their choices are what occurs among the plans one may see."""

    q = forms.CharField(
        label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    term = forms.ChoiceField(label=_("Term"))
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"))
    goal = forms.TypedChoiceField(label=_("SDG"), coerce=int, empty_value=None)
    theme = forms.TypedChoiceField(label=_("Theme"), coerce=int, empty_value=None)

    def __init__(
        self,
        *args: Any,
        present: Present,
        goals: list[tuple[int, str]],
        themes: list[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        states = {state for counts in present.states.values() for state in counts}
        units = in_readers_order(present.units)  # type: ignore[arg-type]
        offered: dict[str, list[tuple[Any, Any]]] = {
            "term": [(term, term) for term in present.terms],
            "unit": [(unit.pk, str(unit)) for unit in units],
            "state": [choice for choice in State.choices if choice[0] in states],
            "goal": goals,
            "theme": themes,
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


class PlanForm(Dressed, VersionedForm):
    """A plan's own words."""

    class Meta:
        model = Plan
        fields = ["title", "language", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 8})}


class NewPlanForm(Dressed, forms.ModelForm):
    """A plan from nothing: for which unit and term, presented by whom."""

    unit = UnitField()
    presented_by = OrganisationField(label=_("Presented by"))
    field_order = ["unit", "term", "presented_by", "title", "language", "introduction"]

    class Meta:
        model = Plan
        fields = ["unit", "term", "presented_by", "title", "language", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        everything = actor.is_secretariat
        stands = [] if everything else stands_for(actor)
        led = {mandate.term_id for mandate in actor.mandates} | {term.pk for _unit, term in stands}
        may_lead = all_units().filter(pk__in=[unit.pk for unit, _term in stands])
        choices: dict[str, Any] = {
            "unit": all_units() if everything else units_led_by(actor) | may_lead,
            "term": terms() if everything else terms().filter(pk__in=led),
            "presented_by": organisations()
            if everything
            else organisations().filter(pk=actor.organisation_id or 0),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["term"].empty_label = "–"  # type: ignore[attr-defined]
        if term := current_term():
            self.initial.setdefault("term", term.pk)
        if not everything:
            self.initial.setdefault("presented_by", actor.organisation_id)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if {"unit", "term", "presented_by"} <= found.keys():
            wanted = Plan(**{key: found[key] for key in ("unit", "term", "presented_by")})
            if not rules.test_rule("plans.write_plan", self.actor, wanted):
                self.add_error("unit", _("Your organisation does not lead this unit in this term."))
        return found


class AxisForm(Dressed, VersionedForm):
    class Meta:
        model = Axis
        fields = ["kind", "number", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class AxesField(forms.ModelMultipleChoiceField):
    widget = Choices

    def label_from_instance(self, axis: Axis) -> str:
        words = axis.text if len(axis.text) <= 110 else axis.text[:110].rsplit(" ", 1)[0] + "…"
        number = f"{axis.number} · " if axis.number else ""
        return f"{axis.get_kind_display()} {number}{words}".strip()


class ActivityForm(Dressed, VersionedForm):
    """An activity's words and the axes it serves, named by a person."""

    axes = AxesField(
        label=_("Serves the axes"),
        queryset=Axis.objects.none(),
        required=False,
        help_text=_("As many as apply, or none. Equal numbers alone say nothing."),
    )

    class Meta:
        model = Activity
        fields = ["number", "title", "text", "axes"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"title": _("A few words for lists and the timeline.")}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axes"].queryset = plan.axes.all()  # type: ignore[attr-defined]


class TagsForm(Dressed, VersionedForm):
    """What an activity is about and who is responsible for it."""

    organisations = OrganisationsField(
        label=_("Responsible organisations"), required=False, widget=Choices
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Responsible units"),
        queryset=all_units(),
        required=False,
        widget=Choices,
    )
    themes = ThemesField(required=False)
    targets = TargetsField(required=False)

    class Meta:
        model = Activity
        fields = ["organisations", "units", "themes", "targets"]


class CommitmentForm(Dressed, forms.Form):
    """One promise for an activity."""

    title = forms.CharField(label=_("What is promised"), max_length=240)
    owner = OrganisationField(label=_("Who answers for it"))
    due_on = forms.DateField(label=_("Due on"), widget=DateInput(), required=False)
    description = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EntryForm(Dressed, forms.ModelForm):
    """One entry of the plan's calendar: days, or only a month. Hours and the rest come later."""

    month = MonthField(label=_("Only the month is known"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    class Meta:
        model = Event
        fields = [
            "title",
            "starts_on",
            "ends_on",
            "month",
            "date_confirmed",
            "place",
            "country",
            "role",
            "description",
        ]
        labels = {
            "title": _("Title"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "date_confirmed": _("The date is confirmed"),
            "place": _("Place"),
            "role": _("The network's role"),
            "description": _("What it is about"),
        }
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "–"), *country_choices()]  # type: ignore[attr-defined]
        roles = self.fields["role"].choices  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "–"), *list(roles)[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first is None and not given.get("month") and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Give the first day or, further down, the month."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        given["ends_on"] = (last or first) if first else None
        given["month"] = None if first else given.get("month")
        given["date_confirmed"] = bool(given.get("date_confirmed")) and first is not None
        return given


class MoveForm(Dressed, forms.Form):
    """The remark that goes with a move; needed when a plan is returned."""

    remark = forms.CharField(
        label=_("Remarks"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # The plan in force that the page showed to who approves.
    replacing = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = needed
        if needed:
            self.fields["remark"].help_text = _("What should be changed, point by point.")
