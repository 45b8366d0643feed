"""Reports against the programs people open them with, and of the size of a whole network.

LibreOffice is installed from Debian when the run is root's; otherwise its tests are skipped and
say so. `pdfinfo` (poppler) is the second independent reader of the PDF, beside pikepdf.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone, translation
from odfdo import Document as OpenDocument

from mutirao.core.papers.pdf import as_pdf
from mutirao.core.papers.sheets import as_xlsx
from mutirao.core.papers.word import as_docx
from mutirao.network.models import Member
from mutirao.reports.content import Frame, gather
from tests.factories import OrganisationFactory
from tests.reports.factories import ReportFactory, unit_at_work

pytestmark = [pytest.mark.verify, pytest.mark.django_db]
PACKAGES = ("libreoffice-writer", "libreoffice-calc", "poppler-utils")


def installed(program: str) -> str:
    """The program's path; installed from Debian when root, the test skipped when it cannot be."""
    found = shutil.which(program)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        ):
            subprocess.run(["apt-get", *words], env=quiet, capture_output=True, check=False)
        found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed: apt-get install {' '.join(PACKAGES)}")
    return found


def office(path: Path, kind: str) -> Path:
    """`path` opened by LibreOffice and saved as `kind`, in a profile of its own."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    done = subprocess.run(
        [installed("soffice"), profile, "--headless", "--convert-to", kind, str(path)],
        cwd=path.parent,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    made = path.with_suffix(f".{kind}")
    assert made.exists(), done.stdout + done.stderr
    return made


def gathered(report, language="es"):
    with translation.override(language):
        return gather(Frame(report, language, report.audience, timezone.now(), 1))


@pytest.fixture
def paper():
    plan = unit_at_work()
    return gathered(ReportFactory(unit=plan.unit, term=plan.term))


def test_the_docx_opens_in_libreoffice_with_its_headings_tables_and_pictures(paper, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(as_docx(paper))
    with open(office(path, "pdf"), "rb") as opened:
        assert opened.read(4) == b"%PDF"
    document = OpenDocument(str(office(path, "odt")))
    headings = [one.text_recursive for one in document.body.headers if int(one.level) == 1]
    assert [part["heading"] for part in paper["sections"]] == [one.strip() for one in headings]
    tables = [b for part in paper["sections"] for b in part["blocks"] if b["type"] == "table"]
    assert len(document.body.tables) == len(tables) + 1  # the figures of the summary
    pictures = [b for part in paper["sections"] for b in part["blocks"] if b["type"] == "picture"]
    told = document.body.serialize()
    assert all(block["alt"].split(".")[0] in told for block in pictures)


def test_the_workbook_opens_in_libreoffice_and_says_the_same(paper, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(as_xlsx(paper))
    shutil.copy(path, tmp_path / "copy.xlsx")
    assert office(path, "pdf").exists()
    ours = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    sheet = OpenDocument(str(office(path, "ods")))
    tables = {table.name: table for table in sheet.body.tables}
    assert list(tables) == ours.sheetnames
    name = ours.sheetnames[-1]
    for row in ours[name].iter_rows(min_row=2, max_row=4):
        for cell in row:
            theirs = tables[name].get_value((cell.column - 1, cell.row - 1))
            if isinstance(cell.value, str):
                assert cell.value.strip() in str(theirs)  # a link comes with its address
            elif hasattr(cell.value, "date"):
                found = theirs if type(theirs) is date else theirs.date()
                assert found == cell.value.date()


def test_poppler_finds_a_tagged_document_with_tables_and_figures(paper, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(as_pdf(paper, timezone.now()))
    pdfinfo = installed("pdfinfo")

    def told(*words: str) -> str:
        return subprocess.run(
            [*words, str(path)], capture_output=True, encoding="utf-8", errors="replace", check=True
        ).stdout

    about = told(pdfinfo)
    assert f"Title:           {paper['title']}" in about
    assert "Tagged:          yes" in about
    assert b"<pdfuaid:part>1</pdfuaid:part>" in path.read_bytes()
    structure = told(pdfinfo, "-struct-text")
    assert "TH" in structure
    assert "Figure" in structure


def test_the_report_of_a_large_network_is_made_in_time(capsys):
    """20 units, 400 members, 2,000 commitments."""
    first = unit_at_work(commitments=100)
    for _n in range(19):
        unit_at_work(first.term, commitments=100)
    for n in range(360):
        Member.objects.create(
            organisation=OrganisationFactory(
                latitude=-30 + (n % 40) * 0.7,
                longitude=-70 + (n % 23),
                country=("BR", "AR", "UY", "PE")[n % 4],
            ),
            starts_on=date(2010, 1, 1),
        )
    report = ReportFactory(unit=None, term=first.term)
    spent = {}
    begun = time.perf_counter()
    paper = gathered(report)
    spent["gather"] = time.perf_counter() - begun
    for name, write in (
        ("pdf", lambda: as_pdf(paper, timezone.now())),
        ("docx", lambda: as_docx(paper)),
        ("xlsx", lambda: as_xlsx(paper)),
    ):
        begun = time.perf_counter()
        made = write()
        spent[name] = time.perf_counter() - begun
        spent[f"{name} kB"] = len(made) / 1024
    spent["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with capsys.disabled():
        print("\n" + ", ".join(f"{key} {value:.1f}" for key, value in spent.items()))
    assert sum(spent[key] for key in ("gather", "pdf", "docx", "xlsx")) < 60
