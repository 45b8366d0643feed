"""What the templates of the review are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from mutirao.core.countries import country_choices
from mutirao.intake.models import Draft

from . import page
from .check import Checked, differences
from .content import Content, counts, undecided
from .forms import FORMS, HeadForm, LineForm, bound_head, shown
from .options import Options, named_elsewhere


def review_context(
    request: Any, draft: Draft, content: Content, options: Options, checked: Checked
) -> dict[str, Any]:
    """Everything the review page shows. `request` is read for its address and actor only."""
    reading = draft.reading or {}
    head = content["head"]
    sections = page.sections(content, request.GET, checked)
    _focus(sections, request.GET.get("new", ""))
    form = (
        bound_head(head, options, request.actor)
        if "head" in checked.forms
        else HeadForm(initial=head, prefix="head", options=options, actor=request.actor)
    )
    return {
        "draft": draft,
        "head": form,
        "reading": reading,
        "year_missing": _year_missing(reading, options),
        "elsewhere": named_elsewhere(reading, options),
        "sections": sections,
        "lines": Lines(content, request.GET.get("line")),
        "document": page.document(draft.lines or [], reading, content),
        "private": page.private(reading),
        "counts": counts(content),
        "undecided": len(undecided(content)),
        "suggested": sum(bool(part.get("suggested")) for part in content["activities"]),
        "faults": list(_faults(checked, content)),
        "countries": [name for _code, name in country_choices()],
        "page_token": uuid4().hex,
    }


def _focus(sections: list[page.Section], new: str) -> None:
    """A part that was just added is the one to type in."""
    for card in (card for section in sections for card in section.cards if card.id == new):
        field = card.form.fields["title" if card.kind == "event" else "text"]
        field.widget.attrs["autofocus"] = True


def conflict_context(
    request: Any, current: Draft, typed: Content, options: Options
) -> dict[str, Any]:
    """The page with what this person typed, beside what somebody else saved meanwhile."""
    saved = current.content if current.edited is not None else typed
    context = review_context(request, current, typed, options, Checked())
    rows = list(differences(saved, typed))
    names = page.names(typed) | page.names(saved)
    return context | {
        "conflict": True,
        "conflict_by": saved.get("saved", {}).get("by", ""),
        "differences": [_difference(row, names) for row in rows[:40]],
        "more_differences": max(0, len(rows) - 40),
    }


def _difference(row: Any, names: dict[str, str]) -> dict[str, str]:
    label = _label(row["part"], row["field"])
    return {
        "where": names.get(row["part"], ""),
        "link": row["part"],
        "field": label,
        "saved": _words(row["saved"], names),
        "typed": _words(row["typed"], names),
    }


def _label(part: str, field: str) -> str:
    if field == "removed":
        return _("Removed")
    kinds = {"a": "axis", "t": "activity", "e": "event", "l": "line"}
    form = HeadForm if part == "head" else FORMS[kinds[part[0]]]
    return str(form.base_fields[field].label) if field in form.base_fields else field


def _words(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(names.get(item, str(item)) for item in value)
    return str(value or "–")


def _year_missing(reading: dict[str, Any], options: Options) -> int | None:
    """The year the document names when no term of that year can be chosen."""
    year = reading.get("year")
    return None if year is None or year in [term.year for term in options.terms] else year


def _faults(checked: Checked, content: Content) -> Iterator[dict[str, str]]:
    """The list at the top of the page: each fault with a link, to another page if need be."""
    places, names = page.where(content), page.names(content)
    for fault in checked.faults:
        label = " · ".join(text for text in (names.get(fault.part, ""), fault.label) if text)
        link = f"{page.query(places.get(fault.part))}#{fault.field_id}"
        yield {"link": link, "label": label, "message": fault.message}


class Lines:
    """The lines that were not understood, one page of them, each with its choice."""

    def __init__(self, content: Content, asked: str | None) -> None:
        self.all = content["undecided"]
        self.page = Paginator(self.all, page.PER_PAGE).get_page(asked)
        self.open = undecided(content)
        self.cards = [self._card(part, content) for part in self.page.object_list]

    @staticmethod
    def _card(part: dict[str, Any], content: Content) -> dict[str, Any]:
        form = LineForm(initial=shown("line", part), prefix=part["id"])
        names = page.names(content) if part["placed"] else {}
        return {
            "part": part,
            "form": form,
            "lines": page.ranges(part["lines"]),
            "first_line": min(part["lines"]),
            "made": names.get(part["placed"], ""),
        }
