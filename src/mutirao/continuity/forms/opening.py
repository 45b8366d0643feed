"""The steps of the guide that opens a term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutirao.core.countries import country_name
from mutirao.core.forms import DateInput, Dressed
from mutirao.network.forms import OrganisationField, UnitField
from mutirao.network.models import Organisation, Unit
from mutirao.network.queries import organisations
from mutirao.network.states import Kind, Office

from ..models import SeatChoice
from ..queries import Left, chosen_for
from ..states import Carry, Seat


class BeginForm(Dressed, forms.Form):
    """Step 1."""

    code = forms.SlugField(
        label=_("Term"), max_length=20, help_text=_("As the network calls it: 2026, or 2026-2027.")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    closes_on = forms.DateField(
        label=_("Until when may the outgoing coordinations close and report?"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: it stays as it is, 60 days after the term unless said otherwise."),
    )


def named(organisation: Organisation) -> str:
    """ "Rosario (Argentina)": what is offered while typing, and read again."""
    country = country_name(organisation.country)
    return f"{organisation.name} ({country})" if country else organisation.name


class SeatsForm(forms.Form):
    """Step 2: each office's holder in the next term. Cities are typed, from one list for all."""

    def __init__(
        self, *args: Any, seats: list[tuple[Unit, list[SeatChoice]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        offered = organisations().filter(kind__in=(Kind.CITY, Kind.AGENCY, Kind.NETWORK))
        self.cities = {named(one): one for one in offered}
        for _unit, rows in seats:
            for seat in rows:
                self._add(seat)

    def _add(self, seat: SeatChoice) -> None:
        choices = [
            (value, label)
            for value, label in Seat.choices
            if value != Seat.CONTINUES or seat.holder_id
        ]
        self.fields[f"choice-{seat.pk}"] = forms.ChoiceField(
            required=False,
            choices=choices,
            initial=seat.choice,
            label=f"{seat.unit}, {seat.get_office_display()}",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        other = seat.organisation if seat.choice == Seat.NEW else None
        self.fields[f"city-{seat.pk}"] = forms.CharField(
            required=False,
            initial=named(other) if other else "",
            label=_("City"),
            max_length=200,
            widget=forms.TextInput(
                attrs={"class": "form-control", "list": "cities", "autocomplete": "off"}
            ),
        )

    def shown(self) -> Iterator[tuple[Unit, list[tuple[SeatChoice, Any, Any]]]]:
        """(unit, [(seat, its choice, its city)…]) with bound fields."""
        for unit, rows in self.seats:
            yield (
                unit,
                [(seat, self[f"choice-{seat.pk}"], self[f"city-{seat.pk}"]) for seat in rows],
            )

    def _understood(self, seat: SeatChoice, typed: str) -> str:
        """An office left undecided: a city typed beside it, or the button for all the rest."""
        if typed:
            return Seat.NEW
        rest = self.data.get("rest") == Seat.CONTINUES and seat.holder_id
        return Seat.CONTINUES if rest else Seat.UNDECIDED

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.choices: dict[int, tuple[str, Organisation | None]] = {}
        for _unit, rows in self.seats:
            for seat in rows:
                choice, typed = given.get(f"choice-{seat.pk}"), given.get(f"city-{seat.pk}", "")
                city = self.cities.get(typed.strip())
                if choice == Seat.UNDECIDED:
                    choice = self._understood(seat, typed.strip())
                if choice == Seat.NEW and city is None:
                    said = (
                        gettext("No city is called “%(name)s”; choose one from the list.")
                        if typed
                        else gettext("Say which city.")
                    )
                    self.add_error(f"city-{seat.pk}", said % {"name": typed})
                self.choices[seat.pk] = (choice or seat.choice, city or seat.organisation)
        return given


class AddSeatForm(Dressed, forms.Form):
    """One more city in an office."""

    unit = UnitField()
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    organisation = OrganisationField()


class WorkForm(forms.Form):
    """Step 3, for one unit: what becomes of each unfinished thing."""

    def __init__(self, *args: Any, left: Left, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        self.keys = [f"c{row.pk}" for row in left.commitments]
        self.keys += [f"a{row.pk}" for row in left.activities]
        for key, row in zip(self.keys, left.rows, strict=True):
            chosen, why = chosen_for(row)
            choices = Carry.choices if key.startswith("c") else Carry.choices[:2]
            self.fields[f"choice-{key}"] = forms.ChoiceField(
                required=False,
                choices=choices,
                initial=chosen,
                label=str(row),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                required=False,
                max_length=400,
                initial=why,
                label=_("Reason"),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def shown(self) -> Iterator[tuple[str, Any, Any, Any]]:
        """(letter, record, its choice, its reason)."""
        for key, row in zip(self.keys, self.left.rows, strict=True):
            yield key[0], row, self[f"choice-{key}"], self[f"reason-{key}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.choices: dict[str, tuple[str, str]] = {}
        for key, row in zip(self.keys, self.left.rows, strict=True):
            chosen, why = chosen_for(row)
            choice = given.get(f"choice-{key}") or chosen
            reason = given.get(f"reason-{key}") or why
            if choice == Carry.DROP and not reason.strip():
                self.add_error(f"reason-{key}", _("Say why it is given up."))
            self.choices[key] = (choice, reason)
        return given
