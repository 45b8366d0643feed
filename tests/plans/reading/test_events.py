"""What stands after the date: title, place, description, role."""

import pytest

from mutirao.plans.reading.body import Context, read_body
from mutirao.plans.reading.places import city_of, parse_place
from mutirao.plans.reading.roles import role_of

CONTEXT = Context(year=2025, language="es", own_names=("rosario",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forum de Impacto (GMI) Oeste (São Paulo-Brasil) – boas práticas – Realizado pela VP",
            ("Forum de Impacto (GMI) Oeste", "São Paulo", "BR", "boas práticas", "organises"),
        ),
        (
            "Feira – Edição Global (New Orleans – US) – Participação da VP",
            ("Feira – Edição Global", "New Orleans", "US", None, "takes_part"),
        ),
        (
            "Taller de datos – Rosario, Argentina – Buenas prácticas – Organiza la UT",
            ("Taller de datos", "Rosario", "AR", "Buenas prácticas", "organises"),
        ),
        (
            "Foro de Juventudes, Montevideo, Uruguay. Participa la Unidad Temática.",
            ("Foro de Juventudes", "Montevideo", "UY", None, "takes_part"),
        ),
        (
            "Seminario web sobre datos [virtual] – promueve la UT",
            ("Seminario web sobre datos", "virtual", None, None, "promotes"),
        ),
        (
            "Encuentro de alcaldes – Montevideo – Uruguay – cooperación – participa",
            ("Encuentro de alcaldes", "Montevideo", "UY", "cooperación", "takes_part"),
        ),
        (
            "Reunión (virtual) - Tema: plan - Organiza: Rosario",
            ("Reunión", "virtual", None, "plan", "organises"),
        ),
        (
            "Congreso organizado por la ONU (El Cairo, Egipto)",
            ("Congreso organizado por la ONU", "El Cairo", "EG", None, None),
        ),
        ("Participación ciudadana", ("Participación ciudadana", None, None, None, None)),
        ("Taller en Rosario (Argentina)", ("Taller", "Rosario", "AR", None, None)),
    ],
)  # fmt: skip
def test_body_separates_its_parts(text: str, expected: tuple[str | None, ...]) -> None:
    body = read_body(text, CONTEXT)
    assert (
        body.title,
        body.place.name,
        body.place.country,
        body.description,
        body.role,
    ) == expected


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("São Paulo-Brasil", "São Paulo", "BR"),
        ("Johanesburg – South Africa", "Johanesburg", "ZA"),
        ("Washington, EE.UU.", "Washington", "US"),
        ("Nova York, EUA", "Nova York", "US"),
        ("Quito (Ecuador)", "Quito", "EC"),
        ("Montevideo/Uruguay", "Montevideo", "UY"),
        ("Assunção – Paraguai", "Assunção", "PY"),
        ("Ciudad de México", "Ciudad de México", None),
        ("Bogotá", "Bogotá", None),
        ("Argentina", None, "AR"),
    ],
)
def test_place_takes_only_what_is_said(text: str, name: str | None, country: str | None) -> None:
    place = parse_place(text, "es")
    assert (place.name, place.country) == (name, country)


def test_state_of_brazil_says_the_country_in_portuguese() -> None:
    assert parse_place("Curitiba – PR", "pt").country == "BR"


def test_presenting_city_keeps_state_and_country_apart() -> None:
    place = city_of("Prefeitura Municipal de Osasco – São Paulo – Brasil", "pt")
    assert (place.name, place.region, place.country) == ("Osasco", "São Paulo", "BR")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Realizado pela VP", "organises"),
        ("Apoio da rede", "promotes"),
        ("Participan las ciudades", "takes_part"),
        ("Organizado por el BID", None),
        ("Intercambio de experiencias", None),
    ],
)
def test_role_is_the_networks_only(text: str, role: str | None) -> None:
    assert role_of(text) == role
