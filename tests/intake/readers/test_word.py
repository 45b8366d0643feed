"""Word documents: what Word shows is what is read."""

import io
import zipfile
from pathlib import Path

import docx
import odfdo
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from mutirao.intake.readers import Document, read_document

W = nsdecls("w")
VML = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def read(document: docx.document.Document, folder: Path) -> Document:
    path = folder / "plan.docx"
    document.save(str(path))
    return read_document(path)


def with_body(xml: str, folder: Path) -> list[str]:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(xml))
    return [line.text for line in read(document, folder).lines]


def test_word_reads_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Plan", 1)
    document.add_table(1, 2).rows[0].cells[0].text = "a"
    document.add_paragraph("")
    document.add_paragraph("después")
    lines = read(document, tmp_path).lines
    assert [(n.number, n.kind, n.text) for n in lines] == [
        (1, "paragraph", "Plan"),
        (2, "row", "a"),
        (3, "paragraph", "después"),
    ]
    assert lines[0].heading == 1


def test_word_counts_list_numbers_that_are_not_in_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("uno", "dos"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("punto", style="List Bullet")
    lines = read(document, tmp_path).lines
    assert [(n.label, n.text) for n in lines] == [("1.", "uno"), ("2.", "dos"), ("•", "punto")]


def test_word_paints_levels_of_a_legal_numbering(tmp_path: Path) -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText '
        f'w:val="{text}"/></w:lvl>'
        for i, (fmt, text) in enumerate(
            [("upperRoman", "%1)"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")]
        )
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="900">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    for level in (0, 1, 1, 2, 0, 1):
        properties = document.add_paragraph("x")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 900
    lines = read(document, tmp_path).lines
    assert [n.label for n in lines] == ["I)", "I.1", "I.2", "a)", "II)", "II.1"]


def test_word_does_not_repeat_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Marzo"
    table.cell(0, 1).text, table.cell(1, 1).text = "3", "4"
    table.cell(2, 0).merge(table.cell(2, 2)).text = "ABRIL"
    lines = read(document, tmp_path).lines
    assert [n.cells for n in lines] == [("Marzo", "3", ""), ("", "4", ""), ("ABRIL", "", "")]


def test_word_reads_insertions_and_leaves_deletions_out(tmp_path: Path) -> None:
    xml = (
        f"<w:p {W}><w:r><w:t>Plan </w:t></w:r><w:ins><w:r><w:t>nuevo</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>viejo</w:delText></w:r></w:del></w:p>"
    )
    assert with_body(xml, tmp_path) == ["Plan nuevo"]


def test_word_reads_links_and_content_controls(tmp_path: Path) -> None:
    xml = (
        f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:p><w:hyperlink><w:r><w:t>la "
        f"red</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>sigue</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert with_body(xml, tmp_path) == ["la red\nsigue"]


def test_word_reads_text_boxes_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>PLAN 2025</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        f"<w:p {W} {VML}><w:r><w:t>antes</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert with_body(xml, tmp_path) == ["antes", "PLAN 2025"]


def test_word_reads_nested_tables(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "fuera"
    cell.add_table(1, 1).cell(0, 0).text = "dentro"
    assert [n.text for n in read(document, tmp_path).lines] == ["fuera", "dentro"]


def test_word_puts_headers_and_footers_after_the_body_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("cuerpo")
    document.sections[0].header.paragraphs[0].text = "Red de ciudades"
    document.sections[0].footer.paragraphs[0].text = "pie"
    lines = read(document, tmp_path).lines
    assert lines[0].text == "cuerpo"
    assert not lines[0].furniture
    assert sorted(n.text for n in lines if n.furniture) == ["Red de ciudades", "pie"]


def test_open_document_with_the_wrong_name_is_still_read(tmp_path: Path) -> None:

    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Paragraph("Plan"))
    memory = io.BytesIO()
    document.save(memory)
    path = tmp_path / "plan.docx"
    path.write_bytes(memory.getvalue())
    assert zipfile.is_zipfile(path)
    assert read_document(path).format == "odt"
