"""Plain texts and Markdown."""

import hashlib
from pathlib import Path

import pytest

from mutirao.intake.readers import Line, read_document


def lines_of(folder: Path, data: bytes, name: str = "plan.txt") -> tuple[Line, ...]:
    path = folder / name
    path.write_bytes(data)
    return read_document(path).lines


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_text_is_read_in_its_encoding(tmp_path: Path, codec: str) -> None:
    lines = lines_of(tmp_path, "Ação e coordenação\n\nPeñalolén".encode(codec))
    assert [line.text for line in lines] == ["Ação e coordenação", "Peñalolén"]


def test_text_counts_lines_that_are_not_empty(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, b"\n\num\r\n  dois\r\r tres \n\n\nquatro")
    assert [(line.number, line.text) for line in lines] == [
        (1, "um"),
        (2, "dois"),
        (3, "tres"),
        (4, "quatro"),
    ]
    assert [line.gap for line in lines] == [True, False, True, True]


def test_markdown_gives_headings_and_rows(tmp_path: Path) -> None:
    text = "# Plano\n\n## Agenda\n\n| Data | Evento |\n|---|---|\n| 3/4 | Foro |\n"
    lines = lines_of(tmp_path, text.encode(), "plan.md")
    assert [(line.text, line.heading) for line in lines[:2]] == [("Plano", 1), ("Agenda", 2)]
    assert [line.cells for line in lines[2:]] == [
        ("Data", "Evento"),
        ("---", "---"),
        ("3/4", "Foro"),
    ]
    assert {line.kind for line in lines[2:]} == {"row"}


def test_tabs_make_a_table_only_with_columns(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, b"Fecha\tEvento\tLugar\n3/4\tForo\tLima\n")
    assert lines[1].cells == ("3/4", "Foro", "Lima")
    typed = lines_of(tmp_path, b"1.\tuno\n2.\tdos\n")
    assert [line.kind for line in typed] == ["paragraph", "paragraph"]


def test_document_keeps_format_and_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("texto")
    document = read_document(path)
    assert document.format == "md"
    assert document.sha256 == hashlib.sha256(b"texto").hexdigest()
