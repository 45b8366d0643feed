"""Word documents (.docx, ECMA-376 WordprocessingML) -> lines.

Tracked insertions are read, deletions are not; text boxes follow the paragraph that holds them;
headers, footers, footnotes, endnotes and comments come after the body, each text once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from .archive import Archive
from .errors import UnreadableDocument
from .model import Line
from .numbering import Counters
from .word_styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIP = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "rPr",
    "pPr",
    "fldChar",
    "sdtPr",
    "Fallback",
    "tab-stop",
}
BOXES = {"txbxContent"}
FURNITURE = ("header", "footer", "footnotes", "endnotes", "comments")
TWIPS_PER_CM = 567.0


def read_word(data: bytes, name: str) -> list[Line]:
    """Lines of a .docx; raises UnreadableDocument damaged, zip_bomb or encrypted."""
    archive = Archive(data, name)
    main = archive.main_document()
    if main is None:
        raise UnreadableDocument("damaged", name=name, part="word/document.xml")
    return _WordReader(archive, main).read()


@dataclass(slots=True)
class _Run:
    """What one paragraph gives: its text, whether all of it is bold, its text boxes."""

    text: str = ""
    bold: int = 0
    plain: int = 0
    boxes: list[Any] = field(default_factory=list)


def local(node: Any) -> str:
    """Name of an element without its namespace; "" for comments."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def value(node: Any, name: str = "val") -> str | None:
    """A w: attribute, in the transitional or the strict namespace."""
    found = node.get(W + name)
    return found if found is not None else node.get(STRICT + name)


def child(node: Any, name: str) -> Any:
    return next((c for c in node if local(c) == name), None) if node is not None else None


class _WordReader:
    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        self.folder = main.rsplit("/", 1)[0] + "/" if "/" in main else ""
        self.root = archive.xml(main)
        self.styles = Styles(self._part("styles.xml"), self._part("numbering.xml"))
        self.counters: dict[str, Counters] = {}
        self.lines: list[Line] = []
        self.tables = 0

    def _part(self, name: str) -> Any:
        return (
            self.archive.xml(self.folder + name)
            if self.folder + name in self.archive.names
            else None
        )

    def read(self) -> list[Line]:
        body = child(self.root, "body")
        if body is None:
            raise UnreadableDocument("damaged", name=self.archive.name, part="w:body")
        for block in _blocks(body):
            self._block(block)
        self._read_furniture()
        return self.lines

    def _block(self, block: Any) -> None:
        if local(block) == "p":
            self._paragraph(block)
        else:
            self._table(block)

    def _add(self, line: Line) -> None:
        self.lines.append(replace(line, number=len(self.lines) + 1))

    def _paragraph(self, node: Any) -> None:
        run = _read_runs(node, self.styles)
        properties = child(node, "pPr")
        style = self.styles.paragraph(properties)
        label, level = self._label(properties, style) if run.text.strip() else (None, 0)
        if run.text.strip():
            bold = (style.bold and not run.plain) or (run.bold > 0 and not run.plain)
            self._add(
                Line(
                    0,
                    run.text.strip(),
                    heading=style.heading,
                    label=label,
                    level=level,
                    bold=bold,
                    indent=_indent(properties),
                )
            )
        for box in run.boxes:
            for block in _blocks(box):
                self._block(block)

    def _label(self, properties: Any, style: Any) -> tuple[str | None, int]:
        """The number that Word paints before the paragraph, from numbering.xml."""
        number = child(properties, "numPr")
        num_id = (
            value(child(number, "numId")) if child(number, "numId") is not None else style.num_id
        )
        given = child(number, "ilvl")
        level = int(value(given) or 0) if given is not None else style.num_level
        if num_id in {None, "0"}:
            return None, 0
        listing = self.styles.listing(num_id)
        if listing is None or level not in listing.levels:
            return None, level
        counters = self.counters.setdefault(listing.key, Counters())
        starts = {k: v.start for k, v in listing.levels.items()}
        if num_id not in listing.begun:
            listing.begun.add(num_id)
            for key, start in listing.overrides.get(num_id, {}).items():
                counters.values.pop(key, None)
                starts[key] = start
        counters.step(level, starts[level], starts)
        rule = listing.levels[level]
        if rule.format == "bullet":
            return "•", level
        formats = {k: v.format for k, v in listing.levels.items()}
        return counters.text(rule.text, formats, legal=rule.legal).strip() or None, level

    def _table(self, node: Any) -> None:
        table = self.tables
        self.tables += 1
        for row in _rows(node):
            cells, bold, inner = self._cells(row)
            if any(c.strip() for c in cells):
                text = " | ".join(" ".join(c.split()) for c in cells if c.strip())
                self._add(Line(0, text, "row", tuple(cells), table, bold=bold))
            for nested in inner:
                self._table(nested)

    def _cells(self, row: Any) -> tuple[list[str], bool, list[Any]]:
        """Cells on the grid: a spanned column and a continued merge are empty strings."""
        cells: list[str] = []
        inner: list[Any] = []
        bold = plain = 0
        before = child(child(row, "trPr"), "gridBefore")
        cells += [""] * (int(value(before) or 0) if before is not None else 0)
        for cell in _cell_nodes(row):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            continued = merge is not None and value(merge) in {None, "continue"}
            parts = []
            for block in _blocks(cell):
                if local(block) == "tbl":
                    inner.append(block)
                    continue
                run, text = self._cell_paragraph(block)
                bold, plain = bold + run.bold, plain + run.plain
                parts += [text] if text else []
                inner += [b for box in run.boxes for b in _blocks(box) if local(b) == "tbl"]
            cells.append("" if continued else "\n".join(parts))
            span = child(properties, "gridSpan")
            cells += [""] * (int(value(span) or 1) - 1 if span is not None else 0)
        return cells, bold > 0 and not plain, inner

    def _cell_paragraph(self, node: Any) -> tuple[_Run, str]:
        run = _read_runs(node, self.styles)
        text = run.text.strip()
        for box in run.boxes:
            boxed = [
                _read_runs(b, self.styles).text.strip() for b in _blocks(box) if local(b) == "p"
            ]
            text = "\n".join(t for t in (text, *boxed) if t)
        properties = child(node, "pPr")
        label, _ = self._label(properties, self.styles.paragraph(properties)) if text else (None, 0)
        return run, f"{label} {text}" if label else text

    def _read_furniture(self) -> None:
        """Headers, footers and notes: once each, after the body, so that no text is lost."""
        seen: set[str] = set()
        for part in sorted(self.archive.names):
            name = part.removeprefix(self.folder)
            if not (
                part.startswith(self.folder)
                and name.endswith(".xml")
                and name.startswith(FURNITURE)
            ):
                continue
            if "/" in name or name.startswith(("commentsE", "commentsI")):
                continue
            for node in self.archive.xml(part).iter():
                if local(node) == "p":
                    run = _read_runs(node, self.styles)
                    text = " ".join(run.text.split())
                    if text and text not in seen and not text.isdigit():
                        seen.add(text)
                        self._add(Line(0, text, furniture=True))


def _blocks(node: Any) -> Iterator[Any]:
    """Paragraphs and tables of a container, also inside content controls and tracked changes."""
    for item in node:
        name = local(item)
        if name in {"p", "tbl"}:
            yield item
        elif name in {
            "sdt",
            "sdtContent",
            "customXml",
            "ins",
            "moveTo",
            "smartTag",
            "AlternateContent",
            "Choice",
            "txbxContent",
        }:
            yield from _blocks(item)


def _rows(table: Any) -> Iterator[Any]:
    for item in table:
        if local(item) == "tr" and not _deleted(item):
            yield item
        elif local(item) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _rows(item)


def _deleted(row: Any) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _cell_nodes(row: Any) -> Iterator[Any]:
    for item in row:
        if local(item) == "tc":
            yield item
        elif local(item) in {"sdt", "sdtContent", "customXml"}:
            yield from _cell_nodes(item)


def _read_runs(node: Any, styles: Styles) -> _Run:
    run = _Run()
    _walk(node, run, styles, bold=False, hidden=False)
    return run


def _walk(node: Any, run: _Run, styles: Styles, *, bold: bool, hidden: bool) -> None:
    for item in node:
        name = local(item)
        if name in SKIP or not name:
            continue
        if name in BOXES:
            run.boxes.append(item)
        elif name == "r":
            properties = child(item, "rPr")
            _walk(item, run, styles, bold=styles.run_bold(properties), hidden=_hidden(properties))
        elif name == "t" and not hidden:
            text = item.text or ""
            run.text += text
            if text.strip():
                run.bold, run.plain = run.bold + bold, run.plain + (not bold)
        elif name in {"br", "cr"}:
            run.text += "\n" if value(item, "type") in {None, "textWrapping"} else " "
        elif name in {"tab", "ptab"}:
            run.text += " "
        elif name in {"noBreakHyphen"}:
            run.text += "-"
        elif name == "sym" and not hidden:
            run.text += "•"
        else:
            _walk(item, run, styles, bold=bold, hidden=hidden)


def _hidden(properties: Any) -> bool:
    node = child(properties, "vanish")
    return node is not None and value(node) not in {"0", "false"}


def _indent(properties: Any) -> float:
    node = child(properties, "ind")
    if node is None:
        return 0.0
    given = value(node, "left") or value(node, "start") or "0"
    try:
        return round(float(given) / TWIPS_PER_CM, 2)
    except ValueError:
        return 0.0
