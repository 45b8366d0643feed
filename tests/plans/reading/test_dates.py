"""Dates as plans write them."""

import pytest

from mutirao.plans.reading.dates import Span, read_date, read_day_in_month, read_month, read_period
from mutirao.plans.reading.events import impossible


def days(span: Span | None) -> list[tuple[tuple[int | None, int, int], ...]] | None:
    return [tuple(pair) for pair in span.days] if span else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12 al 14 de marzo: Taller", (None, 3, 12), (None, 3, 14)),
        ("del 12 al 14 de marzo, Taller", (None, 3, 12), (None, 3, 14)),
        ("entre el 12 y el 14 de marzo", (None, 3, 12), (None, 3, 14)),
        ("28 de abril a 2 de maio – Feira", (None, 4, 28), (None, 5, 2)),
        ("28/04 a 02/05 Feira", (None, 4, 28), (None, 5, 2)),
        ("28 de diciembre al 2 de enero de 2026", (2025, 12, 28), (2026, 1, 2)),
        ("16/04/2018 - Foro", (2018, 4, 16), (2018, 4, 16)),
        ("2018-04-16: Foro", (2018, 4, 16), (2018, 4, 16)),
        ("16.04.2018 Foro", (2018, 4, 16), (2018, 4, 16)),
        ("05/06/25", (2025, 6, 5), (2025, 6, 5)),
        ("5, 6 y 7 de junio", (None, 6, 5), (None, 6, 7)),
        ("3 e 4 de maio", (None, 5, 3), (None, 5, 4)),
        ("miércoles 5 y jueves 6 de junio", (None, 6, 5), (None, 6, 6)),
        ("1º de maio – Ato", (None, 5, 1), (None, 5, 1)),
        ("1° de agosto", (None, 8, 1), (None, 8, 1)),
        ("Lunes 12 de marzo, Acto", (None, 3, 12), (None, 3, 12)),
        ("terça-feira, 24 de abril", (None, 4, 24), (None, 4, 24)),
        ("10-12 abr: Foro", (None, 4, 10), (None, 4, 12)),
        ("10 set. 2025", (2025, 9, 10), (2025, 9, 10)),
        ("March 12-14, 2025", (2025, 3, 12), (2025, 3, 14)),
        ("marzo 12 al 14", (None, 3, 12), (None, 3, 14)),
        ("12-14/03/2025", (2025, 3, 12), (2025, 3, 14)),
    ],
)
def test_date_reads_first_and_last_day(
    text: str, first: tuple[int | None, int, int], last: tuple[int | None, int, int]
) -> None:
    span = read_date(text)
    assert days(span) == [(first, last)]
    assert span is not None and not span.impossible


def test_date_keeps_days_apart_that_are_apart() -> None:
    span = read_date("3, 10 y 17 de junio: Taller")
    assert days(span) == [((None, 6, d), (None, 6, d)) for d in (3, 10, 17)]


@pytest.mark.parametrize(
    "text",
    ["31 de febrero", "31/02/2025", "45 de março", "14 al 12 de marzo", "30.02.2024", "0 de maio"],
)
def test_date_that_cannot_be_is_impossible(text: str) -> None:
    span = read_date(text)
    assert span is not None and span.impossible


def test_date_of_29_february_depends_on_the_year() -> None:
    span = read_date("29 de febrero: Acto")
    assert span is not None
    assert not impossible(span, 2024)
    assert impossible(span, 2025)


@pytest.mark.parametrize(
    "text",
    [
        "4.0 Inovação",
        "2030 Agenda",
        "mayor participación",
        "5 personas",
        "12:30 almuerzo",
        "I) texto",
    ],
)
def test_text_without_a_date_gives_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("16 – Fórum", 16, 16),
        ("13 à 16 - Feira", 13, 16),
        ("12 al 14: Taller", 12, 14),
        ("5, 6 y 7 – Foro", 5, 7),
        ("25 Feria", 25, 25),
    ],
)
def test_day_under_its_month_is_read(text: str, first: int, last: int) -> None:
    assert days(read_day_in_month(text, 4, 2018)) == [((2018, 4, first), (2018, 4, last))]


def test_number_of_people_is_no_day() -> None:
    assert read_day_in_month("5 personas", 4, 2018) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Agosto (fecha a confirmar)", (None, 8)),
        ("MARZO 2025", (2025, 3)),
        ("Abril/2018", (2018, 4)),
        ("Março-26", (2026, 3)),
        ("Segunda quincena de agosto", (None, 8)),
        ("Mediados de octubre", (None, 10)),
        ("1ª semana de junho", (None, 6)),
        ("08/2025", (2025, 8)),
    ],
)
def test_month_is_read(text: str, month: tuple[int | None, int]) -> None:
    span = read_month(text)
    assert span is not None and span.month == month


@pytest.mark.parametrize(
    "text",
    ["Primer semestre", "2º semestre de 2025", "A definir: Taller", "Todo o ano", "1er trimestre"],
)
def test_period_without_month_is_vague(text: str) -> None:
    span = read_period(text)
    assert span is not None and span.vague and not span.days and span.month is None
