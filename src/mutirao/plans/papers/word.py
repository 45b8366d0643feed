"""A plan's paper as .docx: real headings, tables with header rows, languages marked."""

from __future__ import annotations

import io
import re
from typing import Any

from django.utils import timezone

# Control characters that XML 1.0 (2.2) has no place for; a form lets them through.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LOCALES = {"pt": "pt-BR", "es": "es-ES", "en": "en-GB"}


def as_docx(data: dict[str, Any]) -> bytes:
    """An Office Open XML document of what `content.content` returns."""
    paper = _Paper(data)
    paper.front()
    paper.standing()
    paper.timeline()
    paper.axes()
    paper.activities()
    paper.calendar()
    return paper.saved()


class _Paper:
    """One document being written, from top to bottom."""

    def __init__(self, data: dict[str, Any]) -> None:
        import docx

        self.data, self.labels, self.own = data, data["labels"], data["own"]
        self.document = docx.Document()
        self._name()
        _set_language(self.document.styles["Normal"].element, LOCALES[data["language"]])

    def _name(self) -> None:
        properties = self.document.core_properties
        # 255 characters are all that these properties hold.
        properties.title = _NOT_XML.sub("", self.data["title"])[:255]
        properties.subject = _NOT_XML.sub("", self.data["subtitle"])[:255]
        properties.author = self.data["network"]
        properties.language = LOCALES[self.data["language"]]
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = timezone.now().replace(tzinfo=None)

    def text(self, words: str, *, language: str = "", style: str | None = None) -> Any:
        """A paragraph; its language is marked where it is not the paper's own."""
        paragraph = self.document.add_paragraph(style=style)
        self.run(paragraph, words, language)
        return paragraph

    def run(self, paragraph: Any, words: str, language: str = "", *, bold: bool = False) -> None:
        run = paragraph.add_run(_NOT_XML.sub("", words))
        run.bold = bold or None
        if language and language != self.data["language"]:
            _set_language(run._element, LOCALES[language])

    def heading(self, words: str, level: int, language: str = "") -> None:
        self.run(self.document.add_heading(level=level), words, language)

    def key(self, label: str, value: str) -> None:
        paragraph = self.document.add_paragraph(style="List Bullet")
        self.run(paragraph, f"{label}: ", bold=True)
        self.run(paragraph, value)

    def table(
        self, headings: list[str], rows: list[list[tuple[str, str]]], shares: tuple[int, ...]
    ) -> None:
        """A table with a header row that repeats on every page; cells are (words, language).

        `shares` of the page's width, one a column.
        """
        table = self.document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.autofit = False
        _mark(table.rows[0], "w:tblHeader")
        for cell, words in zip(table.rows[0].cells, headings, strict=True):
            self.run(cell.paragraphs[0], words, bold=True)
        for row in rows:
            for cell, (words, language) in zip(table.add_row().cells, row, strict=True):
                self.run(cell.paragraphs[0], words, language)
        self._measure(table, shares)
        self.document.add_paragraph()

    def _measure(self, table: Any, shares: tuple[int, ...]) -> None:
        """Column widths (LibreOffice reads them here, Word at every cell); rows stay whole."""
        section = self.document.sections[0]
        page = section.page_width - section.left_margin - section.right_margin
        widths = [page * share // sum(shares) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            _mark(row, "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width

    def front(self) -> None:
        self.heading(self.data["title"], 0, self.own)
        self.text(self.data["subtitle"], style="Subtitle")
        for label, value in self.data["facts"]:
            self.key(label, value)
        self.text(f"{self.data['made']} · {self.data['address']}")
        if self.data["introduction"]:
            self.heading(self.labels["introduction"], 1)
            for part in self.data["introduction"]:
                self.text(part, language=self.own)

    def standing(self) -> None:
        self.heading(self.labels["standing"], 1)
        rows = [[(row["label"], ""), (str(row["count"]), "")] for row in self.data["standing"]]
        self.table([self.labels["state"], self.labels["count"]], rows, (3, 1))

    def timeline(self) -> None:
        picture = self.data["timeline"]
        if picture is None:
            return
        self.heading(self.labels["timeline"], 1)
        rows = [
            [(row["full"], self.own), (row["first"] or "–", ""), (row["last"] or "–", "")]
            for row in picture["rows"]
        ]
        self.table([self.labels[name] for name in ("activity", "first", "last")], rows, (4, 2, 2))

    def axes(self) -> None:
        if self.data["groups"]:
            self.heading(self.labels["axes"], 1)
        for group in self.data["groups"]:
            self.heading(group["heading"], 2)
            for axis in group["axes"]:
                self._axis(axis)

    def _axis(self, axis: dict[str, Any]) -> None:
        for place, part in enumerate(axis["text"]):
            paragraph = self.document.add_paragraph()
            if place == 0 and axis["number"]:
                self.run(paragraph, f"{axis['number']} ", bold=True)
            self.run(paragraph, part, self.own)

    def activities(self) -> None:
        if self.data["activities"]:
            self.heading(self.labels["activities"], 1)
        for activity in self.data["activities"]:
            self._activity(activity)

    def _activity(self, activity: dict[str, Any]) -> None:
        self.heading(activity["heading"], 2, self.own)
        for part in activity["text"]:
            self.text(part, language=self.own)
        for label, value in activity["facts"]:
            self.key(label, value)
        if not activity["commitments"]:
            self.text(self.labels["none"])
            return
        rows = [
            [
                (row["title"], row["language"]),
                (row["who"], ""),
                (row["until"], ""),
                (row["state"], ""),
            ]
            for row in activity["commitments"]
        ]
        headings = [self.labels[name] for name in ("commitment", "who", "until", "state")]
        self.table(headings, rows, (9, 6, 4, 4))

    def calendar(self) -> None:
        if not self.data["events"]:
            return
        self.heading(self.labels["calendar"], 1)
        rows = [
            [
                (row["when"], ""),
                (row["title"], row["language"]),
                (row["where"], ""),
                (row["role"], ""),
            ]
            for row in self.data["events"]
        ]
        headings = [self.labels[name] for name in ("when", "what", "where", "role")]
        self.table(headings, rows, (6, 8, 6, 5))

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _plain(row: dict[str, Any], *names: str) -> list[tuple[str, str]]:
    """Cells in the paper's own language."""
    return [(row[name], "") for name in names]


def _set_language(element: Any, locale: str) -> None:
    """Mark a run or a style (`w:lang`), so that spelling and speech follow the right language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), locale)
    properties.append(language)


def _mark(row: Any, name: str) -> None:
    """Switch a property of a row on: `w:tblHeader` (read as the table's header, repeated on each
    page) or `w:cantSplit` (kept on one page).
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)
