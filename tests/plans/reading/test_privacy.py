"""E-mails and telephones written into any line of a plan come out in signatures alone."""

import random
from pathlib import Path

import pytest

from mutirao.intake.readers import read_document
from mutirao.plans.reading import read_plan

HERE = Path(__file__).parent
TEXTS = [p for f in ("corpus", "officers") for p in sorted((HERE / f).iterdir()) if p.is_file()]
CONTACTS = {
    " – gestora@cidade.example": "gestora@",
    " (tel. 011 4350-3000)": "4350-3000",
    " Cel: 099 123 456": "123 456",
    " +598 2 1950 3000": "1950 3000",
    " Contato: (11) 4622-7500": "4622-7500",
    " WhatsApp 11987654321": "11987654321",
    " gestora[at]cidade.example / 3322-1100": "3322-1100",
    " Tel/Fax: 54-341-4802000": "4802000",
    " Teléfonos: 0341 480 2000": "480 2000",
}


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_contacts_in_any_line_stay_private(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    codec = "cp1252" if path.stem == "es-sin-acentos" else "utf-8"
    lines = raw.decode(codec).split("\n")
    chance = random.Random(path.stem)
    for index in chance.sample(range(len(lines)), len(lines) // 3):
        if lines[index].strip("|-: "):
            lines[index] += chance.choice(list(CONTACTS))
    lines[0] += " – gestora@cidade.example"
    changed = tmp_path / f"plan{path.suffix}"
    changed.write_text("\n".join(lines), encoding="utf-8")
    document = read_document(changed)
    reading = read_plan(document)
    data = reading.as_json()
    data["other"] = [part for part in data["other"] if part["kind"] != "signature"]
    assert [mark for mark in CONTACTS.values() if mark in str(data)] == []
    assert reading.covered() == {line.number for line in document.lines}


@pytest.mark.parametrize(
    "text",
    ["Plan de Trabajo 2024-2025", "Meta 2030 – 2050", "Ley 13.019/2014", "12 000 000 de personas"],
)
def test_numbers_that_are_no_telephones_stay(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"Plan de trabajo 2025\n\nActividades\n\n1. {text} uno\n2. Otra\n", "utf-8")
    assert text in read_plan(read_document(path)).activities[0].text
