"""A paper as .docx: real headings, tables with header rows, captions, alternative texts, languages.

Tables are written as XML at once: adding two thousand rows through the library's objects takes
minutes, for each row looks at the whole table again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from ..gateways.typesetting import compile_pictures
from .blocks import all_blocks, on_paper, original_tag, originals
from .pictures import standalone

# Control characters that XML 1.0 (2.2) has no place for; a form lets them through.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LOCALES = {"pt": "pt-BR", "es": "es-ES", "en": "en-GB"}
_LOOKS = {
    "done": "2C6E49",
    "in_progress": "0B5563",
    "late": "A8321D",
    "planned": "6B6353",
    "carried": "8F3A0C",
    "cancelled": "4C5D64",
}
_BRAND, _INK, _SOFT, _SAND = "0B5563", "1B2A2F", "4C5D64", "F1ECE1"
_TEXT_WIDTH = 9400  # twentieths of a point: A4 less its margins
_EMU = 12700  # in a point


def as_docx(paper: Mapping[str, Any]) -> bytes:
    """The paper (see `blocks`) as Office Open XML. Raises NotTypeset when a drawing fails."""
    document = _Document(paper)
    document.front()
    for part in paper["sections"]:
        document.part(part)
    return document.saved()


class _Document:
    """One document being written, from top to bottom."""

    def __init__(self, paper: Mapping[str, Any]) -> None:
        import docx
        from docx.shared import Cm

        self.paper, self.own = paper, paper["language"]
        self.word = paper["labels"]["original"]
        self.document = docx.Document()
        self.numbers = {"Figure": 0, "Table": 0}
        self.bookmarks = 0
        self.relations: dict[str, str] = {}
        self.images = self._images()
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.2)
        self._name()
        self._dress()
        self._foot(page)

    def _images(self) -> dict[int, bytes]:
        """Every drawing as PNG, made in one go."""
        pictures = [block for block in all_blocks(self.paper) if block["type"] == "picture"]
        made = compile_pictures([standalone(block["svg"]) for block in pictures])
        return {id(block): image for block, image in zip(pictures, made, strict=True)}

    def _name(self) -> None:
        properties = self.document.core_properties
        # 255 characters are all that these properties hold.
        properties.title = _clean(self.paper["title"])[:255]
        properties.subject = _clean(self.paper["subtitle"])[:255]
        properties.author = self.paper["network"][:255]
        properties.language = LOCALES[self.own]
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = timezone.now().replace(tzinfo=None)

    def _dress(self) -> None:
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        _set_language(styles["Normal"].element, LOCALES[self.own])
        styles["Normal"].font.size = Pt(10.5)
        for name, size, colour in (
            ("Title", 26, _BRAND),
            ("Heading 1", 18, _BRAND),
            ("Heading 2", 13, _BRAND),
            ("Heading 3", 11.5, _INK),
            ("Subtitle", 13, _SOFT),
            ("Caption", 9, _SOFT),
        ):
            styles[name].font.size = Pt(size)
            styles[name].font.color.rgb = RGBColor.from_string(colour)
        styles["Caption"].paragraph_format.keep_with_next = True

    def _foot(self, page: Any) -> None:
        """Network and page number at the foot of every page."""
        paragraph = page.footer.paragraphs[0]
        words = f"{self.paper['network']} · {self.paper['short']} · "
        _run(paragraph, words + self.paper["labels"]["page"] + " ")
        _field(paragraph, "PAGE", "1")

    def text(self, words: str, *, language: str = "", style: str | None = None) -> Any:
        """A paragraph; its language is marked where it is not the paper's own."""
        paragraph = self.document.add_paragraph(style=style)
        self.run(paragraph, words, language)
        return paragraph

    def run(self, paragraph: Any, words: str, language: str = "", *, bold: bool = False) -> Any:
        foreign = language and language != self.own
        return _run(paragraph, words, LOCALES[language] if foreign else "", bold=bold)

    def heading(self, words: str, level: int, language: str = "") -> None:
        """A heading with a bookmark, where the table of contents leads."""
        paragraph = self.document.add_heading(level=level)
        self.run(paragraph, words, language)
        self.bookmarks += 1
        _bookmark(paragraph, self.bookmarks)

    def front(self) -> None:
        self.text(self.paper["network"]).paragraph_format.keep_with_next = True
        title = self.document.add_heading(level=0)
        self.run(title, self.paper["title"], self.paper["own"])
        self.text(self.paper["subtitle"], style="Subtitle")
        for label, value in self.paper["facts"]:
            self._fact(label, value)
        if self.paper["contents"]:
            self._contents()

    def _contents(self) -> None:
        """A field that Word brings up to date, filled already: nobody is asked on opening."""
        paragraph = self.document.add_paragraph()
        self.run(paragraph, self.paper["labels"]["contents"], bold=True)
        paragraph.paragraph_format.keep_with_next = True
        entries = list(self._headings())
        for place, (number, level, words, language) in enumerate(entries):
            line = self.document.add_paragraph()
            line.paragraph_format.left_indent = 228600 * (level - 1)
            line.paragraph_format.space_after = 0
            if place == 0:
                _field_char(line, "begin")
                _instruction(line, 'TOC \\o "1-2" \\h \\n')
                _field_char(line, "separate")
            foreign = LOCALES[language] if language and language != self.own else ""
            _link_to(line, number, words, foreign)
            if place == len(entries) - 1:
                _field_char(line, "end")
        self.document.add_page_break()

    def _headings(self) -> Any:
        """(bookmark, level, words, language) of each heading of the contents."""
        number = 0
        for part in self.paper["sections"]:
            number += 1
            yield number, 1, part["heading"], ""
            for block in part["blocks"]:
                if block["type"] == "heading":
                    number += 1
                    if block["level"] == 2:
                        yield number, 2, block["text"], block["language"]

    def part(self, part: Mapping[str, Any]) -> None:
        self.heading(part["heading"], 1)
        for block in on_paper(part):
            getattr(self, f"_{block['type']}")(block)

    def _heading(self, block: Mapping[str, Any]) -> None:
        self.heading(block["text"], block["level"], block["language"])
        if block["language"] not in ("", self.own) and block["level"] == 2:
            self.text(original_tag(self.word, block["language"]), style="Caption")

    def _text(self, block: Mapping[str, Any]) -> None:
        language = block["language"]
        for words in block["text"]:
            paragraph = self.text(words, language=language)
        if language and language != self.own:
            self.run(paragraph, f" {original_tag(self.word, language)}")

    def _note(self, block: Mapping[str, Any]) -> None:
        self.text(block["text"]).runs[0].italic = True

    def _facts(self, block: Mapping[str, Any]) -> None:
        for label, value in block["rows"]:
            self._fact(label, value)

    def _fact(self, label: str, value: str) -> None:
        paragraph = self.document.add_paragraph(style="List Bullet")
        self.run(paragraph, f"{label}: ", bold=True)
        self.run(paragraph, value)

    def _figures(self, block: Mapping[str, Any]) -> None:
        labels = self.paper["labels"]
        rows = [
            {"cells": [{"text": row["label"]}, {"text": row["text"], "url": row["url"]}]}
            for row in block["rows"]
        ]
        columns = [
            {"label": labels["what"], "kind": "text", "share": 4},
            {"label": labels["number"], "kind": "number", "share": 1},
        ]
        self._write_table(columns, rows, total=False)

    def _picture(self, block: Mapping[str, Any]) -> None:
        image = self.document.add_picture(
            io.BytesIO(self.images[id(block)]), width=int(470 * block["width"]) * _EMU
        )
        image._inline.docPr.set("descr", _clean(block["alt"]))
        image._inline.docPr.set("title", _clean(block["caption"])[:255])
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption("Figure", self.paper["labels"]["picture"], block["caption"])

    def _table(self, block: Mapping[str, Any]) -> None:
        foreign = originals(block, self.own)
        tag = f" {original_tag(self.word, foreign)}" if foreign else ""
        self._caption("Table", self.paper["labels"]["table"], block["caption"] + tag)
        self._write_table(block["columns"], block["rows"], total=block["total"])

    def _caption(self, sequence: str, label: str, words: str) -> None:
        self.numbers[sequence] += 1
        paragraph = self.document.add_paragraph(style="Caption")
        self.run(paragraph, f"{label} ")
        _field(paragraph, f"SEQ {sequence} \\* ARABIC", str(self.numbers[sequence]))
        self.run(paragraph, f": {words}")

    def _write_table(
        self, columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], total: bool
    ) -> None:
        """A table with a header row that repeats on every page; rows are never cut in two."""
        body = self.document.element.body
        writer = _Table(columns, self.own, self._address)
        body.insert(len(body) - 1, writer.element(rows, total))
        self.document.add_paragraph()

    def _address(self, url: str) -> str:
        """The relation by which this document knows an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if url not in self.relations:
            relate = self.document.part.relate_to
            self.relations[url] = relate(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.relations[url]

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


class _Table:
    """Writes `w:tbl` (ECMA-376-1, 17.4) as text and has it parsed once."""

    def __init__(self, columns: Sequence[Mapping[str, Any]], own: str, address: Any) -> None:
        self.columns, self.own, self.address = columns, own, address
        shares = sum(column["share"] for column in columns)
        self.widths = [_TEXT_WIDTH * column["share"] // shares for column in columns]

    def element(self, rows: Sequence[Mapping[str, Any]], total: bool) -> Any:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        head = [{"text": column["label"]} for column in self.columns]
        lines = [self._row(head, head=True)]
        for place, row in enumerate(rows):
            lines.append(self._row(row["cells"], bold=total and place == len(rows) - 1))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        return parse_xml(
            f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/>{_BORDERS}'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def _row(
        self, cells: Sequence[Mapping[str, Any]], *, head: bool = False, bold: bool = False
    ) -> str:
        marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
        written = (
            self._cell(cell, column["kind"], width, head=head, bold=bold or head)
            for cell, column, width in zip(cells, self.columns, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(written)}</w:tr>"

    def _cell(
        self, cell: Mapping[str, Any], kind: str, width: int, *, head: bool, bold: bool
    ) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SAND}"/>' if head else ""
        right = '<w:jc w:val="right"/>' if kind == "number" else ""
        run = _xml_run(cell, self.own, bold=bold)
        if cell.get("url") and cell["text"]:
            run = f'<w:hyperlink r:id="{self.address(cell["url"])}">{run}</w:hyperlink>'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/>{right}</w:pPr>{run}</w:p></w:tc>'
        )


_BORDERS = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{side} w:val="{"single" if side in ("bottom", "insideH") else "nil"}"'
        ' w:sz="4" w:space="0" w:color="DDD5C5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)


def _xml_run(cell: Mapping[str, Any], own: str, *, bold: bool) -> str:
    from xml.sax.saxutils import escape

    look, language = cell.get("look"), cell.get("language", "")
    marks = ["<w:b/>"] if bold or look else []
    if look:
        marks.append(f'<w:color w:val="{_LOOKS[look]}"/>')
    elif cell.get("url"):
        marks.append(f'<w:color w:val="{_BRAND}"/>')
    marks.append('<w:sz w:val="18"/>')
    if language and language != own:
        marks.append(f'<w:lang w:val="{LOCALES[language]}" w:eastAsia="{LOCALES[language]}"/>')
    words = escape(_clean(cell["text"]))
    return f'<w:r><w:rPr>{"".join(marks)}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _clean(words: str) -> str:
    return _NOT_XML.sub("", words)


def _run(paragraph: Any, words: str, locale: str = "", *, bold: bool = False) -> Any:
    run = paragraph.add_run(_clean(words))
    run.bold = bold or None
    if locale:
        _set_language(run._element, locale)
    return run


def _element(name: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _set_language(element: Any, locale: str) -> None:
    """Mark a run or a style (`w:lang`), so that spelling and speech follow the right language."""
    from docx.oxml.ns import qn

    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val=locale, eastAsia=locale))


def _field_char(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._element.append(_element("w:fldChar", fldCharType=kind))


def _instruction(paragraph: Any, words: str) -> None:
    instruction = _element("w:instrText")
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    instruction.text = f" {words} "
    paragraph.add_run()._element.append(instruction)


def _field(paragraph: Any, words: str, shown: str) -> None:
    """A field with the value it has now."""
    _field_char(paragraph, "begin")
    _instruction(paragraph, words)
    _field_char(paragraph, "separate")
    paragraph.add_run(shown)
    _field_char(paragraph, "end")


def _bookmark(paragraph: Any, number: int) -> None:
    start = _element("w:bookmarkStart", id=str(number), name=f"part{number}")
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def _link_to(paragraph: Any, number: int, words: str, locale: str) -> None:
    """A link to a bookmark of the same document."""
    link = _element("w:hyperlink", anchor=f"part{number}")
    run = _run(paragraph, words, locale)
    link.append(run._element)
    paragraph._p.append(link)
