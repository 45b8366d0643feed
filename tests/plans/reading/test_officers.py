"""Plans as municipal officers write them, each against what a person reads in it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from mutirao.intake.readers import read_document
from mutirao.plans.reading import PlanReading, read_plan

from .makers import make
from .officers_described import PLANS
from .officers_expected import EXPECTED

TEXTS = Path(__file__).parent / "officers"


def opened(name: str, folder: Path) -> tuple[PlanReading, set[int]]:
    path = TEXTS / name
    if name in PLANS:
        ending, parts = PLANS[name]
        path = make(folder / f"plan{ending}", parts)
    document = read_document(path)
    return read_plan(document), {line.number for line in document.lines}


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def said(reading: PlanReading, wanted: dict[str, Any]) -> dict[str, Any]:
    """The reading in the shape of what is wanted; texts cut where the wanted one ends in "…"."""
    data: dict[str, Any] = {
        name: getattr(reading, name) for name in ("language", "year", "unit", "presented_by")
    }
    for name in ("axes", "work_axes", "activities"):
        data[name] = [(i.number, i.text) for i in getattr(reading, name)]
        for index, (_, text) in enumerate(wanted[name][: len(data[name])]):
            number, read = data[name][index]
            if text.endswith("…") and read.startswith(text[:-1]):
                data[name][index] = (number, text)
    data["events"] = [
        (
            iso(e.start),
            iso(e.end) if e.end else e.month,
            e.title,
            e.place,
            e.country,
            e.description,
            e.role,
            e.date_confirmed,
        )
        for e in reading.events
    ]
    data["not_understood"] = [part.text for part in reading.not_understood]
    if "joined" in wanted:
        data["joined"] = [i.axis for i in reading.activities]
    if "objectives" in wanted:
        data["objectives"] = sum(o.kind == "objective" for o in reading.other)
    if "signature" in wanted:
        signed = " ".join(o.text for o in reading.other if o.kind == "signature")
        data["signature"] = [s for s in wanted["signature"] if s in signed]
    return data


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_officers_plan_reads_as_a_person_reads_it(name: str, tmp_path: Path) -> None:
    reading, numbers = opened(name, tmp_path)
    assert said(reading, EXPECTED[name]) == EXPECTED[name]
    assert reading.covered() == numbers


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_officers_contacts_stand_in_signatures_alone(name: str, tmp_path: Path) -> None:
    reading, _ = opened(name, tmp_path)
    data = reading.as_json()
    data["other"] = [part for part in data["other"] if part["kind"] != "signature"]
    for word in EXPECTED[name].get("signature", []):
        if any(sign.isdigit() or sign == "@" for sign in word):
            assert word not in str(data)


@pytest.mark.parametrize("path", sorted((TEXTS / "writer").iterdir()), ids=lambda p: p.stem)
def test_pdf_of_a_word_processor_reads_like_its_document(path: Path) -> None:
    """Made by LibreOffice with a page header and a numbered footer; tables cross pages."""
    document = read_document(path)
    reading = read_plan(document)
    assert said(reading, EXPECTED[path.stem]) == EXPECTED[path.stem]
    assert reading.covered() == {line.number for line in document.lines}
