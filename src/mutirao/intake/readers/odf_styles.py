"""Styles and lists of an OpenDocument text."""

import re
from dataclasses import dataclass
from typing import Any

from .numbering import Counters, painted

HEADING = re.compile(r"^(?:Heading|T[íi]tulo|Encabezado)(?:_20_|\s)*(\d)$", re.I)


def local(node: Any) -> str:
    """Name of an element without its namespace; "" for comments and for nothing."""
    if node is None or not isinstance(node.tag, str):
        return ""
    return str(node.tag.rsplit("}", 1)[-1])


def attribute(node: Any, name: str) -> str | None:
    """An attribute by its local name (ODF names are unique enough across its namespaces)."""
    return next((v for k, v in node.attrib.items() if k.rsplit("}", 1)[-1] == name), None)


@dataclass(slots=True)
class OdfStyle:
    """What a paragraph style gives."""

    heading: int | None = None
    bold: bool = False
    indent: float = 0.0
    listing: str | None = None


@dataclass(slots=True)
class OdfLevel:
    """One level of a list style; `format` "•" paints a bullet, "" nothing."""

    format: str
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1

    def paint(self, level: int, counters: Counters, rules: dict[int, "OdfLevel"]) -> str:
        if self.format == "•":
            return "•"
        if not self.format:
            return ""
        first = max(0, level - self.shown + 1)
        numbers = [
            painted(counters.values.get(i, 1), rules[i].format if i in rules else "1")
            for i in range(first, level + 1)
        ]
        return f"{self.prefix}{'.'.join(numbers)}{self.suffix}".strip()


class OdfStyles:
    """Looks up styles of content.xml before those of styles.xml."""

    def __init__(self, content: Any, common: Any) -> None:
        self._nodes: dict[tuple[str, str], Any] = {}
        self.lists: dict[str, dict[int, OdfLevel]] = {}
        self.outline: dict[int, OdfLevel] = {}
        for root in (common, content):
            if root is not None:
                self._collect(root)

    def _collect(self, root: Any) -> None:
        for node in root.iter():
            name = local(node)
            if name == "style":
                self._nodes[(attribute(node, "family") or "", attribute(node, "name") or "")] = node
            elif name == "list-style":
                self.lists[attribute(node, "name") or ""] = _levels(node)
            elif name == "outline-style":
                self.outline = _levels(node)

    def paragraph(self, name: str | None) -> OdfStyle:
        style = OdfStyle()
        for node in reversed(self._chain("paragraph", name)):
            self._apply(style, node)
        return style

    def _chain(self, family: str, name: str | None) -> list[Any]:
        """The style and those it derives from, nearest first."""
        chain: list[Any] = []
        while name and len(chain) < 12 and (node := self._nodes.get((family, name))) is not None:
            chain.append(node)
            name = attribute(node, "parent-style-name")
        return chain

    def _apply(self, style: OdfStyle, node: Any) -> None:
        shown = attribute(node, "display-name") or attribute(node, "name") or ""
        if found := HEADING.match(shown):
            style.heading = int(found.group(1))
        elif shown in {"Title", "Título", "Titulo"}:
            style.heading = 0
        if listing := attribute(node, "list-style-name"):
            style.listing = listing
        for part in node:
            if local(part) == "text-properties" and (weight := attribute(part, "font-weight")):
                style.bold = weight in {"bold", "600", "700", "800", "900"}
            if local(part) == "paragraph-properties" and (margin := attribute(part, "margin-left")):
                style.indent = _centimetres(margin)

    def list_of_paragraph(self, name: str | None) -> str | None:
        return self.paragraph(name).listing

    def text_bold(self, name: str | None) -> bool:
        for node in self._chain("text", name):
            for part in node:
                if local(part) == "text-properties" and (weight := attribute(part, "font-weight")):
                    return weight in {"bold", "600", "700", "800", "900"}
        return (name or "").lower().startswith("strong")


def _levels(node: Any) -> dict[int, OdfLevel]:
    levels: dict[int, OdfLevel] = {}
    for part in node:
        index = int(attribute(part, "level") or 1) - 1
        if local(part) in {"list-level-style-number", "outline-level-style"}:
            levels[index] = OdfLevel(
                attribute(part, "num-format") or "",
                attribute(part, "num-prefix") or "",
                attribute(part, "num-suffix") or "",
                int(attribute(part, "start-value") or 1),
                int(attribute(part, "display-levels") or 1),
            )
        elif local(part) in {"list-level-style-bullet", "list-level-style-image"}:
            levels[index] = OdfLevel("•")
    return levels


def _centimetres(text: str) -> float:
    found = re.match(r"(-?[\d.]+)(cm|mm|in|pt)?", text)
    factor = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353}
    return (
        round(float(found.group(1)) * factor.get(found.group(2) or "cm", 1.0), 2) if found else 0.0
    )
