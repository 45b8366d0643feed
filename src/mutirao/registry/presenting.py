"""A preview as people read it: rows, cells and mistakes in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from mutirao.core.countries import country_name
from mutirao.core.templatetags.mutirao import day
from mutirao.network.models import Organisation
from mutirao.network.states import Kind, Office

from .columns import COLUMNS
from .messages import row_message
from .models import Import, ImportRow
from .sheets import column_letter
from .states import Mark

_DATES = ("admitted_on", "left_on", "starts_on", "ends_on")


@dataclass(frozen=True)
class Said:
    """One finding: where it is, what stands there, what is wrong with it."""

    letter: str
    heading: str
    value: str
    message: str
    note: bool

    @property
    def place(self) -> str:
        return " · ".join(part for part in (self.letter, self.heading) if part)

    def __str__(self) -> str:
        value = f" “{self.value}”" if self.value else ""
        return f"{self.place}{value}: {self.message}" if self.place else self.message


@dataclass(frozen=True)
class Shift:
    """One value before and after."""

    label: str
    before: str
    after: str


def findings_of(batch: Import, row: ImportRow) -> list[Said]:
    return [_said(batch, row, one) for one in row.findings]


def _said(batch: Import, row: ImportRow, finding: dict[str, Any]) -> Said:
    place = finding["column"]
    heading = value = letter = ""
    if place is not None:
        letter = column_letter(place)
        heading = batch.headings[place] if place < len(batch.headings) else ""
        value = row.cells[place][0] if place < len(row.cells) else ""
    params = dict(finding["params"])
    if "near" in params:
        near = params.pop("near")
        params["hint"] = " " + _("Did you mean “%(name)s”?") % {"name": near} if near else ""
    if finding["code"] in ("no_kind", "no_office"):
        choices = Kind if finding["code"] == "no_kind" else Office
        params["choices"] = ", ".join(str(choice.label) for choice in choices)
    for name in ("first", "last", "day"):
        if name in params:
            params[name] = day(date.fromisoformat(params[name]), "medium")
    message = row_message(finding["code"], params)
    return Said(letter, heading, value[:80], message, finding["note"])


def changes_of(batch: Import, row: ImportRow) -> list[Shift]:
    labels = {column.key: column.label for column in COLUMNS[batch.kind]}
    return [
        Shift(
            str(labels.get(change["key"], change["key"])),
            _shown(change["key"], change["before"]),
            _shown(change["key"], change["after"]),
        )
        for change in row.changes
    ]


def _shown(key: str, value: Any) -> str:
    if value in ("", None):
        return ""
    if key in _DATES:
        return str(day(date.fromisoformat(value), "medium"))
    if key == "kind":
        return str(Kind(value).label)
    if key == "office":
        return str(Office(value).label)
    if key == "country":
        return country_name(value)
    return str(value)


def present(batch: Import, rows: list[ImportRow]) -> None:
    """Give rows `said`, `shifts`, `options` (the candidates) and `found` (what it is about)."""
    wanted = {pk for row in rows for pk in row.candidates}
    if batch.kind == "organisations":
        wanted |= {row.target for row in rows if row.target}
    there = Organisation.objects.in_bulk(wanted)
    for row in rows:
        row.said = findings_of(batch, row)  # type: ignore[attr-defined]
        row.shifts = changes_of(batch, row)  # type: ignore[attr-defined]
        offered = [there[pk] for pk in row.candidates if pk in there]
        row.options = offered  # type: ignore[attr-defined]
        row.found = there.get(row.target or 0)  # type: ignore[attr-defined]


def what_happens(batch: Import, row: ImportRow) -> str:
    """A row's mistakes, or its changes, in one cell of text."""
    said = [str(one) for one in findings_of(batch, row)]
    if row.mark == Mark.CHANGED:
        said += [
            f"{one.label}: {one.before or '–'} → {one.after}" for one in changes_of(batch, row)
        ]
    return "; ".join(said)


def blocker_message(blocker: dict[str, Any]) -> str:
    """Why a row cannot be taken back."""
    words = {
        "gone": _("it is not there any more"),
        "merged": _("it was merged into another organisation"),
        "changed": _("it was changed since"),
        "built_upon": _("other records rest on it: %(what)s"),
    }
    what = plural_of(blocker["what"]) if "what" in blocker else ""
    return words[blocker["code"]] % {"what": what}


def plural_of(label: str) -> str:
    """What records of a model ("network.Member") are called, in the plural."""
    words = {
        "network.Member": _("admissions"),
        "network.Mandate": _("mandates"),
        "network.Membership": _("people acting for it"),
        "network.AgencyCity": _("links between agencies and cities"),
        "network.Suspension": _("suspensions"),
        "commitments.Commitment": _("commitments"),
        "meetings.Event": _("events"),
        "plans.Plan": _("plans"),
        "plans.Activity": _("activities"),
        "plans.ActivityOrganisation": _("activities it takes part in"),
        "reports.Report": _("reports"),
        "intake.Draft": _("documents brought in"),
        "discussions.Comment": _("comments"),
    }
    return words.get(label) or str(apps.get_model(label)._meta.verbose_name_plural)
