"""OpenDocument texts."""

import io
import zipfile
from pathlib import Path

from mutirao.intake.readers import Line, read_document

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
    ]
)


def read(folder: Path, body: str, styles: str = "", common: str = "") -> tuple[Line, ...]:
    content = (
        f"<office:document-content "
        f"{SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    path = folder / "plan.odt"
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml", f"<office:document-styles {SPACES}>{common}</office:document-styles>"
        )
    path.write_bytes(memory.getvalue())
    return read_document(path).lines


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="I" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" '
    'text:display-levels="2"/></text:list-style>'
)


def item(text: str, inner: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def test_odt_paints_list_numbers_of_two_levels(tmp_path: Path) -> None:
    inner = "<text:list>" + item("sub") + "</text:list>"
    body = '<text:list text:style-name="L">' + item("uno", inner) + item("dos") + "</text:list>"
    lines = read(tmp_path, body, LIST)
    assert [(n.label, n.text) for n in lines] == [("I)", "uno"), ("I.1", "sub"), ("II)", "dos")]


def test_odt_goes_on_counting_only_where_it_says_so(tmp_path: Path) -> None:
    one = '<text:list text:style-name="L">' + item("a") + "</text:list>"
    on = (
        '<text:list text:style-name="L" text:continue-numbering="true">'
        + item("b")
        + "</text:list>"
    )
    assert [n.label for n in read(tmp_path, one + on + one, LIST)] == ["I)", "II)", "I)"]


CELL = "<table:table-cell>{}</table:table-cell>"
COVERED = "<table:covered-table-cell><text:p>Mes</text:p></table:covered-table-cell>"


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_odt_reads_rows_with_covered_cells(tmp_path: Path) -> None:
    head = CELL.format(paragraph("Mes")) + CELL.format(paragraph("Foro"))
    row = COVERED + CELL.format(paragraph("uno") + paragraph("dos"))
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        f"{head}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{row}</table:table-row></table:table>"
    )
    assert [n.cells for n in read(tmp_path, body)] == [("Mes", "Foro"), ("", "uno\ndos")]


def test_odt_reads_headings_breaks_and_boxes(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="2">Ejes</text:h>'
        "<text:p>a<text:line-break/>b<text:s/>c</text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>caja</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )
    lines = read(tmp_path, body)
    assert [(n.text, n.heading) for n in lines] == [("Ejes", 2), ("a\nb c", None), ("caja", None)]


def test_odt_puts_notes_and_footers_after_the_body(tmp_path: Path) -> None:
    note = f"<text:note><text:note-body>{paragraph('nota')}</text:note-body></text:note>"
    footer = f"<style:footer>{paragraph('pie')}</style:footer>"
    common = (
        f"<office:master-styles><style:master-page>{footer}</style:master-page>"
        "</office:master-styles>"
    )
    lines = read(tmp_path, paragraph("cuerpo" + note), common=common)
    said = [(n.text, n.furniture) for n in lines]
    assert said == [("cuerpo", False), ("nota", True), ("pie", True)]
