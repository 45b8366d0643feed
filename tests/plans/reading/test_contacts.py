"""Contacts and signatures never reach what can be published."""

import json
from pathlib import Path

import pytest

from mutirao.intake.readers import read_document
from mutirao.plans.reading import PlanReading, read_plan
from mutirao.plans.reading.contacts import is_contact, is_office, is_place_and_date, redact


def reading_of(folder: Path, text: str) -> PlanReading:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read_plan(read_document(path))


def signature_lines(reading: PlanReading) -> list[int]:
    return sorted({n for o in reading.other if o.kind == "signature" for n in o.lines})


@pytest.mark.parametrize(
    "text",
    [
        "Email: [EMAIL]",
        "telefone de contato: [TELEFONE]",
        "unidad@ejemplo.org",
        "Tel.: +54 341 480 0000",
        "Posição no governo local: PREFEITO",
        "WhatsApp: (11) 5555-0000",
    ],
)
def test_contact_is_recognised(text: str) -> None:
    assert is_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Coordinadora: Ciudad de Rosario",
        "Contacto con universidades de la región para proyectos comunes y pasantías de "
        "estudiantes avanzados en los municipios",
        "Eje 1: Turismo",
    ],
)
def test_line_that_names_a_city_or_says_more_is_no_contact(text: str) -> None:
    assert not is_contact(text)


def test_unit_is_no_office() -> None:
    assert is_office("Prefeito de Osasco")
    assert not is_office("Vice-Presidência de Inovação")


def test_place_and_date_closes_a_document() -> None:
    assert is_place_and_date("Osasco – São Paulo – Brasil - 15 de fevereiro de 2018")
    assert not is_place_and_date("Foro de ciudades (Lima, Perú), 15 de febrero de 2018 – participa")


def test_redaction_takes_out_addresses_and_numbers_only() -> None:
    text, taken = redact("Curso abierto (inscripciones: cursos@ejemplo.org), 24 horas")
    assert text == "Curso abierto, 24 horas"
    assert taken == ["cursos@ejemplo.org"]


def test_contact_inside_an_activity_is_not_published(tmp_path: Path) -> None:
    text = (
        "Plan de trabajo 2025\nActividades\n1. Curso de datos; escribir a datos@ejemplo.org\n2. "
        "Guía común\n"
    )
    reading = reading_of(tmp_path, text)
    data = reading.as_json()
    public = {k: data[k] for k in data if k not in {"other", "not_understood"}}
    assert "@" not in json.dumps(public)
    assert signature_lines(reading) == [3]


@pytest.mark.parametrize(
    ("ending", "count"),
    [
        ("Atentamente,\nAna Exemplo\nIntendenta de Ejemplo", 3),
        ("______________\nNome do Signatário\nPrefeito de Exemplo", 3),
        ("Nombre De Ejemplo\nSecretario de Ambiente\ncorreo@ejemplo.org", 3),
        ("Rosario, 3 de mayo de 2025", 1),
    ],
)
def test_signature_block_is_kept_apart(tmp_path: Path, ending: str, count: int) -> None:
    text = (
        f"Plan de trabajo 2025\n\nActividades\n\n1. Curso de datos.\n2. Guía común.\n\n{ending}\n"
    )
    reading = reading_of(tmp_path, text)
    assert signature_lines(reading) == list(range(5, 5 + count))
    assert [a.text for a in reading.activities] == ["Curso de datos.", "Guía común."]


def test_unit_in_the_middle_is_no_signature(tmp_path: Path) -> None:
    text = (
        "Plan de trabajo 2025\n\nPresentación\n\nVicepresidencia de Cultura\n\nLa unidad trabaja "
        "en red.\n\nActividades\n\n1. Guía.\n"
    )
    assert signature_lines(reading_of(tmp_path, text)) == []
