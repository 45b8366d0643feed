"""The form of a hand-over: last day, who goes on, and what goes to somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.accounts.models import User
from mutirao.core.forms import DateInput, Dressed
from mutirao.network.models import Invitation, Membership

from ..queries import Held
from ..states import GIVEN

DESK = "desk"


class HandOverForm(Dressed, forms.Form):
    """`line_<key>` of each line says where it goes; empty: with everything else."""

    last_day = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        initial=timezone.localdate,
        help_text=_("It is included. To end the role at once, give yesterday."),
    )
    successor = forms.ChoiceField(label=_("Who goes on"))
    word = forms.CharField(
        label=_("A word to whoever goes on"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("What is under way, whom to ask, where papers lie. It stands on the sheet."),
    )

    def __init__(
        self,
        *args: Any,
        lines: list[Held],
        colleagues: list[Membership],
        invited: list[Invitation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {f"person-{item.person_id}": item.person for item in colleagues}
        self._invited = {f"invitation-{item.pk}": item for item in invited}
        people = [
            (f"person-{item.person_id}", f"{item.person} ({item.get_role_display()})")
            for item in colleagues
        ]
        desk = (DESK, _("nobody: the organisation's desk"))
        coming = [
            (key, _("%(person)s, once the invitation is accepted") % {"person": item.name})
            for key, item in self._invited.items()
        ]
        # Nobody is chosen beforehand: what somebody held must not pass by a careless click.
        self.fields["successor"].choices = [("", "–"), *people, *coming, desk]  # type: ignore[attr-defined]
        self.lines = [line for line in lines if line.kind in GIVEN]
        for line in self.lines:
            field = forms.ChoiceField(
                label=line.title,
                required=False,
                choices=[("", _("with everything else")), *people, desk],
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            self.fields[f"line_{line.key}"] = field

    def line_field(self, line: Held) -> forms.BoundField | None:
        name = f"line_{line.key}"
        return self[name] if name in self.fields else None

    def clean(self) -> dict[str, Any]:
        """`successor` and `newcomer` as records, and `apart`: key of a line → person or None."""
        cleaned = super().clean() or {}
        chosen = cleaned.pop("successor", "")
        cleaned["successor"] = self._people.get(chosen)
        cleaned["newcomer"] = self._invited.get(chosen)
        apart: dict[str, User | None] = {}
        for line in self.lines:
            wanted = cleaned.pop(f"line_{line.key}", "")
            if wanted:
                apart[line.key] = self._people.get(wanted)
        cleaned["apart"] = apart
        return cleaned
