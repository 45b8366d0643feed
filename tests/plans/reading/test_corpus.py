"""Whole plans, written as their authors would, against what a person reads in them."""

from pathlib import Path
from typing import Any

import pytest

from mutirao.demonstration.data import read
from mutirao.intake.readers import read_document
from mutirao.plans.reading import PlanReading, read_plan
from mutirao.plans.samples.make import PORTUGUESE, SPANISH

from .described import PLANS
from .expected import EXPECTED
from .makers import make

# In a PDF nothing tells two short lines of a cell from one that was wrapped, or soft breaks.
NOT_IN_PDF = {"financas_pt", "saude_pt"}
CORPUS = Path(__file__).parent / "corpus"


def said(reading: PlanReading) -> dict[str, Any]:
    """The reading in the shape of EXPECTED."""
    return {
        "language": reading.language,
        "year": reading.year,
        "presented_by": reading.presented_by,
        "unit": reading.unit,
        "axes": [(item.number, item.text) for item in reading.axes],
        "work_axes": [(item.number, item.text) for item in reading.work_axes],
        "activities": [(item.number, item.text) for item in reading.activities],
        "events": [
            (
                event.start.isoformat() if event.start else None,
                event.end.isoformat() if event.end else event.month,
                event.title,
                event.place,
                event.country,
                event.description,
                event.role,
            )
            for event in reading.events
        ],
        "not_understood": [part.line for part in reading.not_understood],
    }


def without_numbers(data: dict[str, Any]) -> dict[str, Any]:
    lists = ("axes", "work_axes", "activities")
    return {**data, **{name: [text for _, text in data[name]] for name in lists}}


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda p: p.stem)
def test_reading_says_what_the_text_says(path: Path) -> None:
    assert said(read_plan(read_document(path))) == EXPECTED[path.name]


@pytest.mark.parametrize("name", sorted(PLANS))
def test_reading_says_what_the_word_document_says(name: str, tmp_path: Path) -> None:
    path = make(tmp_path / "plan.docx", PLANS[name])
    assert said(read_plan(read_document(path))) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(set(PLANS) - {"financas_pt"}))
def test_reading_says_what_the_open_document_says(name: str, tmp_path: Path) -> None:
    # The lists of this maker are bullets in .odt, so numbers are left out of the comparison.
    path = make(tmp_path / "plan.odt", PLANS[name])
    assert without_numbers(said(read_plan(read_document(path)))) == without_numbers(EXPECTED[name])


@pytest.mark.parametrize("name", sorted(set(PLANS) - NOT_IN_PDF))
def test_reading_says_what_the_pdf_says(name: str, tmp_path: Path) -> None:
    path = make(tmp_path / "plan.pdf", PLANS[name])
    expected = {**EXPECTED[name], "not_understood": None}
    assert {**said(read_plan(read_document(path))), "not_understood": None} == expected


def test_sample_in_portuguese_gives_its_parts() -> None:
    reading = read_plan(read_document(PORTUGUESE))
    assert (len(reading.axes), len(reading.activities), len(reading.events)) == (4, 6, 7)
    assert (reading.language, reading.year, reading.presented_by) == ("pt", 2026, "Recife")
    assert [n.line for n in reading.not_understood] == [39]


def test_sample_in_spanish_gives_its_parts() -> None:
    reading = read_plan(read_document(SPANISH))
    counts = (len(reading.axes), len(reading.work_axes), len(reading.activities))
    assert counts == (3, 2, 5)
    assert (reading.language, reading.term, reading.presented_by) == ("es", "2025-2026", "Santa Fe")
    assert [e.role for e in reading.events] == [
        "organises", "promotes", "organises", "organises", "takes_part", "promotes", "organises",
    ]  # fmt: skip
    assert reading.not_understood == []


@pytest.mark.parametrize(("sample", "language"), [(PORTUGUESE, "pt"), (SPANISH, "es")])
def test_sample_is_of_a_unit_and_a_city_of_the_demonstration(sample: Path, language: str) -> None:
    """So that the review screen can choose both by itself."""
    reading = read_plan(read_document(sample))
    units = [unit["name"][language] for unit in read("units")]
    assert (reading.unit or "").removeprefix("Unidad Temática de ") in units
    assert reading.presented_by in [city["name"] for city in read("cities")]
