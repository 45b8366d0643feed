"""The page on which two versions of one record stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutirao.core.conflicts import rows_of

from ..queries import latest_change


@dataclass(frozen=True)
class Place:
    """Where the record's form stands: what leads to it, and where dropping one's own leads.

    `trail` are the crumbs before it, (address, text, language of the text or ""). `sub` is the
    template of the section's navigation, `language` that of the record's texts.
    """

    trail: Sequence[tuple[str, str, str]]
    back: str
    sub: str = ""
    language: str = ""


def both_versions(
    request: HttpRequest, *, mine: BaseForm, theirs: BaseForm, record: Any, place: Place
) -> HttpResponse:
    """Both versions, field by field (409); nothing of either is lost until this person chooses.

    `mine` is the bound form that came too late, `theirs` an unbound one on `record` as it stands.
    The form of the page is sent to the address of this request, whose view reads it through
    `core.conflicts.settled`.
    """
    context = {
        "rows": rows_of(mine, theirs),
        "version": record.version,
        "last": latest_change(record),
        "place": place,
    }
    return render(request, "network/conflict.html", context, status=409)
