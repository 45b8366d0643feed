"""Writes the two sample plans; run `python -m mutirao.plans.samples.make` after changing a text.

The same text always gives the same bytes, so that a change shows in the history.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from . import text_es, text_pt

HERE = Path(__file__).parent
PORTUGUESE = HERE / "plano-2026.pt.docx"
SPANISH = HERE / "plan-2025.es.odt"
MOMENT = (2025, 1, 1, 0, 0, 0)


def make_portuguese(path: Path = PORTUGUESE) -> Path:
    """A .docx with numbered sections, activities in a table and a calendar of months and days."""
    import docx

    document = docx.Document()
    document.add_heading(text_pt.TITLE, level=0)
    document.add_paragraph().add_run(text_pt.UNIT).bold = True
    for line in text_pt.FRONT:
        document.add_paragraph(line)
    for heading, paragraphs in text_pt.SECTIONS:
        document.add_heading(heading, level=1)
        for _, text in paragraphs:
            document.add_paragraph(text)
    document.add_heading("4. Atividades", level=1)
    _word_table(document, text_pt.ACTIVITIES)
    document.add_heading("5. Calendário", level=1)
    for month, entries in text_pt.CALENDAR:
        document.add_paragraph().add_run(month).bold = True
        for entry in entries:
            document.add_paragraph(entry)
    document.add_heading("6. Acompanhamento", level=1)
    document.add_paragraph(text_pt.FOLLOW_UP)
    for line in text_pt.SIGNATURE:
        document.add_paragraph(line)
    return _write(path, document)


def _word_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text


def make_spanish(path: Path = SPANISH) -> Path:
    """An .odt with a table of facts, axes in capitals, lists and the calendar as a table."""
    import odfdo

    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Paragraph(text_es.TITLE))
    body.append(odfdo.Paragraph(text_es.UNIT))
    body.append(_odf_table("Datos", text_es.FACTS))
    for heading, content in _spanish_sections():
        body.append(odfdo.Paragraph(heading))
        for text in content:
            body.append(odfdo.Paragraph(text))
    body.append(odfdo.Paragraph("CALENDARIO"))
    body.append(_odf_table("Calendario", text_es.CALENDAR))
    for line in text_es.SIGNATURE:
        body.append(odfdo.Paragraph(line))
    return _write(path, document)


def _spanish_sections() -> list[tuple[str, list[str]]]:
    lettered = [f"{letter}) {text}" for letter, text in zip("abc", text_es.AXES, strict=True)]
    numbered = [f"{n}. {text}" for n, text in enumerate(text_es.WORK_AXES, start=1)]
    activities = [f"{n}. {text}" for n, text in enumerate(text_es.ACTIVITIES, start=1)]
    return [
        ("ANTECEDENTES", text_es.BACKGROUND),
        ("OBJETIVO GENERAL", [text_es.GENERAL]),
        ("EJES DE ACCIÓN", lettered),
        ("EJES DE TRABAJO", numbered),
        ("ACTIVIDADES", activities),
    ]


def _odf_table(name: str, rows: list[list[str]]) -> Any:
    import odfdo

    table = odfdo.Table(name, width=len(rows[0]), height=len(rows))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.set_value((x, y), text)
    return table


def _write(path: Path, document: Any) -> Path:
    """Saves through memory and packs again without the moment of writing."""
    memory = io.BytesIO()
    document.save(memory)
    with zipfile.ZipFile(memory) as source, zipfile.ZipFile(path, "w") as target:
        # ODF wants the mimetype first and not compressed.
        for name in sorted(source.namelist(), key=lambda n: (n != "mimetype", n)):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(info, _timeless(name, source.read(name)))
    return path


def _timeless(name: str, data: bytes) -> bytes:
    """odfdo notes when and by which version a file was written."""
    if name != "meta.xml":
        return data
    data = re.sub(
        rb"(<(dc:date|meta:creation-date)[^>]*>)[^<]*", rb"\g<1>2025-01-01T00:00:00", data
    )
    data = re.sub(rb"(<meta:editing-duration[^>]*>)[^<]*", rb"\g<1>PT0S", data)
    return re.sub(rb"(<meta:generator[^>]*>)[^<]*", rb"\g<1>Mutirao", data)


if __name__ == "__main__":
    make_portuguese()
    make_spanish()
