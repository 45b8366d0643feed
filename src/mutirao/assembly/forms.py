"""What came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.core.forms import DateInput, Dressed, VersionedForm
from mutirao.core.uploads import ACCEPT, ACCEPTED, NotTaken, recognise
from mutirao.meetings.models import Event
from mutirao.meetings.zones import zone_choices
from mutirao.network.models import Organisation, Unit
from mutirao.network.queries import terms
from mutirao.network.states import SINGLE_OFFICES, Office

from . import queries
from .actions import Figures
from .models import Assembly, Candidacy, Election
from .states import How, Way


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and hour; ISO in both directions."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class WallClockField(forms.DateTimeField):
    """A day and an hour as a clock on the wall shows them; the zone is another field's."""

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(input_formats=formats, **options)

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return found and timezone.make_naive(found)

    def prepare_value(self, value: Any) -> Any:
        return value


class AssemblyForm(Dressed, VersionedForm):
    """An assembly: what it elects, when cities may stand, how it votes."""

    opens_at = WallClockField(label=_("The vote opens"), required=False)
    closes_at = WallClockField(label=_("The vote closes"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("The hours of the vote are those of this place.")
    )

    class Meta:
        model = Assembly
        fields = [
            "title", "language", "term", "held_on", "place", "event", "candidacies_from",
            "candidacies_until", "shown", "way", "opens_at", "closes_at", "time_zone", "quorum",
            "note",
        ]  # fmt: skip
        labels = {
            "title": _("Title"),
            "language": _("Language of the text"),
            "term": _("Term to be elected"),
            "held_on": _("Day of the assembly"),
            "place": _("Place"),
            "event": _("On the calendar"),
            "candidacies_from": _("Candidacies from"),
            "candidacies_until": _("Candidacies until"),
            "shown": _("Members see the candidacies"),
            "way": _("How the vote is held"),
            "quorum": _("Quorum (per cent of the members entitled to vote)"),
            "note": _("Rules of the election"),
        }
        widgets = {
            "held_on": DateInput(),
            "candidacies_from": DateInput(),
            "candidacies_until": DateInput(),
            "note": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assembly = self.instance
        self.fields["term"].queryset = terms()  # type: ignore[attr-defined]
        events = Event.objects.filter(cancelled=False, starts_on__isnull=False)
        self.fields["event"].queryset = events.order_by("-starts_on")[:60]  # type: ignore[attr-defined]
        if self.is_bound or assembly.event_id:
            self.fields["event"].queryset = events.order_by("-starts_on")  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]
        if assembly.pk:
            self.initial["opens_at"] = _wall(assembly.opens_there)
            self.initial["closes_at"] = _wall(assembly.closes_there)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("candidacies_from"), given.get("candidacies_until")
        if first and last and last < first:
            self.add_error("candidacies_until", _("The last day is before the first."))
        zone = ZoneInfo(given.get("time_zone") or "America/Montevideo")
        for name in ("opens_at", "closes_at"):
            if given.get(name):
                given[name] = given[name].replace(tzinfo=zone)
        self._check_hours(given)
        return given

    def _check_hours(self, given: dict[str, Any]) -> None:
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if {"opens_at", "closes_at"} & set(self.errors):
            return
        if given.get("way") == Way.RECORDED:
            given["opens_at"] = given["closes_at"] = None
        elif not opens or not closes:
            self.add_error("opens_at", _("A vote held here needs the hours it opens and closes."))
        elif closes <= opens:
            self.add_error("closes_at", _("The vote must close after it opens."))
        elif given.get("candidacies_until") and opens.date() <= given["candidacies_until"]:
            self.add_error("opens_at", _("The vote opens after the last day for candidacies."))

    def _post_clean(self) -> None:
        """The record is saved by the action; the constraints speak there."""


def _wall(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


class OfficesForm(forms.Form):
    """Which offices are to be filled: a box for each a unit has or had, and how many seats."""

    def __init__(
        self, *args: Any, assembly: Assembly, units: Iterable[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        chosen = {(one.unit_id, one.office): one.seats for one in assembly.elections.all()}
        self.rows: list[tuple[Unit, list[tuple[str, Any, Any]]]] = []
        for unit in self.units:
            held = {office for pk, office in chosen if pk == unit.pk}
            usual = {*queries.offices_of(unit), *held}
            offices = [office for office in Office.values if office in usual]
            self.rows.append((unit, [self._add(unit, office, chosen) for office in offices]))

    def _add(self, unit: Unit, office: str, chosen: dict[tuple[int, str], int]) -> Any:
        key = f"{unit.pk}-{office}"
        label = str(Office(office).label).capitalize()
        self.fields[f"fill-{key}"] = forms.BooleanField(
            label=label, required=False, initial=(unit.pk, office) in chosen
        )
        if office not in SINGLE_OFFICES:
            self.fields[f"seats-{key}"] = forms.IntegerField(
                label=_("Seats"),
                min_value=1,
                max_value=50,
                required=False,
                initial=chosen.get((unit.pk, office), 1),
            )
        return office, f"fill-{key}", f"seats-{key}"

    def shown(self) -> Iterator[tuple[Unit, list[tuple[Any, Any]]]]:
        """(unit, [(box, seats or None)…]) as bound fields."""
        for unit, offices in self.rows:
            yield (
                unit,
                [
                    (self[fill], self[seats] if seats in self.fields else None)
                    for _office, fill, seats in offices
                ],
            )

    @property
    def offices(self) -> list[tuple[Unit, str, int]]:
        given = self.cleaned_data
        return [
            (unit, office, given.get(seats) or 1)
            for unit, offices in self.rows
            for office, fill, seats in offices
            if given.get(fill)
        ]


class MinutesForm(Dressed, forms.Form):
    """The file of the minutes; `kind` is what it was recognised as."""

    kind = ""
    file = forms.FileField(label=_("Minutes of the assembly"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ACCEPT
        self.fields["file"].help_text = _("%(kinds)s; at most %(size)d MB.") % {
            "kinds": ACCEPTED,
            "size": settings.UPLOAD_BYTES // 2**20,
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)d MB. Send a smaller one, or a link to it.")
                % {"size": settings.UPLOAD_BYTES // 2**20}
            )
        try:
            self.kind = recognise(file, file.name)
        except NotTaken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class CandidacyForm(Dressed, VersionedForm):
    """A few words and a plan."""

    class Meta:
        model = Candidacy
        fields = ["statement", "language", "plan"]
        labels = {
            "statement": _("Why this city"),
            "language": _("Language of the text"),
            "plan": _("Work plan it presents"),
        }
        widgets = {"statement": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, election: Election, city: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.fields["plan"]
        plan.queryset = queries.proposals_for(election, city)  # type: ignore[attr-defined]
        plan.empty_label = _("none yet")  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial.setdefault("plan", plan.queryset.first())  # type: ignore[attr-defined]
            self.initial.setdefault("language", (city.languages or ["pt"])[0])

    def _post_clean(self) -> None:
        """The record is made by the action; validating half of one would say things twice."""


class ReasonForm(Dressed, forms.Form):
    reason = forms.CharField(
        label=_("Why is it refused?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


BLANK = "blank"


class VoteForm(forms.Form):
    """One of the candidates, or blank."""

    choice = forms.ChoiceField(label=_("Your organisation's vote"), widget=forms.RadioSelect)
    slip = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Iterable[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = {str(one.pk): one for one in standing}
        names = [(pk, one.organisation.name) for pk, one in self.standing.items()]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *names,
            (BLANK, pgettext_lazy("vote", "Blank vote")),
        ]

    @property
    def candidacy(self) -> Candidacy | None:
        return self.standing.get(self.cleaned_data["choice"])


class ResultForm(Dressed, forms.Form):
    """What was decided for an office. Figures are asked only for a vote counted elsewhere."""

    how = forms.ChoiceField(label=_("How was it decided?"), choices=How.choices)
    entitled = forms.IntegerField(
        label=_("Members entitled to vote"), min_value=0, max_value=100_000, required=False
    )
    turnout = forms.IntegerField(
        label=_("Members who voted"), min_value=0, max_value=100_000, required=False
    )
    blank = forms.IntegerField(
        label=_("Blank votes"), min_value=0, max_value=100_000, required=False
    )
    abstentions = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=100_000, required=False
    )
    elected = forms.ModelMultipleChoiceField(
        label=_("Who was elected"),
        queryset=Candidacy.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for acclamation or a decision: votes speak for themselves."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a tie, a missing quorum or a second round: what the assembly decided."),
    )

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = list(queries.standing_in(election))
        field: Any = self.fields["elected"]
        field.queryset = queries.standing_in(election)
        field.label_from_instance = lambda one: one.organisation.name
        if election.assembly.is_held_here:
            for name in ("entitled", "turnout", "blank", "abstentions"):
                del self.fields[name]
            return
        for one in self.standing:
            box = forms.IntegerField(
                label=one.organisation.name, min_value=0, max_value=100_000, required=False
            )
            box.widget.attrs["class"] = "form-control"
            self.fields[f"votes-{one.pk}"] = box
        self.order_fields(["how", *self.vote_names])

    @property
    def vote_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("votes-")]

    def vote_fields(self) -> list[Any]:
        return [self[name] for name in self.vote_names]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == How.VOTES and self.vote_names:
            empty = [name for name in self.vote_names if given.get(name) is None]
            for name in empty:
                if name not in self.errors:
                    self.add_error(name, _("Give the number of votes; 0 if there were none."))
        turnout, entitled = given.get("turnout"), given.get("entitled")
        if turnout is not None and entitled is not None and turnout > entitled:
            self.add_error("turnout", _("More members voted than were entitled to."))
        return given

    @property
    def figures(self) -> Figures:
        given = self.cleaned_data
        votes = {
            int(name.removeprefix("votes-")): given[name]
            for name in self.vote_names
            if given.get(name) is not None
        }
        return Figures(
            votes=votes,
            blank=given.get("blank") or 0,
            abstentions=given.get("abstentions") or 0,
            turnout=given.get("turnout"),
            entitled=given.get("entitled"),
        )
