"""Tables under the many headers that plans give them."""

import pytest

from mutirao.intake.readers import Document, Line
from mutirao.plans.reading import PlanReading, read_plan

FRONT = ["Plan de Trabajo 2024-2025", "Ciudad coordinadora: Montevideo, Uruguay"]
Rows = list[tuple[str, ...]]


def reading_of(heading: str, rows: Rows) -> PlanReading:
    """A plan of two front lines, one heading and one table, as a .docx would give it."""
    lines = [Line(n, text) for n, text in enumerate([*FRONT, heading], start=1)]
    for cells in rows:
        text = " | ".join(c for c in cells if c)
        lines.append(Line(len(lines) + 1, text, "row", cells, 0))
    reading = read_plan(Document("docx", tuple(lines), ""))
    assert reading.covered() == set(range(1, len(lines) + 1))
    return reading


def events_of(heading: str, rows: Rows) -> list[tuple[str | None, ...]]:
    return [
        (
            e.start.isoformat() if e.start else None,
            e.end.isoformat() if e.end else e.month,
            e.title,
            e.place,
            e.country,
            e.role,
        )
        for e in reading_of(heading, rows).events
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ("Fecha", "Actividad", "Ciudad y país", "Carácter de la participación"),
                ("12 al 14 de marzo", "Foro (FMM)", "Montevideo (Uruguay)", "La red organiza"),
                ("1 de febrero de 2025", "Cumbre", "Lima (Perú)", "La red participa"),
            ],
            [
                ("2024-03-12", "2024-03-14", "Foro (FMM)", "Montevideo", "UY", "organises"),
                ("2025-02-01", "2025-02-01", "Cumbre", "Lima", "PE", "takes_part"),
            ],
        ),
        (
            [
                ("Actividad", "Fecha de inicio", "Fecha de fin", "Lugar"),
                ("Curso", "01/03/2024", "30/06/2024", "Virtual"),
            ],
            [("2024-03-01", "2024-06-30", "Curso", "Virtual", None, None)],
        ),
        (
            [
                ("EVENTO", "SEDE", "DÍA", "MES", "AÑO"),
                ("Foro", "Quito, Ecuador", "5", "Abril", "2024"),
                ("Congreso", "Bogotá, Colombia", "10 al 12", "Septiembre", "2025"),
            ],
            [
                ("2024-04-05", "2024-04-05", "Foro", "Quito", "EC", None),
                ("2025-09-10", "2025-09-12", "Congreso", "Bogotá", "CO", None),
            ],
        ),
        (
            [
                ("Nombre del evento", "Lugar y fecha", "Participación"),
                ("Foro", "El Cairo, Egipto, 4 al 8 de noviembre de 2024", "Delegación"),
                ("Cumbre", "Salta, Argentina, diciembre de 2024", "Stand"),
            ],
            [
                ("2024-11-04", "2024-11-08", "Foro", "El Cairo", "EG", "takes_part"),
                (None, "2024-12", "Cumbre", "Salta", "AR", "takes_part"),
            ],
        ),
        (
            [
                ("¿Cuándo?", "¿Qué?", "¿Dónde?", "Papel de la red"),
                ("5 y 6 de junio", "Escuela", "En línea", "Organiza junto a otros"),
            ],
            [("2024-06-05", "2024-06-06", "Escuela", "En línea", None, "organises")],
        ),
        (
            [
                ("Marzo", "8 de marzo", "Acto", "Montevideo, Uruguay", "Organiza"),
                ("", "20 de marzo", "Taller", "Virtual", "Promueve"),
            ],
            [
                ("2024-03-08", "2024-03-08", "Acto", "Montevideo", "UY", "organises"),
                ("2024-03-20", "2024-03-20", "Taller", "Virtual", None, "promotes"),
            ],
        ),
        (
            [
                ("Enero", "Febrero", "Marzo"),
                ("—", "Reunión (virtual)", "8: Acto (Montevideo, Uruguay)"),
            ],
            [
                (None, "2024-02", "Reunión", "virtual", None, None),
                ("2024-03-08", "2024-03-08", "Acto", "Montevideo", "UY", None),
            ],
        ),
    ],
)
def test_calendar_table_is_read(rows: Rows, expected: list[tuple[str | None, ...]]) -> None:
    assert events_of("Calendario", rows) == expected


def test_calendar_table_lists_impossible_dates_and_goes_on() -> None:
    rows = [("Fecha", "Evento", "Lugar"), ("31/02/2024", "Foro", "Lima"), ("3/4", "Feria", "Lima")]
    reading = reading_of("Calendario", rows)
    assert [n.line for n in reading.not_understood] == [5]
    assert [e.title for e in reading.events] == ["Feria"]


def test_calendar_cell_with_two_dates_gives_two_events() -> None:
    rows = [("Fecha", "Evento", "Lugar"), ("12 al 14 de marzo y 3 de abril", "Foro", "Lima, Perú")]
    assert [(a, b) for a, b, *_ in events_of("Calendario", rows)] == [
        ("2024-03-12", "2024-03-14"),
        ("2024-04-03", "2024-04-03"),
    ]


def test_table_of_objectives_with_activities_gives_axes() -> None:
    rows = [
        ("Objetivo específico", "Actividad", "Trimestre"),
        ("1. Formar equipos", "1.1 Curso", "T1"),
        ("", "1.2 Guía", "T2"),
        ("2. Incidir", "2.1 Foro", "T4"),
    ]
    reading = reading_of("Plan de acción", rows)
    assert [(a.number, a.text) for a in reading.axes] == [("1", "Formar equipos"), ("2", "Incidir")]
    assert [(a.number, a.axis) for a in reading.activities] == [("1.1", 0), ("1.2", 0), ("2.1", 1)]


def test_column_of_axis_numbers_joins_only_what_it_names() -> None:
    rows = [("Actividad", "Eje", "Responsable"), ("Guía", "I", "Lima"), ("Foro", "I y II", "Lima")]
    lines = ["Plan 2024", "Ejes de acción", "I. Agua", "II. Suelo", "Actividades"]
    built = [Line(n, text) for n, text in enumerate(lines, start=1)]
    built += [Line(6 + n, " | ".join(c), "row", c, 0) for n, c in enumerate(rows)]
    reading = read_plan(Document("docx", tuple(built), ""))
    assert [a.axis for a in reading.activities] == [0, None]
    assert "Eje: I y II" in reading.activities[1].text


def test_equal_numbers_join_nothing() -> None:
    lines = [
        "Plan 2024",
        "Ejes de acción",
        "I. Agua",
        "II. Suelo",
        "Actividades",
        "I. Guía",
        "II. Foro",
    ]
    built = tuple(Line(n, text) for n, text in enumerate(lines, start=1))
    reading = read_plan(Document("txt", built, ""))
    assert [a.number for a in reading.activities] == ["I", "II"]
    assert [a.axis for a in reading.activities] == [None, None]
    assert reading.as_json()["activity_axes"] == []
