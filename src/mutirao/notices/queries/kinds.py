"""The kinds of notices, and how each is to reach a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import KINDS, Kind

from ..models import Choice

# In the order of the work, not of the alphabet. An app not named here comes last, by its name.
TITLES = {
    "commitments": _("Commitments"),
    "plans": _("Work plans"),
    "meetings": _("Meetings and events"),
    "discussions": _("Discussions"),
    "assembly": _("Candidacies and votes"),
    "continuity": _("Hand-over and new terms"),
    "network": _("Members, mandates and people"),
    "registry": _("Imports and merges"),
    "reports": _("Reports"),
    "accounts": _("My account"),
    "notices": _("My account"),
}


@dataclass
class AppKinds:
    """The kinds of one app, under its title."""

    key: str
    title: Any
    kinds: list[Kind]


def app_of(kind: str) -> str:
    app = kind.partition(".")[0]
    return "accounts" if app == "notices" else app


def by_app() -> list[AppKinds]:
    """Every kind, grouped by what it is about."""
    groups = {app: AppKinds(app, title, []) for app, title in TITLES.items()}
    for kind in KINDS.values():
        app = app_of(kind.key)
        groups.setdefault(app, AppKinds(app, app.capitalize(), [])).kinds.append(kind)
    return [group for group in groups.values() if group.kinds]


def ways_of(kind: Kind, people: Iterable[int]) -> dict[int, str]:
    """How this kind is to reach each of `people`: only those who chose otherwise than default.

    What must be told reaches everybody as it is declared.
    """
    if kind.must:
        return {}
    return dict(
        Choice.objects.filter(kind=kind.key, person__in=set(people)).values_list("person", "way")
    )
