"""Evidence: what is taken, where it lies, and who gets it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from mutirao.commitments import actions
from mutirao.commitments.models import Evidence
from mutirao.core.states import Visibility
from mutirao.core.uploads import KINDS, NotTaken, recognise
from mutirao.network.acting import Actor
from tests.commitments.factories import CommitmentFactory, EvidenceFactory
from tests.commitments.people import browser
from tests.factories import actor, secretariat
from tests.files import kept

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 32
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 256
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def office(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", part, *more):
            packed.writestr(name, "<x/>")
    return out.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
ODT = archive(mimetype=KINDS["odt"], content_dot_xml="<x/>")
ODS = archive(mimetype=KINDS["ods"], content_dot_xml="<x/>")
GOOD = {
    "minutes.pdf": PDF,
    "photo.png": PNG,
    "photo.JPEG": JPG,
    "minutes.docx": DOCX,
    "table.xlsx": XLSX,
    "minutes.odt": ODT,
    "table.ods": ODS,
    "notes.txt": "Ata da reunião".encode(),
    "table.csv": "cidade;ação\nSão Paulo;1\n".encode("cp1252"),
}
BAD = {
    "minutes.pdf": EXE,
    "program.exe": EXE,
    "picture.svg": SVG,
    "picture.png": SVG,
    "notes.txt": SVG,
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "page.csv": b"  <html><script>alert(1)</script>",
    "photo.jpg": PNG,
    "table.xlsx": DOCX,
    "minutes.docx": office("word/document.xml", "word/vbaProject.bin"),
    "minutes.odt": ODS,
    "plain.docx": archive(readme="x"),
    "broken.docx": b"PK\x03\x04" + b"\x00" * 40,
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64,
    "binary.txt": b"text\x00with zero",
    "shell.txt": b"#!/bin/sh\nrm -rf /",
    "noending": PDF,
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    # By this fixture Django hears of the change; its storage remembers the folder otherwise.
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def owner() -> Actor:
    return actor()


@pytest.fixture
def commitment(owner):
    return CommitmentFactory(owner=owner.organisation)


def send(by: Actor, commitment, name: str, data: bytes, **more: str):
    given = {"title": "Minutes", "file": SimpleUploadedFile(name, data), **more}
    return browser(by).post(f"/en/commitments/{commitment.pk}/evidence/add/", given)


@pytest.mark.parametrize("name", GOOD)
def test_recognise_takes_what_is_what_it_says(name) -> None:
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert recognise(io.BytesIO(GOOD[name]), name) == kind


@pytest.mark.parametrize("name", BAD)
def test_upload_refuses_by_content_and_keeps_what_was_typed(name, owner, commitment) -> None:
    with pytest.raises(NotTaken):
        recognise(io.BytesIO(BAD[name]), name)
    answer = send(owner, commitment, name, BAD[name])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "file" in answer.context["evidence_form"].errors
    assert 'value="Minutes"' in page
    assert (Evidence.objects.count(), kept()) == (0, [])


def test_upload_refuses_an_empty_file(owner, commitment) -> None:
    answer = send(owner, commitment, "minutes.pdf", b"")
    assert "file" in answer.context["evidence_form"].errors
    assert not Evidence.objects.exists()


def test_upload_refuses_25_megabytes_with_the_limit(owner, commitment) -> None:
    answer = send(owner, commitment, "minutes.pdf", PDF + b"\x20" * (25 * 2**20))
    assert f"{settings.UPLOAD_BYTES // 2**20} MB" in str(
        answer.context["evidence_form"].errors["file"]
    )
    assert (Evidence.objects.count(), kept()) == (0, [])


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Both", "url": "https://city.example/", "file": ("minutes.pdf", PDF)},
        {"title": "Neither"},
        {"title": "Script", "url": "javascript:alert(1)"},
        {"title": "", "url": "https://city.example/"},
    ],
)
def test_evidence_is_one_link_or_one_file_with_a_title(given, owner, commitment) -> None:
    if "file" in given:
        given = {**given, "file": SimpleUploadedFile(*given["file"])}
    answer = browser(owner).post(f"/en/commitments/{commitment.pk}/evidence/add/", given)
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)


def test_file_lies_under_a_random_name_and_comes_back_as_it_was(owner, commitment) -> None:
    send(owner, commitment, "../../Ata de março.pdf", PDF)
    evidence = Evidence.objects.get()
    (path,) = kept()
    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", path.name)
    assert (evidence.person, evidence.organisation) == (owner.person, owner.organisation)
    answer = browser().get(f"/en/commitments/{commitment.pk}/evidence/{evidence.pk}/file/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "Ata%20de%20mar" in answer["Content-Disposition"]


def test_file_of_a_draft_is_not_there_for_others(owner, commitment) -> None:
    send(owner, commitment, "minutes.pdf", PDF)
    type(commitment).objects.update(visibility=Visibility.DRAFT)
    evidence = Evidence.objects.get()
    own = CommitmentFactory()
    answers = {
        "visitor": browser().get(f"/en/commitments/{commitment.pk}/evidence/{evidence.pk}/file/"),
        "member": browser(actor()).get(
            f"/en/commitments/{commitment.pk}/evidence/{evidence.pk}/file/"
        ),
        "through another": browser().get(f"/en/commitments/{own.pk}/evidence/{evidence.pk}/file/"),
        "secretariat": browser(secretariat()).get(
            f"/en/commitments/{commitment.pk}/evidence/{evidence.pk}/file/"
        ),
    }
    assert {who: answer.status_code for who, answer in answers.items()} == {
        "visitor": 404,
        "member": 404,
        "through another": 404,
        "secretariat": 200,
    }


def test_evidence_of_another_house_is_not_deleted(owner, commitment) -> None:
    theirs = EvidenceFactory()
    for address, status in (
        (f"/en/commitments/{theirs.commitment_id}/evidence/{theirs.pk}/delete/", 403),
        (f"/en/commitments/{commitment.pk}/evidence/{theirs.pk}/delete/", 404),
    ):
        assert browser(owner).post(address).status_code == status
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_deleted_evidence_takes_its_file_with_it(owner, commitment) -> None:
    send(owner, commitment, "minutes.pdf", PDF)
    evidence = Evidence.objects.get()
    assert len(kept()) == 1
    browser(owner).post(f"/en/commitments/{commitment.pk}/evidence/{evidence.pk}/delete/")
    assert (Evidence.objects.count(), kept()) == (0, [])


def test_row_that_cannot_be_kept_leaves_no_file(owner, commitment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_evidence(
            commitment=commitment,
            title="Both",
            url="https://city.example/",
            file=SimpleUploadedFile("minutes.pdf", PDF),
            filename="minutes.pdf",
            kind="pdf",
            by=owner,
        )
    assert kept() == []
