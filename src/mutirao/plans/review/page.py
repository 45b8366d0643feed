"""The review as its page shows it: sections of parts on one side, the document on the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..states import AxisKind
from .check import Checked
from .content import Content, Part
from .forms import FORMS, PartForm, bound, shown

PER_PAGE = 25  # parts of one list on a page: a form of 300 is slow to fill and slow to send
LIST_KEYS = ("action", "work", "objective", "activity", "event", "line")
LOOKS = {
    "action": "action",
    "work": "work",
    "objective": "objective",
    "activity": "activity",
    "event": "event",
    "presentation": "intro",
    "introduction": "intro",
    "title": "head",
    "heading": "head",
    "signature": "private",
}


@dataclass
class Card:
    """One part with its form; `place` is its position in its list, from 1."""

    kind: str
    part: Part
    legend: str
    look: str
    lines: str
    first_line: int | None
    form: PartForm
    serves: str = ""

    @property
    def id(self) -> str:
        return str(self.part["id"])


@dataclass
class Section:
    """One list of the review; `key` names it in the address, `add` in the button that adds."""

    key: str
    kind: str
    title: str
    look: str
    add: str
    total: int
    page: Page
    cards: list[Card]


def ranges(numbers: Iterable[int]) -> str:
    """Line numbers as people write them: [3, 4, 5, 9] → "3–5, 9"."""
    parts = []
    for _key, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        found = [number for _n, number in run]
        parts.append(str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}")
    return ", ".join(parts)


def called(kind: str, part: Part, place: int) -> str:
    """What a part is called on the page: "Axis II", "Activity 3"."""
    number = part.get("number") or place
    words = {
        "action": _("Axis of action %(number)s"),
        "work": _("Work axis %(number)s"),
        "objective": _("Objective %(number)s"),
        "activity": _("Activity %(number)s"),
        "event": _("Event %(number)s"),
    }
    return words[kind] % {"number": number}


def _titles() -> dict[str, str]:
    return {
        "action": _("Axes of action"),
        "work": _("Work axes"),
        "objective": _("Objectives"),
        "activity": _("Activities"),
        "event": _("Calendar"),
    }


def groups(content: Content) -> dict[str, list[Part]]:
    """The parts as the page groups them; what was joined to another shows no more."""
    found: dict[str, list[Part]] = {kind: [] for kind in AxisKind.values}
    for axis in content["axes"]:
        if not axis.get("joined"):
            found.setdefault(axis["kind"], []).append(axis)
    activities = [part for part in content["activities"] if not part.get("joined")]
    return found | {"activity": activities, "event": content["events"]}


def axis_choices(content: Content) -> list[tuple[str, str]]:
    """(id, words) of every axis an activity may serve."""
    choices = []
    for kind in AxisKind.values:
        for place, axis in enumerate(groups(content)[kind], 1):
            if not axis["removed"]:
                name = called(kind, axis, place)
                choices.append((axis["id"], f"{name} – {_short(axis['text'])}"))
    return choices


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def sections(content: Content, asked: Mapping[str, str], checked: Checked) -> list[Section]:
    """Every list with the page of it that the address asks for."""
    axes = axis_choices(content)
    return [
        _section(kind, parts, asked.get(kind), axes, checked)
        for kind, parts in groups(content).items()
    ]


def _section(
    kind: str,
    parts: list[Part],
    asked: str | None,
    axes: list[tuple[str, str]],
    checked: Checked,
) -> Section:
    page = Paginator(parts, PER_PAGE).get_page(asked)
    form_kind = kind if kind in FORMS else "axis"
    cards = [
        _card(kind, form_kind, part, place, axes, checked)
        for place, part in enumerate(page.object_list, page.start_index())
    ]
    total = sum(not part["removed"] for part in parts)
    return Section(kind, form_kind, _titles()[kind], LOOKS[kind], kind, total, page, cards)


def _card(
    kind: str,
    form_kind: str,
    part: Part,
    place: int,
    axes: list[tuple[str, str]],
    checked: Checked,
) -> Card:
    options = {"axes": axes} if kind == "activity" else {}
    form = (
        bound(form_kind, part, axes)
        if part["id"] in checked.forms
        else FORMS[form_kind](initial=shown(form_kind, part), prefix=part["id"], **options)
    )
    lines = part["lines"]
    return Card(
        kind=kind,
        part=part,
        legend=called(kind, part, place),
        look=LOOKS[kind],
        lines=ranges(lines),
        first_line=min(lines, default=None),
        form=form,
        serves=_serves(part, axes) if kind == "activity" else "",
    )


def _serves(part: Part, axes: list[tuple[str, str]]) -> str:
    chosen = [label.split(" – ")[0] for identity, label in axes if identity in part["axes"]]
    return ", ".join(chosen)


def names(content: Content) -> dict[str, str]:
    """What each part is called on the page."""
    found = {"head": _("The plan")}
    for kind, parts in groups(content).items():
        for place, part in enumerate(parts, 1):
            found[part["id"]] = called(kind, part, place)
    for line in content["undecided"]:
        found[line["id"]] = _("Line %(number)s") % {"number": ranges(line["lines"])}
    return found


def where(content: Content) -> dict[str, tuple[str, int]]:
    """For each part, the list it stands in and the page of that list."""
    lists = groups(content) | {"line": content["undecided"]}
    return {
        part["id"]: (key, place // PER_PAGE + 1)
        for key, parts in lists.items()
        for place, part in enumerate(parts)
    }


def query(place: tuple[str, int] | None) -> str:
    """The query string of that page ("" for the first one)."""
    return f"?{place[0]}={place[1]}" if place and place[1] > 1 else ""


@dataclass
class Shown:
    """One line of the document and what became of it; `tag` stands at the first of a part."""

    number: int
    text: str
    look: str = ""
    tag: str = ""
    link: str = ""
    page: int | None = None


def document(
    lines: list[dict[str, Any]], reading: Mapping[str, Any], content: Content
) -> list[Shown]:
    """The document's lines, each marked with the part it became."""
    marks = dict(_marks(reading, content))
    found, last_page = [], None
    for line in lines:
        look, tag, link = marks.get(line["number"], ("", "", ""))
        page = line.get("page")
        new_page = page if page and page != last_page else None
        last_page = page
        found.append(Shown(line["number"], line["text"], look, tag, link, new_page))
    return found


def _marks(
    reading: Mapping[str, Any], content: Content
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(line, (look, words, link)); a later mark of the same line wins."""
    other_words = {
        "presentation": (pgettext("line of a document", "introduction"), "#head"),
        "title": (pgettext("line of a document", "title"), "#head"),
        "heading": ("", ""),
        "signature": (pgettext("line of a document", "not published"), "#private"),
    }
    for part in reading.get("other") or []:
        words, link = other_words.get(part["kind"], ("", ""))
        yield from _each(part["lines"], LOOKS.get(part["kind"], ""), words, link)
    pages = where(content)
    for line in content["undecided"]:
        yield from _line_marks(line, pages)
    for kind, parts in groups(content).items():
        for place, part in enumerate(parts, 1):
            link = f"{query(pages.get(part['id']))}#{part['id']}"
            look, words = LOOKS[kind], called(kind, part, place)
            if part["removed"]:
                look, words = "out", pgettext("line of a document", "removed")
            yield from _each(part["lines"], look, words, link)


def _line_marks(
    line: Part, pages: Mapping[str, tuple[str, int]]
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    link = f"{query(pages.get(line['id']))}#{line['id']}"
    looks = {
        "": ("wait", pgettext("line of a document", "to be decided")),
        "note": ("head", pgettext("line of a document", "note")),
        "leave_out": ("out", pgettext("line of a document", "left out")),
        "introduction": ("intro", pgettext("line of a document", "introduction")),
    }
    look, words = looks.get(line["choice"], looks[""])
    yield from _each(line["lines"], look, words, link)


def _each(
    lines: list[int], look: str, words: str, link: str
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """The words stand once, at the first line."""
    for n, line in enumerate(sorted(lines)):
        yield line, (look, "" if n else words, link)


def private(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Contacts and signatures: recognised, and never published."""
    return [
        {"text": part["text"], "lines": ranges(part["lines"]), "first": min(part["lines"])}
        for part in reading.get("other") or []
        if part["kind"] == "signature" and part["lines"]
    ]
