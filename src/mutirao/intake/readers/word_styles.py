"""Styles and numbering of a Word document: headings, bold, lists."""

import re
from dataclasses import dataclass, field
from typing import Any

HEADING_NAME = re.compile(r"^(?:heading|t[íi]tulo|encabezado|cabe[cç]alho|ttulo)\s*(\d)$", re.I)


def _local(node: Any) -> str:
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _child(node: Any, name: str) -> Any:
    return next((c for c in node if _local(c) == name), None) if node is not None else None


def _value(node: Any, name: str = "val") -> str | None:
    if node is None:
        return None
    return next((v for k, v in node.attrib.items() if k.rsplit("}", 1)[-1] == name), None)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def _on(properties: Any, name: str) -> bool | None:
    node = _child(properties, name)
    return None if node is None else _value(node) not in {"0", "false", "off", "none"}


@dataclass(slots=True)
class ParagraphStyle:
    """What a style gives its paragraphs."""

    heading: int | None = None
    bold: bool = False
    num_id: str | None = None
    num_level: int = 0


@dataclass(slots=True)
class Level:
    """One level of a list: its number format, "%1." pattern and first number."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class Listing:
    """An abstract list; several w:num may share it, and each may start again."""

    key: str
    levels: dict[int, Level] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


class Styles:
    """Looks up paragraph styles (with what they are based on) and lists."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        nodes = [n for n in styles if _local(n) == "style"] if styles is not None else []
        self._nodes = {_value(n, "styleId") or "": n for n in nodes}
        self._default = next(
            (
                k
                for k, n in self._nodes.items()
                if _value(n, "default") in {"1", "true"} and _value(n, "type") == "paragraph"
            ),
            None,
        )
        self._styles: dict[str, ParagraphStyle] = {}
        self._listings: dict[str, Listing] = {}
        if numbering is not None:
            self._read_numbering(numbering)

    def paragraph(self, properties: Any) -> ParagraphStyle:
        """The style of a paragraph; an outline level set by hand makes a heading too."""
        name = _value(_child(properties, "pStyle")) or self._default or ""
        style = self._style(name, 0)
        outline = _value(_child(properties, "outlineLvl"))
        if outline is not None and style.heading is None and _number(outline, 9) < 9:
            return ParagraphStyle(
                _number(outline, 0) + 1, style.bold, style.num_id, style.num_level
            )
        return style

    def _style(self, name: str, depth: int) -> ParagraphStyle:
        if name in self._styles:
            return self._styles[name]
        node = self._nodes.get(name)
        if node is None or depth > 12:
            return ParagraphStyle(heading=_heading_of(name, name))
        parent = _value(_child(node, "basedOn"))
        base = self._style(parent, depth + 1) if parent and parent != name else ParagraphStyle()
        style = self._styles[name] = self._merged(node, base, name)
        return style

    def _merged(self, node: Any, base: ParagraphStyle, name: str) -> ParagraphStyle:
        shown = _value(_child(node, "name")) or ""
        properties = _child(node, "pPr")
        outline = _value(_child(properties, "outlineLvl"))
        heading = _heading_of(shown, name)
        if heading is None and outline is not None and _number(outline, 9) < 9:
            heading = _number(outline, 0) + 1
        number = _child(properties, "numPr")
        bold = _on(_child(node, "rPr"), "b")
        return ParagraphStyle(
            heading if heading is not None else base.heading,
            base.bold if bold is None else bold,
            _value(_child(number, "numId")) or base.num_id,
            _number(_value(_child(number, "ilvl")), base.num_level),
        )

    def run_bold(self, properties: Any) -> bool:
        """Whether a run is bold by itself or by its character style."""
        own = _on(properties, "b")
        if own is not None:
            return own
        name = _value(_child(properties, "rStyle"))
        node = self._nodes.get(name or "")
        return bool(_on(_child(node, "rPr"), "b")) if node is not None else False

    def listing(self, num_id: str | None) -> Listing | None:
        return self._listings.get(num_id or "")

    def _read_numbering(self, root: Any) -> None:
        abstract: dict[str, Listing] = {}
        links: dict[str, str] = {}
        for node in root:
            if _local(node) == "abstractNum":
                key = _value(node, "abstractNumId") or ""
                abstract[key] = Listing(
                    key,
                    {_number(_value(n, "ilvl"), 0): _level(n) for n in node if _local(n) == "lvl"},
                )
                if link := _value(_child(node, "numStyleLink")):
                    links[key] = link
                if link := _value(_child(node, "styleLink")):
                    links[f"style:{link}"] = key
        for node in root:
            if _local(node) == "num":
                self._read_num(node, abstract, links)

    def _read_num(self, node: Any, abstract: dict[str, Listing], links: dict[str, str]) -> None:
        num_id = _value(node, "numId") or ""
        key = _value(_child(node, "abstractNumId")) or ""
        key = links.get(f"style:{links[key]}", key) if key in links else key
        if (listing := abstract.get(key)) is None:
            return
        for override in (n for n in node if _local(n) == "lvlOverride"):
            level = _number(_value(override, "ilvl"), 0)
            start = _value(_child(override, "startOverride"))
            if start is not None:
                listing.overrides.setdefault(num_id, {})[level] = _number(start, 1)
        self._listings[num_id] = listing


def _level(node: Any) -> Level:
    text = _value(_child(node, "lvlText"))
    return Level(
        _value(_child(node, "numFmt")) or "decimal",
        "%1." if text is None else text,
        _number(_value(_child(node, "start")), 1),
        _child(node, "isLgl") is not None,
    )


def _heading_of(shown: str, key: str) -> int | None:
    for name in (shown, key):
        if found := HEADING_NAME.match(name.strip()):
            return int(found.group(1))
        if name.strip().lower() in {"title", "título", "titulo", "puesto", "ttulo"}:
            return 0
    return None
