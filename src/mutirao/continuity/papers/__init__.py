"""The sheet of a hand-over, on a page and as PDF/UA: the same content for both."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mutirao.core.gateways.typesetting import compile_pdf
from mutirao.core.languages import DJANGO_CODES, local
from mutirao.core.templatetags.mutirao import day

from ..models import HandOver
from ..states import Kept


def groups_of(done: HandOver) -> list[dict[str, Any]]:
    """The sheet's lines under their headings, in the reader's words.

    Each group has `heading` and `lines`: title, language, facts (a text), steps, to.
    """
    groups = []
    by_kind = {kind: list(lines) for kind, lines in groupby(done.sheet, key=lambda x: x["kind"])}
    for kind in Kept:
        lines = by_kind.get(kind.value, [])
        if lines or kind == Kept.AGREEMENT:
            rows = [_line(line) for line in lines]
            groups.append({"heading": str(kind.label), "kind": kind.value, "lines": rows})
    return groups


def _line(line: dict[str, Any]) -> dict[str, Any]:
    detail = line["detail"]
    facts = []
    if detail.get("due_on"):
        facts.append(_("due on %(day)s") % {"day": _day(detail["due_on"])})
    if detail.get("late"):
        facts.append(_("late"))
    if detail.get("progress"):
        facts.append(f"{detail['progress']} %")
    if detail.get("on"):
        facts.append(_day(detail["on"]))
    if detail.get("unit"):
        facts.append(local(detail["unit"]))
    return {
        "title": line["title"],
        "language": line["language"],
        "facts": " · ".join(facts),
        "steps": detail.get("steps", []),
        "to": line["to_name"] or _("the organisation's desk"),
        "kind": line["kind"],
        "id": line["id"],
    }


def _day(value: str) -> str:
    return day(date.fromisoformat(value), "medium")


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "handover.typ").read_text(encoding="utf-8")


def as_pdf(done: HandOver, *, language: str) -> bytes:
    """A PDF/UA-1 of the sheet, labelled in `language` (pt, es, en)."""
    with override(DJANGO_CODES[language]):
        title = _("Hand-over: %(person)s") % {"person": done.person}
        data = {
            "network": settings.NETWORK_NAME,
            "subtitle": str(done.organisation),
            "made": _("As it was handed over on %(day)s") % {"day": day(done.done_at, "long")},
            "address": settings.BASE_URL + done.get_absolute_url(),
            "facts": _facts(done),
            "word": [part for part in done.word.split("\n") if part.strip()],
            "groups": groups_of(done),
            "labels": {
                "word": _("A word to whoever goes on"),
                "what": _("What"),
                "to": _("Who goes on"),
                "steps": _("Steps still to do"),
                "none": _("Nothing."),
                "page": _("Page"),
            },
        }
    return compile_pdf(_template(), data, language=language, title=title, made_at=done.done_at)


def _facts(done: HandOver) -> list[list[str]]:
    to = str(done.successor) if done.successor else _("the organisation's desk")
    rows = [
        (_("Organisation"), str(done.organisation)),
        (_("Last day"), day(done.last_day, "long")),
        (_("Who goes on"), to),
        (_("Registered by"), str(done.done_by) if done.done_by else ""),
    ]
    if done.follows:
        followed = ngettext("%(number)d record", "%(number)d records", done.follows)
        rows.append((_("Followed"), followed % {"number": done.follows}))
    return [[str(label), str(value)] for label, value in rows if value]
