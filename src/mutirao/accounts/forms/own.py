"""A person's own settings."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed
from mutirao.core.languages import LanguageChoices

from ..models import User

# Old names and fixed offsets, which know no summer time.
_NOT_PLACES = ("Etc", "US", "Brazil", "Canada", "Chile", "Mexico", "SystemV", "posix", "right")


def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """IANA zones as choices by continent: ("America", [("America/Lima", "Lima"), …])."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        continent, slash, place = name.partition("/")
        if slash and continent not in _NOT_PLACES:
            label = place.replace("_", " ").replace("/", ", ")
            groups.setdefault(continent, []).append((name, label))
    return list(groups.items())


class SettingsForm(Dressed, forms.ModelForm):
    """A person's own name, language and time zone."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=LanguageChoices,
        help_text=_("For what the platform writes to you. Every page can be read in all three."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times are shown in it, beside the local time of each event."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("How colleagues of the network see you.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _("the network's (%(zone)s)") % {"zone": settings.TIME_ZONE}
        self.fields["time_zone"].choices = [("", own), *time_zones()]  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
