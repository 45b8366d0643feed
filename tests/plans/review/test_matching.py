"""Names in documents are found among the network's, whatever the spelling."""

import pytest

from mutirao.plans.review.matching import best_match

UNITS = [
    ("innovation", ["Vice-Presidência de Inovação e Governança", "Vicepresidencia de Innovación"]),
    ("climate", ["Vice-Presidência de Desenvolvimento Sustentável e Clima"]),
    ("culture", ["Unidade Temática de Cultura", "Unidad Temática de Cultura", "Culture"]),
    ("science", ["Unidade Temática de Ciência e Tecnologia"]),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VICE – PRESIDÊNCIA DE INOVAÇÃO E GOVERNANÇA", "innovation"),
        ("Vicepresidencia de innovacion", "innovation"),
        ("UNIDAD TEMATICA DE CULTURA", "culture"),
        ("Unidade temática Ciência, Tecnologia", "science"),
        ("Unidad Temática de Turismo", None),
        ("", None),
        (None, None),
        ("de la", None),
    ],
)
def test_best_match_ignores_accents_case_and_language(text: str | None, found: str | None) -> None:
    assert best_match(text, UNITS) == found
