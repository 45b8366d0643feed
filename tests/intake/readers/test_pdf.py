"""Text PDF: lines, words cut at the margin, tables, page headers."""

import time
from pathlib import Path

import pytest
import typst

from mutirao.intake.readers import Document, read_document


def read(folder: Path, source: str) -> Document:
    path = folder / "plan.typ"
    path.write_text(source, encoding="utf-8")
    typst.compile(str(path), output=str(folder / "plan.pdf"))
    return read_document(folder / "plan.pdf")


def test_pdf_joins_words_cut_at_the_margin(tmp_path: Path) -> None:
    source = (
        '#set page(width: 7cm, height: 12cm)\n#set text(lang: "pt", '
        "hyphenate: true)\n#set par(justify: true)\n"
    )
    document = read(
        tmp_path,
        source + "Desenvolvimento econômico sustentável, "
        "internacionalização e responsabilidade compartilhada das administrações municipais.",
    )
    whole = " ".join(line.text for line in document.lines)
    assert "internacionalização" in whole
    assert not any(line.text.endswith("-") for line in document.lines)


def test_pdf_keeps_real_hyphens(tmp_path: Path) -> None:
    assert read(tmp_path, "Foro (São Paulo-Brasil)").lines[0].text == "Foro (São Paulo-Brasil)"


def test_pdf_makes_whole_rows_of_wrapped_cells(tmp_path: Path) -> None:
    source = (
        "#table(columns: (2cm, 4cm, 3cm), [Fecha], [Evento], [Lugar], [12 al 14 de marzo], "
        "[Taller regional de inventarios], [Rosario, Argentina], [5 de junio], [Acto], [Lima])"
    )
    lines = read(tmp_path, source).lines
    assert [line.cells for line in lines] == [
        ("Fecha", "Evento", "Lugar"),
        ("12 al 14 de marzo", "Taller regional de inventarios", "Rosario, Argentina"),
        ("5 de junio", "Acto", "Lima"),
    ]


def test_pdf_lists_page_headers_once_after_the_body(tmp_path: Path) -> None:
    source = (
        "#set page(header: [Red de ciudades], footer: context [#counter(page).display()])\n"
        + "#pagebreak()\n".join(f"Texto de la hoja {n}.\n\nOtra frase {n}.\n\n" for n in "abcd")
    )
    lines = read(tmp_path, source).lines
    assert [line.text for line in lines if not line.furniture][:2] == [
        "Texto de la hoja a.",
        "Otra frase a.",
    ]
    assert [line.text for line in lines if line.furniture] == [
        "Red de ciudades",
        "1",
        "2",
        "3",
        "4",
    ]


@pytest.mark.verify
def test_pdf_of_two_hundred_pages_is_read_with_progress(tmp_path: Path) -> None:
    pages = "#pagebreak()\n".join(f"Actividad {n}. #lorem(300)\n" for n in range(200))
    (tmp_path / "a.typ").write_text(pages)
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    seen: list[tuple[int, int]] = []
    started = time.perf_counter()
    document = read_document(
        tmp_path / "a.pdf", progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(n, 200) for n in range(1, 201)]
    assert document.lines[-1].page == 200
    assert time.perf_counter() - started < 120
