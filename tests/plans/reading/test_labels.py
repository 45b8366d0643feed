"""Numbers and bullets at the start of items."""

import pytest

from mutirao.plans.reading.labels import Levels, parse_label


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("I) - TEXTO", "I", "TEXTO"),
        ("II) – Texto", "II", "Texto"),
        ("IV- Texto", "IV", "Texto"),
        ("1.- Texto", "1", "Texto"),
        ("2.1 Texto", "2.1", "Texto"),
        ("a) texto", "a", "texto"),
        ("B. Texto", "B", "Texto"),
        ("(iii) texto", "iii", "texto"),
        ("1ª) Texto", "1", "Texto"),
        ("Eje 1: Texto", "1", "Texto"),
        ("Eixo I – Texto", "I", "Texto"),
        ("Actividad 3. Texto", "3", "Texto"),
        ("Primero: texto", "Primero", "texto"),
        ("B.2 Texto", "B.2", "Texto"),
        ("• texto", None, "texto"),
        ("- texto", None, "texto"),
    ],
)
def test_label_is_taken_from_the_text(text: str, number: str | None, rest: str) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.number, text[label.length :].strip()) == (number, rest)


@pytest.mark.parametrize(
    "text",
    ["A proposta", "2018 – ano", "Ejes de trabajo", "Objetivos", "Área de turismo", "E assim"],
)
def test_text_that_starts_with_its_own_words_has_no_label(text: str) -> None:
    assert parse_label(text) is None


def depths(texts: list[str]) -> list[int]:
    levels = Levels()
    labels = [parse_label(t) for t in texts]
    return [levels.depth(label) for label in labels if label]


def test_levels_take_c_and_i_for_letters_where_letters_run() -> None:
    assert (
        depths(["b) x", "c) x", "d) x", "e) x", "f) x", "g) x", "h) x", "i) x", "j) x"]) == [0] * 9
    )


def test_levels_take_i_for_a_roman_number_where_it_begins() -> None:
    assert depths(["1. x", "i) x", "ii) x", "2. x"]) == [0, 1, 1, 0]


def test_levels_follow_uneven_marks_of_one_numbering() -> None:
    assert depths(["I) - x", "II) – x", "III) x", "IV- x"]) == [0, 0, 0, 0]
