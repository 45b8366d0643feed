"""What every part of a report needs to know: for whom, in which language, as of when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.languages import OWN_NAMES
from mutirao.core.papers import blocks
from mutirao.core.papers.labels import labels
from mutirao.core.templatetags.mutirao import day
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.models import Membership, Organisation
from mutirao.network.states import Role

from ..models import Report
from ..states import Audience


def reader_for(audience: str) -> Actor:
    """Somebody who sees what this audience sees and nothing more: a visitor, or any member."""
    if audience == Audience.PUBLIC:
        return NOBODY
    return Actor(membership=Membership(role=Role.OBSERVER, organisation=Organisation()))


@dataclass(frozen=True)
class Frame:
    """One making of a report: `number` of the edition (0: a preview), `as_of` its moment."""

    report: Report
    language: str
    audience: str
    as_of: datetime
    number: int = 0

    @property
    def reader(self) -> Actor:
        return reader_for(self.audience)

    @property
    def today(self) -> date:
        return timezone.localdate(self.as_of)

    @property
    def last_day(self) -> date:
        """The day on which the term is looked at: today, or its last day once it is over."""
        return min(self.today, self.report.term.ends_on)

    def url(self, path: str) -> str:
        """An address that works from a sheet of paper too."""
        return settings.BASE_URL + path

    def here(self, anchor: str) -> str:
        """A part of this report's own page."""
        return f"{self.address}#{anchor}"

    def listed(self, name: str, **chosen: Any) -> str:
        """A list with these filters."""
        return self.url(f"{reverse(name)}?{urlencode(chosen)}")

    @property
    def address(self) -> str:
        if self.number:
            return self.url(reverse("reports:edition", args=[self.report.pk, self.number]))
        return self.url(self.report.get_absolute_url())

    @property
    def moment(self) -> str:
        """The moment in words, with its zone: "23 de noviembre de 2026, 14:05 (UTC-03)"."""
        local = timezone.localtime(self.as_of)
        zone = f"{local:%z}"
        return f"{day(self.as_of)}, {local:%H:%M} (UTC{zone[:3]})"

    @property
    def edition(self) -> str:
        return _("Edition %(number)s") % {"number": self.number} if self.number else _("Preview")

    def paper(
        self, cover: Iterable[tuple[str, str]], drawing: str, sections: Iterable[blocks.Block]
    ) -> dict[str, Any]:
        """The paper: a title page with `cover` facts over a `drawing`, then the sections."""
        report = self.report
        facts = [
            *cover,
            (_("Records as they stood"), self.moment),
            (_("Edition"), self.edition if self.number else _("preview, not an edition")),
            (_("Language"), OWN_NAMES[self.language]),
            (_("Address"), self.address),
        ]
        return {
            "format": blocks.FORMAT,
            "kind": "unit" if report.unit_id else "network",
            "language": self.language,
            "own": report.language,
            "title": report.title,
            "subtitle": f"{report.about} · {_('Term %(term)s') % {'term': report.term.code}}",
            "short": f"{report.about} {report.term.code} · {self.edition} · {day(self.as_of)}",
            "network": settings.NETWORK_NAME,
            "address": self.address,
            "contents": True,
            "labels": labels(),
            "facts": [[label, value] for label, value in facts if value],
            "cover": drawing,
            "has_cover": True,
            "sections": [part for part in sections if part["blocks"]],
        }


def share(part: int, whole: int) -> int:
    """Whole per cent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0
