"""What came in."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.accounts.models import User
from mutirao.core.forms import DateInput, Dressed, FilterForm, TimeInput
from mutirao.core.happenings import KINDS
from mutirao.core.records import KINDS as RECORDS

from .models import Choice, Habits
from .queries import by_app
from .states import Way


class NoticesFilter(FilterForm):
    about = forms.ChoiceField(label=_("About"))
    unread = forms.ChoiceField(
        label=_("Read or not"), choices=[("", _("all")), ("1", _("only unread"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.key, group.title) for group in by_app() if group.key != "notices"]
        self.fields["about"].choices = [("", _("everything")), *groups]  # type: ignore[attr-defined]


class FollowingFilter(FilterForm):
    q = forms.CharField(label=_("Name"), widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(model._meta.label_lower, kind.label) for model, kind in RECORDS.items()]
        self.fields["kind"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]


def _hours() -> list[tuple[int, str]]:
    return [(hour, f"{hour:02d}:00") for hour in range(24)]


class HabitsForm(Dressed, forms.ModelForm):
    """When a person wants mail."""

    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the digests"), choices=_hours, coerce=int, required=True
    )

    class Meta:
        model = Habits
        fields = [
            "digest_hour",
            "digest_weekday",
            "quiet_from",
            "quiet_until",
            "paused_until",
            "follow_own",
        ]
        labels = {
            "digest_weekday": _("Day of the weekly digest"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "paused_until": _("No mail before"),
            "follow_own": _("Follow by itself what I write, comment on or am named in"),
        }
        help_texts = {
            "quiet_from": _("No mail arrives in these hours; leave both empty for none."),
            "paused_until": _("During a holiday, for instance; one digest awaits you afterwards."),
        }
        widgets = {
            "quiet_from": TimeInput(),
            "quiet_until": TimeInput(),
            "paused_until": DateInput(),
        }

    def clean_paused_until(self) -> date | None:
        day: date | None = self.cleaned_data["paused_until"]
        # A pause that is over says nothing any more.
        return day if day and day > timezone.localdate() else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("quiet_from"), given.get("quiet_until")
        if isinstance(start, time) != isinstance(end, time) and not (
            {"quiet_from", "quiet_until"} & set(self.errors)
        ):
            missing = "quiet_until" if start else "quiet_from"
            self.add_error(missing, ValidationError(_("Give both hours, or neither."), code="half"))
        elif start and start == end:
            self.add_error(
                "quiet_until",
                ValidationError(_("Quiet hours that end when they begin are none."), code="none"),
            )
        return given


class WaysForm(Dressed, forms.Form):
    """How a person wants to be told of each kind: one field a kind, named by its key."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "way_%s")
        chosen = dict(Choice.objects.filter(person=person).values_list("kind", "way"))
        self.base_fields = {  # type: ignore[misc]  # its fields are the kinds there are now
            kind.key: forms.ChoiceField(
                label=kind.label,
                choices=Way.choices,
                initial=chosen.get(kind.key, kind.default),
                required=False,
            )
            for kind in KINDS.values()
            if not kind.must
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A kind the form did not ask about (added meanwhile) stays as it was."""
        given = super().clean() or {}
        return {key: way for key, way in given.items() if way}

    @property
    def groups(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """(title, [(kind, its field or None when it must be told)])."""
        return [
            (
                group.title,
                [(kind, None if kind.must else self[kind.key]) for kind in group.kinds],
            )
            for group in by_app()
        ]
