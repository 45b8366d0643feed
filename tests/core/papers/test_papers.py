"""One paper, three formats: each opens, says the same, and runs nothing that people wrote."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pikepdf
import pytest
from django.utils import timezone, translation
from docx import Document

from mutirao.core.papers import blocks
from mutirao.core.papers.labels import labels
from mutirao.core.papers.pdf import as_pdf
from mutirao.core.papers.sheets import as_xlsx
from mutirao.core.papers.word import as_docx

RING = '<svg class="chart" viewBox="0 0 20 20"><circle class="fill-ok" cx="9" cy="9" r="8"/></svg>'
EVIL = '=HYPERLINK("http://evil.example";"x")'


@pytest.fixture
def paper():
    with translation.override("es"):
        columns = [
            blocks.column("Compromiso", share=4),
            blocks.column("Hasta", kind="date"),
            blocks.column("Cuántos", kind="number"),
        ]
        rows = [
            blocks.row(
                1,
                blocks.cell(EVIL, language="pt", url="https://city.example/1"),
                blocks.cell("1 de marzo", date(2026, 3, 1)),
                blocks.cell("1.200", 1200),
            ),
            blocks.row(2, blocks.cell("#panic()"), blocks.cell("–"), blocks.cell("7", 7)),
        ]
        sections = [
            blocks.section(
                "summary",
                "Resumen",
                [
                    blocks.figures(
                        [blocks.figure("done", 7, "cumplidos", url="https://a.example")]
                    ),
                    blocks.words("Um parágrafo.\n\nOutro.", language="pt"),
                    blocks.heading("Situación"),
                    blocks.picture("ring", RING, alt="Un anillo verde", caption="Cómo está"),
                    blocks.table("promises", "Compromisos: [todos]", columns, rows),
                ],
            ),
            blocks.section(
                "more",
                "Más",
                [blocks.only_in_workbook(blocks.table("all", "Todos", columns, rows * 30))],
            ),
        ]
        return {
            "format": 1,
            "language": "es",
            "own": "pt",
            "title": "Informe #1 $x$",
            "subtitle": "Unidad · 2026",
            "short": "Unidad 2026",
            "network": "Red",
            "address": "http://localhost/",
            "contents": True,
            "labels": labels(),
            "facts": [["Unidad", "Turismo"]],
            "cover": RING,
            "has_cover": True,
            "sections": sections,
        }


def elements(node, found=None):
    """Every structure element below `node`, in reading order, as (tag, element)."""
    found = [] if found is None else found
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append((str(kid.S), kid))
            elements(kid, found)
    return found


def test_the_pdf_has_bookmarks_reading_order_and_alternative_texts(paper):
    with pikepdf.open(io.BytesIO(as_pdf(paper, timezone.now()))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "es"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Resumen", "Más"]
            assert [item.title for item in outline.root[0].children] == ["Situación"]
        tree = elements(root.StructTreeRoot)
    tags = [tag for tag, _element in tree]
    figures = [element for tag, element in tree if tag == "/Figure"]
    assert [str(one.Alt) for one in figures if "/Alt" in one] == ["Un anillo verde"]
    assert tags.count("/TH") == 3
    assert tags.count("/TD") == 6
    assert "/Caption" in tags
    # in the order in which they are read: title, contents, headings, picture, table
    order = [tags.index(tag) for tag in ("/Title", "/TOC", "/H2", "/Figure", "/Table")]
    assert order == sorted(order)
    languages = {str(element.Lang) for _tag, element in tree if "/Lang" in element}
    assert "pt-BR" in languages


def test_what_stands_in_the_workbook_only_is_not_on_paper(paper):
    text = str([p.text for p in Document(io.BytesIO(as_docx(paper))).paragraphs])
    assert "Todos" not in text
    assert "Todos" in openpyxl.load_workbook(io.BytesIO(as_xlsx(paper))).sheetnames


def test_the_docx_has_headings_header_rows_alternative_texts_and_captions(paper):
    document = Document(io.BytesIO(as_docx(paper)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Resumen", "Más"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [
        "Un anillo verde"
    ]
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions == [
        "Figura 1: Cómo está",
        "Tabla 1: Compromisos: [todos] (original: português)",
    ]
    body = document.element.xml
    assert 'TOC \\o "1-2"' in body
    assert 'w:lang w:val="pt-BR"' in body
    assert document.core_properties.language == "es-ES"


def test_the_workbook_has_typed_cells_frozen_headers_and_no_formula(paper):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(paper)))
    assert book.sheetnames == ["Resumen", "Compromisos todos", "Todos"]
    sheet = book["Compromisos todos"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet["B2"].value.date() == date(2026, 3, 1)
    assert sheet["C2"].value == 1200
    assert sheet["A2"].value == f"'{EVIL}"
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink.target == "https://city.example/1"
    assert all(cell.data_type != "f" for page in book for row in page for cell in row)


def test_a_paper_with_nothing_but_words_is_a_paper(paper):
    paper["sections"] = [blocks.section("a", "A", [blocks.note("Nada.")])]
    assert as_pdf(paper, timezone.now()).startswith(b"%PDF")
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx(paper))).sheetnames == ["Resumen"]
    assert Document(io.BytesIO(as_docx(paper))).paragraphs


def test_a_long_table_is_written_in_reasonable_time(paper):
    columns = [blocks.column("A"), blocks.column("B")]
    rows = [blocks.row(n, blocks.cell(f"fila {n}"), blocks.cell(n, n)) for n in range(2000)]
    paper["sections"][1]["blocks"] = [blocks.table("long", "Larga", columns, rows)]
    tables = Document(io.BytesIO(as_docx(paper))).tables
    assert len(tables[-1]._tbl.tr_lst) == 2001
