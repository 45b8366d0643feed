"""What the buttons of the review do to its content. Pure: content in, new content out."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from .content import EMPTY, LISTS, MADE_INTO, PREFIX, Content, Part, find

_ID = re.compile(r"^[a-z]\d{1,6}$")


def step(content: Content, do: str) -> tuple[Content, str]:
    """Apply what a button says ("add-activity", "up-a3", "place" …).

    Returns the new content and the id of the part to look at next ("" for none). An order that
    is not known, or about a part that is not there, changes nothing.
    """
    content = deepcopy(content)
    verb, _dash, about = do.partition("-")
    if verb in _ON_A_PART and _ID.match(about):
        try:
            return content, _ON_A_PART[verb](content, about)
        except KeyError:
            return content, ""
    if verb == "add":
        return content, _add(content, about)
    if verb == "place":
        return content, place(content)
    if verb == "group":
        return content, _group(content)
    return content, ""


def new_part(content: Content, what: str, values: Part | None = None) -> Part:
    """Append an empty part of a kind ("axis", "activity", "event") and return it."""
    identity = f"{PREFIX[what]}{content['next']}"
    content["next"] += 1
    part = {"id": identity, **deepcopy(EMPTY[what]), "lines": [], "removed": False}
    part |= values or {}
    content[LISTS[what]].append(part)
    return part


def _add(content: Content, what: str) -> str:
    kind = MADE_INTO.get(what)
    if kind is None:
        return ""
    values = {"kind": what} if kind == "axis" else {}
    return new_part(content, kind, values)["id"]


def _remove(content: Content, identity: str) -> str:
    parts, at = find(content, identity)
    parts[at]["removed"] = True
    return identity


def _restore(content: Content, identity: str) -> str:
    parts, at = find(content, identity)
    parts[at]["removed"] = False
    return identity


def _neighbour(parts: list[Part], at: int, way: int) -> int | None:
    """The nearest part before or after that stands in the same list on the page."""
    places = range(at - 1, -1, -1) if way < 0 else range(at + 1, len(parts))
    same = parts[at].get("kind")
    alike = (n for n in places if parts[n].get("kind") == same and not parts[n].get("joined"))
    return next(alike, None)


def _swap(content: Content, identity: str, way: int) -> str:
    parts, at = find(content, identity)
    other = _neighbour(parts, at, way)
    if other is not None:
        parts[at], parts[other] = parts[other], parts[at]
    return identity


def _join(content: Content, identity: str) -> str:
    """Join a part with the one above: two halves of one paragraph."""
    parts, at = find(content, identity)
    above = at
    while (found := _neighbour(parts, above, -1)) is not None and parts[found]["removed"]:
        above = found
    if found is None or identity[0] not in "at":
        return identity
    first, second = parts[found], parts[at]
    second["removed"] = second["joined"] = True  # kept: another page may still be writing in it
    first["text"] = f"{first['text'].rstrip()} {second['text'].lstrip()}".strip()
    first["lines"] = sorted({*first["lines"], *second["lines"]})
    second["lines"] = []
    if "axes" in first:
        first["axes"] = list(dict.fromkeys([*first["axes"], *second["axes"]]))
    else:
        _serve_instead(content, second["id"], first["id"])
    return first["id"]


def _serve_instead(content: Content, old: str, new: str) -> None:
    """Activities that served the axis `old` serve `new`, which took it up."""
    for activity in content["activities"]:
        for name in ("axes", "suggested"):
            swapped = [new if axis == old else axis for axis in activity[name]]
            activity[name] = list(dict.fromkeys(swapped))


def _reopen(content: Content, identity: str) -> str:
    """A line whose decision is taken back; the part made of it, if any, is marked removed."""
    parts, at = find(content, identity)
    line = parts[at]
    if line["placed"] == "head":
        paragraphs = content["head"]["introduction"].split("\n\n")
        kept = [text for text in paragraphs if text.strip() != line["text"].strip()]
        content["head"]["introduction"] = "\n\n".join(kept)
    elif line["placed"]:
        _remove(content, line["placed"])
    line["choice"] = line["placed"] = ""
    return identity


def _group(content: Content) -> str:
    """Take over the axes under which the document itself put its activities."""
    for activity in content["activities"]:
        activity["axes"] = list(dict.fromkeys([*activity["axes"], *activity["suggested"]]))
        activity["suggested"] = []
    return ""


def place(content: Content) -> str:
    """Make of each decided line what the person said it is; returns the last part made."""
    made = ""
    for line in content["undecided"]:
        if line["placed"] or not line["choice"]:
            continue
        if line["choice"] == "introduction":
            head = content["head"]
            head["introduction"] = f"{head['introduction']}\n\n{line['text']}".strip()
            line["placed"] = "head"
        elif line["choice"] in MADE_INTO:
            made = line["placed"] = _made_of(content, line)["id"]
    return made


def _made_of(content: Content, line: Part) -> Part:
    kind = MADE_INTO[line["choice"]]
    values: Part = {"lines": list(line["lines"])}
    values["title" if kind == "event" else "text"] = line["text"]
    if kind == "axis":
        values["kind"] = line["choice"]
    return new_part(content, kind, values)


_ON_A_PART: dict[str, Callable[[Content, str], str]] = {
    "remove": _remove,
    "restore": _restore,
    "up": lambda content, identity: _swap(content, identity, -1),
    "down": lambda content, identity: _swap(content, identity, 1),
    "join": _join,
    "reopen": _reopen,
}
