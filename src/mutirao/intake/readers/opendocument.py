"""OpenDocument texts (.odt, OASIS ODF 1.3) -> lines.

Tracked deletions live apart in ODF and are not read; notes, text boxes, headers and footers are.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .archive import Archive
from .errors import UnreadableDocument
from .model import Line
from .numbering import Counters
from .odf_styles import OdfStyles, attribute, local

CONTAINERS = {
    "section",
    "text-box",
    "index-body",
    "table-of-content",
    "frame",
    "g",
    "bibliography",
    "illustration-index",
}
MAX_REPEAT = 64  # a repeated empty column is layout; no plan has more columns than this


def read_opendocument(data: bytes, name: str) -> list[Line]:
    """Lines of an .odt; raises UnreadableDocument damaged, zip_bomb or encrypted."""
    archive = Archive(data, name)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise UnreadableDocument("encrypted", name=name)
    return _OdtReader(archive).read()


class _OdtReader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.content = archive.xml("content.xml")
        common = archive.xml("styles.xml") if "styles.xml" in archive.names else None
        self.common = common
        self.styles = OdfStyles(self.content, common)
        self.lines: list[Line] = []
        self.notes: list[Any] = []
        self.tables = 0
        self.lists: dict[str, Counters] = {}
        self.outline = Counters()
        self.last_list: dict[str, Counters] = {}

    def read(self) -> list[Line]:
        body = next(
            (
                n
                for n in self.content.iter()
                if local(n) == "text" and local(n.getparent()) == "body"
            ),
            None,
        )
        if body is None:
            raise UnreadableDocument("damaged", name=self.archive.name, part="office:text")
        self._blocks(body)
        self._furniture()
        return self.lines

    def _add(self, line: Line) -> None:
        self.lines.append(replace(line, number=len(self.lines) + 1))

    def _blocks(self, node: Any) -> None:
        for item in node:
            name = local(item)
            if name in {"p", "h"}:
                self._paragraph(item, None, 0)
            elif name == "list":
                self._list(item, None, 0, None)
            elif name == "table":
                self._table(item)
            elif name in CONTAINERS:
                self._blocks(item)

    def _paragraph(self, node: Any, label: str | None, level: int) -> None:
        text, boxes = self._text(node)
        style = self.styles.paragraph(attribute(node, "style-name"))
        heading = style.heading
        if local(node) == "h":
            heading = int(attribute(node, "outline-level") or 1)
            label = label or self._outline_label(heading)
        bold = style.bold or self._all_bold(node)
        if text.strip():
            self._add(
                Line(
                    0,
                    text.strip(),
                    heading=heading,
                    label=label,
                    level=level,
                    bold=bold,
                    indent=style.indent,
                )
            )
        for box in boxes:
            self._blocks(box)

    def _outline_label(self, heading: int) -> str | None:
        rule = self.styles.outline.get(heading - 1)
        if rule is None or not rule.format:
            return None
        self.outline.step(heading - 1, rule.start, {})
        return rule.paint(heading - 1, self.outline, self.styles.outline) or None

    def _list(self, node: Any, style: str | None, level: int, counters: Counters | None) -> None:
        style = attribute(node, "style-name") or style
        if counters is None:
            counters = self._counters(node, style)
        for item in node:
            if local(item) not in {"list-item", "list-header"}:
                continue
            self._list_item(item, style, level, counters)

    def _counters(self, node: Any, style: str | None) -> Counters:
        """A new list counts from one unless it says that it continues another."""
        goes_on = attribute(node, "continue-numbering") == "true"
        earlier = self.lists.get(attribute(node, "continue-list") or "")
        if earlier is None and goes_on:
            earlier = self.last_list.get(style or "")
        counters = earlier or Counters()
        if key := attribute(node, "id"):
            self.lists[key] = counters
        self.last_list[style or ""] = counters
        return counters

    def _list_item(self, item: Any, style: str | None, level: int, counters: Counters) -> None:
        first = local(item) == "list-item"
        for part in item:
            name = local(part)
            if name in {"p", "h"}:
                label = (
                    self._label(part, item, style, level, counters)
                    if first and self._has_text(part)
                    else None
                )
                first = first and label is None and not self._has_text(part)
                self._paragraph(part, label, level)
            elif name == "list":
                self._list(part, style, level + 1, counters)
            elif name == "table":
                self._table(part)

    def _has_text(self, node: Any) -> bool:
        return bool("".join(node.itertext()).strip())

    def _label(
        self, part: Any, item: Any, style: str | None, level: int, counters: Counters
    ) -> str | None:
        style = style or self.styles.list_of_paragraph(attribute(part, "style-name"))
        rules = self.styles.lists.get(style or "", {})
        rule = rules.get(level)
        if rule is None:
            return "•"
        if given := attribute(item, "start-value"):
            counters.values[level] = int(given) - 1 if given.isdigit() else 0
        counters.step(level, rule.start, {k: r.start for k, r in rules.items()})
        return rule.paint(level, counters, rules) or None

    def _table(self, node: Any) -> None:
        table = self.tables
        self.tables += 1
        for row in _rows(node):
            inner: list[Any] = []
            cells = self._cells(row, inner)
            if any(c.strip() for c in cells):
                text = " | ".join(" ".join(c.split()) for c in cells if c.strip())
                bold = bool(inner) is False and self._row_bold(row)
                self._add(Line(0, text, "row", tuple(cells), table, bold=bold))
            for nested in inner:
                self._table(nested)

    def _cells(self, row: Any, inner: list[Any]) -> list[str]:
        cells: list[str] = []
        for cell in row:
            name = local(cell)
            if name not in {"table-cell", "covered-table-cell"}:
                continue
            text = "" if name == "covered-table-cell" else self._cell_text(cell, inner)
            repeat = min(int(attribute(cell, "number-columns-repeated") or 1), MAX_REPEAT)
            cells += [text, *([""] * (repeat - 1) if not text else [text] * (repeat - 1))]
        return cells

    def _cell_text(self, cell: Any, inner: list[Any]) -> str:
        parts: list[str] = []
        for kind, item, label in self._cell_blocks(cell, None, 0, None):
            if kind == "table":
                inner.append(item)
                continue
            text, boxes = self._text(item)
            text = text.strip()
            parts += [f"{label} {text}" if label else text] if text else []
            for box in boxes:
                parts += [
                    t for b in box.iter() if local(b) == "p" and (t := self._text(b)[0].strip())
                ]
        return "\n".join(parts)

    def _cell_blocks(
        self, node: Any, style: str | None, level: int, counters: Counters | None
    ) -> Iterator[tuple[str, Any, str | None]]:
        for item in node:
            name = local(item)
            if name in {"p", "h"}:
                yield "p", item, None
            elif name == "table":
                yield "table", item, None
            elif name == "list":
                inner_style = attribute(item, "style-name") or style
                inner = counters or self._counters(item, inner_style)
                for entry in item:
                    yield from self._cell_item(entry, inner_style, level, inner)
            elif name in CONTAINERS:
                yield from self._cell_blocks(item, style, level, counters)

    def _cell_item(
        self, entry: Any, style: str | None, level: int, counters: Counters
    ) -> Iterator[tuple[str, Any, str | None]]:
        for index, part in enumerate(entry):
            if local(part) in {"p", "h"}:
                label = (
                    self._label(part, entry, style, level, counters)
                    if index == 0 and self._has_text(part)
                    else None
                )
                yield "p", part, label
            elif local(part) == "list":
                for inner in part:
                    yield from self._cell_item(
                        inner, attribute(part, "style-name") or style, level + 1, counters
                    )

    def _row_bold(self, row: Any) -> bool:
        paragraphs = [n for n in row.iter() if local(n) in {"p", "h"} and self._has_text(n)]
        return bool(paragraphs) and all(
            self.styles.paragraph(attribute(p, "style-name")).bold or self._all_bold(p)
            for p in paragraphs
        )

    def _all_bold(self, node: Any) -> bool:
        """True where all text lies in bold spans."""
        if (node.text or "").strip():
            return False
        spans = [c for c in node if "".join(c.itertext()).strip()]
        tails = any((c.tail or "").strip() for c in node)
        return (
            bool(spans)
            and not tails
            and all(
                local(c) == "span" and self.styles.text_bold(attribute(c, "style-name"))
                for c in spans
            )
        )

    def _text(self, node: Any) -> tuple[str, list[Any]]:
        """Text of a paragraph and the text boxes anchored in it; notes are kept for later."""
        boxes: list[Any] = []
        text = self._inline(node, boxes)
        return re.sub(r"[ \t]+", " ", text), boxes

    def _inline(self, node: Any, boxes: list[Any]) -> str:
        text = _flat(node.text)
        for item in node:
            name = local(item)
            if name in {"note", "annotation"}:
                self.notes += [n for n in item.iter() if local(n) == "p"]
            elif name == "text-box":
                boxes.append(item)
            elif name == "line-break":
                text += "\n"
            elif name in {"s", "tab"}:
                text += " "
            elif (
                name in {"soft-page-break", "tracked-changes", "bookmark", "image", "object"}
                or not name
            ):
                text += ""
            else:
                text += self._inline(item, boxes)
            text += _flat(item.tail)
        return text

    def _furniture(self) -> None:
        seen: set[str] = set()
        nodes = list(self.notes)
        if self.common is not None:
            for part in self.common.iter():
                if local(part) in {
                    "header",
                    "footer",
                    "header-left",
                    "footer-left",
                    "header-first",
                    "footer-first",
                }:
                    nodes += [n for n in part.iter() if local(n) in {"p", "h"}]
        for node in nodes:
            text = " ".join(self._text(node)[0].split())
            if text and text not in seen and not text.isdigit():
                seen.add(text)
                self._add(Line(0, text, furniture=True))


def _flat(text: str | None) -> str:
    """ODF collapses white space of the XML itself."""
    return re.sub(r"\s+", " ", text) if text else ""


def _rows(table: Any) -> Iterator[Any]:
    for item in table:
        if local(item) == "table-row":
            yield item
        elif local(item) in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(item)
