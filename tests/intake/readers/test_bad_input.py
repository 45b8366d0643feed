"""Documents that cannot be read say why, in three languages, and cost little."""

import io
import re
import struct
import zipfile
from pathlib import Path

import pypdf
import pytest

from mutirao.intake.readers import MESSAGES, UnreadableDocument, read_document
from mutirao.intake.readers.archive import MAX_INFLATED
from mutirao.intake.readers.read import MAX_FILE


def code_of(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as refused:
        read_document(path)
    for language in ("pt", "es", "en"):
        assert "{" not in refused.value.message(language)
    return refused.value.code


def zipped(**parts: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return memory.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 2


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.docx", b"", "empty"),
        ("a.docx", PNG, "not_what_it_says"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + PNG, "not_what_it_says"),
        ("a.docx", b"Plano de trabalho", "not_what_it_says"),
        ("a.txt", b"{\\rtf1 plan}", "not_what_it_says"),
        ("a.png", PNG, "unknown_format"),
        ("a.docx", zipped(foo=b"x"), "not_what_it_says"),
        ("a.docx", zipped(xl__workbook_xml=b"<x/>"), "not_what_it_says"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_word"),
        ("a.docx", zipped(word__document_xml=b"not xml"), "damaged"),
        ("a.docx", zipped(word__document_xml=b"<x/>")[:80], "damaged"),
        ("a.pdf", b"%PDF-1.4\nnothing here", "damaged"),
        ("a.txt", "ação ção".encode()[:-1] + b"\xff\xfe\xfa\x81", "wrong_encoding"),
        ("a.txt", "план работы города на год".encode("koi8-r"), "wrong_encoding"),
        ("a.txt", "日本語の文章です。これは試験です。".encode("shift_jis"), "wrong_encoding"),
        ("a.txt", b"\xff\xfea\x00b", "wrong_encoding"),
        (
            "a.txt",
            "Ação de integração e gestão".encode().decode("cp1252").encode(),
            "wrong_encoding",
        ),
    ],
    # A ZIP carries the time of its making: as a name it would differ from process to process.
    ids=lambda value: "bytes" if isinstance(value, bytes) else None,
)
def test_bad_document_is_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert code_of(tmp_path, name, data) == code


def test_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(tmp_path / "none.txt")
    assert refused.value.code == "not_found"


def test_large_file_is_refused_without_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    with pytest.raises(UnreadableDocument) as refused:
        read_document(path, filename="plano.txt")
    assert refused.value.code == "too_large"
    assert "plano.txt" in refused.value.message("pt")


def test_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    bomb = zipped(word__document_xml=b"<a>" + b" " * 30_000_000 + b"</a>")
    assert len(bomb) < 100_000
    assert code_of(tmp_path, "a.docx", bomb) == "zip_bomb"


def test_zip_bomb_is_refused_by_its_sum(tmp_path: Path) -> None:
    part = b"\0" * (MAX_INFLATED // 4)
    bomb = zipped(word__document_xml=b"<a/>", a=part, b=part, c=part, d=part, e=part)
    assert code_of(tmp_path, "a.docx", bomb) == "zip_bomb"


def test_zip_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"p{i}": b"" for i in range(4100)}
    assert code_of(tmp_path, "a.docx", zipped(word__document_xml=b"<a/>", **parts)) == "zip_bomb"


def test_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped(word__document_xml=b"<a>" + b" " * 3_000_000 + b"</a>"))
    central, local = raw.rfind(b"PK\x01\x02"), raw.find(b"PK\x03\x04")
    raw[central + 24 : central + 28] = raw[local + 22 : local + 26] = struct.pack("<I", 1000)
    assert code_of(tmp_path, "a.docx", bytes(raw)) in {"zip_bomb", "damaged"}


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    xml = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    data = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=xml)
    assert code_of(tmp_path, "a.odt", data) == "damaged"


def test_scanned_pdf_is_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(300, 300)
    memory = io.BytesIO()
    writer.write(memory)
    assert code_of(tmp_path, "a.pdf", memory.getvalue()) == "scanned_pdf"


def test_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.encrypt("segredo", algorithm="RC4-128")
    memory = io.BytesIO()
    writer.write(memory)
    assert code_of(tmp_path, "a.pdf", memory.getvalue()) == "encrypted"


def test_messages_exist_in_three_languages_with_the_same_holes() -> None:
    for code, texts in MESSAGES.items():
        holes = [set(re.findall(r"{(\w+)}", texts[language])) for language in ("pt", "es", "en")]
        assert holes[0] == holes[1] == holes[2], code


@pytest.mark.parametrize(
    "text", ["a" * 5_000_000, "uma linha\n" * 20_100], ids=["one line", "lines"]
)
def test_text_longer_than_any_plan_is_refused(tmp_path: Path, text: str) -> None:
    assert code_of(tmp_path, "a.txt", text.encode()) == "too_long"


def test_damaged_pdf_says_one_sentence_only(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    assert code_of(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9) == "damaged"
    assert capfd.readouterr().err == ""
