"""What came in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import rules
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from mutirao.core.countries import country_choices
from mutirao.core.forms import DateInput, Dressed, TimeInput, VersionedForm, check_year
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.forms import OrganisationField, UnitField
from mutirao.network.queries import organisations, units
from mutirao.network.states import Kind
from mutirao.topics.forms import TargetsField, ThemesField

from .models import Event
from .rules import served_units
from .zones import zone_choices

_WHEN = ["starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "month"]
_WHERE = ("place", "country", "city", "organisation", "online")


class MonthField(forms.CharField):
    """A month as browsers write it, "2018-06"; cleans to its first day or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m", attrs={"type": "month"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m") if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            month = date.fromisoformat(f"{text[:7]}-01")
        except ValueError:
            raise forms.ValidationError(_("Write the month as 2026-06.")) from None
        check_year(month)
        return month

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class EventForm(Dressed, VersionedForm):
    """Adding and changing an event. `groups` are its fields under their headings.

    `key` becomes the event's uid: the same form sent twice makes one event.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    month = MonthField(
        label=_("Only the month is known"),
        required=False,
        help_text=_("Leave the days empty; the event is shown as “day to be confirmed”."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of the place"),
        help_text=_("The hours above are on this clock."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    city = OrganisationField(
        label=_("City on the map"),
        required=False,
        help_text=_("When it takes place in a city of the directory that is not its host."),
    )
    unit = UnitField(label=_("Unit of the network"), required=False, empty_label=_("No unit"))
    organisation = OrganisationField(label=_("Who hosts it"), required=False)
    website = forms.URLField(
        label=_("Website"), required=False, max_length=500, assume_scheme="https"
    )
    themes = ThemesField(required=False)
    targets = TargetsField(required=False)

    class Meta:
        model = Event
        fields = [
            "title",
            "description",
            "language",
            "role",
            "visibility",
            "starts_on",
            "ends_on",
            "starts_at",
            "ends_at",
            "time_zone",
            "month",
            "date_confirmed",
            "place",
            "country",
            "online",
            "website",
            "unit",
            "organisation",
            "themes",
            "targets",
        ]
        labels = {
            "title": _("Title"),
            "description": _("What it is about"),
            "language": _("Language of the text"),
            "role": _("The network's role"),
            "visibility": _("Who sees it"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "starts_at": _("Begins at"),
            "ends_at": _("Ends at"),
            "date_confirmed": _("The date is confirmed"),
            "place": _("Place"),
            "online": _("Online as well, or only"),
        }
        help_texts = {
            "ends_on": _("Empty: it ends on its first day."),
            "starts_at": _("Empty: it lasts whole days."),
            "place": _("City, and the building if it is known."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "starts_at": TimeInput(),
            "ends_at": TimeInput(),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.home = (self.instance.unit_id, self.instance.organisation_id)
        self._offer(actor)
        if self.instance.pk:
            del self.fields["key"]
            self.initial.setdefault("city", self._city_of_instance())
        else:
            self.initial.setdefault("visibility", Visibility.PUBLIC)
            self.initial.setdefault("organisation", actor.organisation_id)
            self.initial.setdefault("time_zone", settings.TIME_ZONE)
        if self.instance.source_id:
            del self.fields["visibility"]  # the plan it comes from decides

    def _offer(self, actor: Actor) -> None:
        """What this person may choose: their own units, countries and zones in their language."""
        fields: dict[str, Any] = self.fields
        fields["time_zone"].choices = zone_choices()
        fields["role"].choices = [("", "–"), *fields["role"].choices[1:]]
        fields["country"].choices = [("", "–"), *country_choices()]
        fields["city"].queryset = organisations().filter(kind=Kind.CITY)
        if not actor.is_secretariat:
            own = served_units(actor) | {self.instance.unit_id}
            fields["unit"].queryset = units().filter(pk__in=own - {None})

    def _city_of_instance(self) -> int | None:
        """The city of the directory on which the event's point lies, unless it is its host."""
        event = self.instance
        if event.latitude is None or event.longitude is None:
            return None
        found = (
            organisations()
            .filter(kind=Kind.CITY, latitude=event.latitude, longitude=event.longitude)
            .first()
        )
        return found.pk if found and found.pk != event.organisation_id else None

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """(heading, rows of fields), in the order they are asked."""
        who: list[str] = [
            name for name in ("unit", "organisation", "visibility") if name in self.fields
        ]
        return [
            (pgettext("heading", "What"), ["title", "role", "description", "language", "website"]),
            (pgettext("heading", "When"), _WHEN),
            (pgettext("heading", "Where"), ["place", "country", "city"]),
            (pgettext("heading", "Who"), who),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._clean_days(given)
        self._clean_hours(given)
        self._clean_home(given)
        return given

    def _clean_home(self, given: dict[str, Any]) -> None:
        """Whose calendar it goes to: the same rule as in the action, said at the field."""
        unit, host = given.get("unit"), given.get("organisation")
        there = Event(unit=unit, organisation=host)
        if (there.unit_id, there.organisation_id) == self.home and self.instance.pk:
            return
        if {"unit", "organisation"} & set(self.errors):
            return
        if not rules.test_rule("meetings.add_event", self.actor, there):
            name = "unit" if unit else "organisation"
            self.add_error(name, _("Choose your organisation as host, or a unit that it serves."))

    def _clean_days(self, given: dict[str, Any]) -> None:
        first, last = given.get("starts_on"), given.get("ends_on")
        if first is None and "starts_on" not in self.errors:
            if last:
                self.add_error("starts_on", _("Say on which day it begins."))
            elif not given.get("month") and "month" not in self.errors:
                self.add_error("starts_on", _("Give the first day or, further down, the month."))
            given["date_confirmed"] = False
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        given["ends_on"] = last or first
        given["month"] = None if first else given.get("month")

    def _clean_hours(self, given: dict[str, Any]) -> None:
        start, end = given.get("starts_at"), given.get("ends_at")
        if end and not start:
            self.add_error("starts_at", _("Say at what time it begins."))
        if start and not given.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_at", _("Hours need a day."))
        same_day = given.get("starts_on") == given.get("ends_on")
        if start and end and same_day and end < start:
            self.add_error(
                "ends_at", _("It ends before it begins. After midnight it is the next day.")
            )

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: the record's fields, the point on the map among them."""
        names = [name for name in self.Meta.fields if name in self.fields]
        return {**{name: self.cleaned_data[name] for name in names}, **self._point()}

    def _point(self) -> dict[str, float | None]:
        """The place of the chosen city, else of a host city; unchanged when nothing about it is.

        An event brought in by an import may lie in a town that is not in the directory.
        """
        if self.instance.pk and not set(_WHERE) & set(self.changed_data):
            return {}
        city, host = self.cleaned_data["city"], self.cleaned_data["organisation"]
        if city is None and host and host.is_city and host.country == self.cleaned_data["country"]:
            city = host
        return {
            "latitude": city.latitude if city else None,
            "longitude": city.longitude if city else None,
        }
