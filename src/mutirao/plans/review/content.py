"""What a person reviews: the reading, as lists of parts that can be corrected one by one.

The content is plain JSON, kept in the draft while it is being corrected:

    {"head": {"unit", "term", "presented_by", "title", "language", "introduction"},
     "axes": [{"id": "a1", "kind", "number", "text", "lines": [3, 4], "removed": false}],
     "activities": [{"id": "t1", "number", "title", "text", "axes": ["a1"], "suggested": [], …}],
     "events": [{"id": "e1", "title", "start", "end", "month", "date_confirmed", "place",
                 "country", "description", "role", …}],
     "undecided": [{"id": "l12", "text", "choice", "placed": "t6", "lines": [12]}],
     "next": 7}

Values are kept as they were typed, right or wrong; `forms` says what is wrong with them.
Nothing is ever taken out: what is removed is marked, and can be brought back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Content = dict[str, Any]
Part = dict[str, Any]

LISTS = {"axis": "axes", "activity": "activities", "event": "events", "line": "undecided"}
PREFIX = {"axis": "a", "activity": "t", "event": "e", "line": "l"}
AXIS_KINDS = {"axes": "action", "work_axes": "work"}
# What a line that was not understood may be made into, besides "note" and "leave_out".
MADE_INTO = {
    "action": "axis",
    "work": "axis",
    "objective": "axis",
    "activity": "activity",
    "event": "event",
}
EMPTY: dict[str, Part] = {
    "axis": {"kind": "action", "number": "", "text": ""},
    "activity": {"number": "", "title": "", "text": "", "axes": [], "suggested": []},
    "event": {
        "title": "",
        "start": "",
        "end": "",
        "month": "",
        "date_confirmed": False,
        "place": "",
        "country": "",
        "description": "",
        "role": "",
    },
}


def from_reading(reading: Mapping[str, Any]) -> Content:
    """The content as the reader left it; the same reading always gives the same content."""
    content: Content = {"axes": _axes(reading), "activities": [], "events": [], "next": 1}
    content["activities"] = _activities(reading, content["axes"])
    for n, event in enumerate(reading.get("events") or [], 1):
        values: Part = {key: _plain(event.get(key)) for key in EMPTY["event"]}
        values["date_confirmed"] = bool(event.get("date_confirmed"))
        content["events"].append(_part(f"e{n}", event["lines"], values))
    content["undecided"] = _undecided(reading)
    content["head"] = {
        "unit": "",
        "term": "",
        "presented_by": "",
        "title": _plain(reading.get("title")),
        "language": reading.get("language") or "pt",
        "introduction": "\n\n".join(_others(reading, "presentation")),
    }
    content["next"] = 1 + max(len(content[name]) for name in ("axes", "activities", "events"))
    return content


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()


def _part(identity: str, lines: list[int], values: Part) -> Part:
    return {"id": identity, **values, "lines": list(lines), "removed": False}


def _others(reading: Mapping[str, Any], kind: str) -> list[str]:
    return [part["text"] for part in reading.get("other") or [] if part["kind"] == kind]


def _axes(reading: Mapping[str, Any]) -> list[Part]:
    found = [(kind, item) for name, kind in AXIS_KINDS.items() for item in reading.get(name) or []]
    found += [("objective", o) for o in reading.get("other") or [] if o["kind"] == "objective"]
    return [
        _part(
            f"a{n}",
            item["lines"],
            {"kind": kind, "number": _plain(item.get("number"))[:12], "text": item["text"]},
        )
        for n, (kind, item) in enumerate(found, 1)
    ]


def _activities(reading: Mapping[str, Any], axes: list[Part]) -> list[Part]:
    """Activities serve no axis until a person says so; the document's own grouping is offered."""
    start = {"axes": 0, "work_axes": len(reading.get("axes") or [])}
    suggested = {
        pair["activity"]: axes[start.get(pair.get("list") or "axes", 0) + pair["axis"]]["id"]
        for pair in reading.get("activity_axes") or []
    }
    return [
        _part(
            f"t{n + 1}",
            item["lines"],
            {
                "number": _plain(item.get("number"))[:12],
                "title": "",
                "text": item["text"],
                "axes": [],
                "suggested": [suggested[n]] if n in suggested else [],
            },
        )
        for n, item in enumerate(reading.get("activities") or [])
    ]


def _undecided(reading: Mapping[str, Any]) -> list[Part]:
    """Lines that found no place; the pieces of one broken paragraph stand together."""
    found: list[Part] = []
    for item in reading.get("not_understood") or []:
        last = found[-1] if found else None
        if last and last["text"] == item["text"] and last["lines"][-1] == item["line"] - 1:
            last["lines"].append(item["line"])
            continue
        values = {"text": item["text"], "choice": "", "placed": ""}
        found.append(_part(f"l{item['line']}", [item["line"]], values))
    return found


def kept(content: Content, name: str) -> list[Part]:
    """The parts of a list ("axes", "activities", "events") that go into the plan.

    A part that was added and never filled in is left out.
    """
    return [part for part in content[name] if not part["removed"] and not is_blank(part)]


def is_blank(part: Part) -> bool:
    """Added by hand and never filled in."""
    typed = ("text", "title", "number", "start", "end", "month", "place", "description")
    return not part["lines"] and not any(_plain(part.get(name)) for name in typed)


def undecided(content: Content) -> list[Part]:
    """The lines nobody has decided about yet."""
    return [part for part in content["undecided"] if not part["choice"]]


def counts(content: Content) -> dict[str, int]:
    """How many of each the plan will have, and how many lines are still to be decided."""
    axes = kept(content, "axes")
    return {
        "action": sum(axis["kind"] == "action" for axis in axes),
        "work": sum(axis["kind"] == "work" for axis in axes),
        "objective": sum(axis["kind"] == "objective" for axis in axes),
        "activities": len(kept(content, "activities")),
        "events": len(kept(content, "events")),
        "undecided": len(undecided(content)),
    }


def find(content: Content, identity: str) -> tuple[list[Part], int]:
    """The list a part stands in and its place there. Raises KeyError."""
    for name in LISTS.values():
        for place, part in enumerate(content[name]):
            if part["id"] == identity:
                return content[name], place
    raise KeyError(identity)


def placed_lines(content: Content) -> Iterator[tuple[str, Part]]:
    """Every part that stands in the plan, with what it is, in the order of the plan."""
    for axis in content["axes"]:
        yield axis["kind"], axis
    for activity in content["activities"]:
        yield "activity", activity
    for event in content["events"]:
        yield "event", event
