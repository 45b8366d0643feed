"""Every non-empty line is in the reading or in the list of what found no place: for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mutirao.intake.readers import Document, Line, UnreadableDocument, read_document
from mutirao.plans.reading import read_plan

KINDS = {"title", "heading", "presentation", "objective", "signature"}
ROLES = {None, "organises", "promotes", "takes_part"}
PHRASES = [
    "PLANO DE TRABALHO 2025",
    "Ejes de acción",
    "Eixos de trabalho:",
    "Actividades",
    "Calendario",
    "Abril:",
    "16 – Fórum (Quito – Ecuador) – Participação da VP",
    "31 de febrero: nada",
    "I) - texto;",
    "a) texto",
    "1.1 texto",
    "• texto",
    "| a | b |",
    "|---|---|",
    "Fecha\tEvento\tLugar",
    "12 al 14 de marzo",
    "----",
    "**",
    "Eje 1: agua",
    "Actividad 2.",
    "Objetivos",
    "Contacto",
    "tel. +55 11 5555-0000",
    "x@y.org",
    "(",
    ")",
    "[",
    "Montevideo, 3 de mayo de 2025",
    "Lugar: Lima (Perú)",
    "Rol: organiza",
    "Fecha: 3/4",
    "99/99/9999",
    "0 – x",
    "Unidad Temática de Turismo",
    "Apresentado por:",
    "Ciudad coordinadora",
    "____________",
    "Atentamente,",
    "Mes | Día | Evento",
    "marzo | 3 | Foro",
    "segunda frase que continúa",
    "Presupuesto",
    "1ª) algo",
    "\ufeff",
    "\u200b",
]
lines = st.one_of(st.sampled_from(PHRASES), st.text(max_size=60))
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def assert_covered(document: Document) -> None:
    reading = read_plan(document)
    assert reading.covered() == set(range(1, len(document.lines) + 1))
    data = json.loads(json.dumps(reading.as_json()))
    assert {part["kind"] for part in data["other"]} <= KINDS
    assert {event["role"] for event in data["events"]} <= ROLES
    for event in data["events"]:
        assert (event["start"] is None) == (event["end"] is None)
        assert event["start"] is None or event["month"] is None
        assert event["start"] is None or event["start"] <= event["end"]


@SETTINGS
@given(texts=st.lists(lines, min_size=1, max_size=25))
@example(texts=["Calendario", "Marzo", "5 –", "–", "( – )", "7 – (Perú)"])
def test_reading_covers_every_line_of_any_text(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(texts), encoding="utf-8", errors="replace")
    try:
        document = read_document(path)
    except UnreadableDocument as error:
        assert error.code in {
            "empty",
            "wrong_encoding",
            "unknown_format",
            "not_what_it_says",
            "damaged",
        }
        return
    assert_covered(document)


rows = st.lists(st.lists(lines, min_size=1, max_size=5), min_size=1, max_size=6)


@SETTINGS
@given(table=rows, before=st.lists(lines, max_size=4), styled=st.integers(0, 3))
def test_reading_covers_every_row_of_any_table(
    table: list[list[str]], before: list[str], styled: int
) -> None:
    built = [Line(0, text, heading=styled or None, bold=styled == 2) for text in before]
    built += [Line(0, " | ".join(row), "row", tuple(row), 0) for row in table]
    numbered = tuple(
        Line(n, line.text, line.kind, line.cells, line.table, line.heading, bold=line.bold)
        for n, line in enumerate(built, start=1)
    )
    assert_covered(Document("docx", numbered, ""))


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "corpus").iterdir()), ids=lambda p: p.stem
)
def test_reading_covers_every_line_of_the_corpus(path: Path) -> None:
    assert_covered(read_document(path))


def test_reading_of_running_text_is_not_larger_than_the_text() -> None:
    """Joined lines and sentences that look like titles must not be said again for each line."""
    text = "Texto del plan de trabajo que dice muchas cosas sobre las ciudades. Plan de acción "
    document = Document(
        "pdf", tuple(Line(n, text + str(n % 10), gap=False) for n in range(1, 3001)), ""
    )
    reading = read_plan(document)
    assert_covered(document)
    assert len(json.dumps(reading.as_json())) < 4 * sum(len(n.text) for n in document.lines)
