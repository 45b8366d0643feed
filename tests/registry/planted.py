"""A spreadsheet of members as a secretariat keeps it, with mistakes planted in known cells.

Seeded: the same call makes the same file. Names are invented, no two of them near each other.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass

from openpyxl import Workbook

from mutirao.registry.names import NearIndex
from mutirao.registry.sheets import column_letter

HEADINGS = [
    "Código", "Nome", "Tipo", "País", "Estado ou província", "População", "Ano da população",
    "Latitude", "Longitude", "Idiomas", "Site", "Admitido em", "Ata", "Saída",
]  # fmt: skip
PLACES = [
    ("Brasil", "Paraná", "pt"), ("Argentina", "Santa Fe", "es"), ("Uruguay", "Salto", "es"),
    ("Paraguai", "Itapúa", "es"), ("CHL", "Biobío", "es"), ("Bolivia", "Tarija", "es"),
    ("pe", "Cusco", "es"), ("Colombia", "Antioquia", "es"), ("Equador", "Azuay", "es"),
]  # fmt: skip
_ONE = "Al An Bar Bel Bor Cal Cam Cor Dor Es Fal Gua Igua Jar Lam Mar Mon Nor Ol Par Pas Quil Ri Sal San Tac Tor Uru Val Vil Yer Zar".split()  # noqa: E501, SIM905
_TWO = "a e i o u ba ca da fa ga la ma na ra sa ta va bi ci di li mi ni ri ti vi".split()  # noqa: SIM905
_THREE = "bres ção cruz dales fuentes gre huasi iguá jó kiry lândia mayu nópolis ñandú porá quén res sal tinga uçu vista yba zal".split()  # noqa: E501, SIM905


@dataclass(frozen=True)
class Mistake:
    """A cell that is wrong: the row and column as a spreadsheet shows them, and why."""

    row: int
    column: str
    code: str


# heading, what is written there, the code of the finding; "@code"/"@name" is another row's
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("Nome", "", "missing"),
    ("Nome", '=HYPERLINK("http://x")', "like_formula"),
    ("Nome", "@name", "repeated"),
    ("Nome", "x" * 161, "too_long"),
    ("País", "", "missing"),
    ("País", "Brazul", "no_country"),
    ("País", "Mercosul", "no_country"),
    ("Tipo", "prefeitinho", "no_kind"),
    ("Tipo", "planeta", "no_kind"),
    ("População", "cerca de 40 mil", "not_whole"),
    ("População", "12,5", "not_whole"),
    ("População", "0", "out_of_range"),
    ("População", "-300", "not_whole"),
    ("Ano da população", "1822", "out_of_range"),
    ("Ano da população", "ontem", "not_whole"),
    ("Latitude", "98.7", "out_of_range"),
    ("Latitude", "23°33'S", "no_degrees"),
    ("Longitude", "", "half_place"),
    ("Longitude", "-200", "out_of_range"),
    ("Idiomas", "klingon", "no_language"),
    ("Site", "http//sem-ponto", "no_website"),
    ("Site", "javascript://alert(1)", "no_website"),
    ("Admitido em", "31/02/2001", "no_such_day"),
    ("Admitido em", "31/12/99", "short_year"),
    ("Admitido em", "em 2004", "no_date"),
    ("Admitido em", "01/01/0204", "far_year"),
    ("Saída", "01/01/1950", "left_before"),
    ("Saída", "30/02/2015", "no_such_day"),
    ("Código", "@code", "repeated_code"),
    ("Código", "+55", "like_formula"),
)


def members(count: int, seed: int = 7) -> list[list[str]]:
    """Rows of correct cells under HEADINGS."""
    rng = random.Random(seed)
    index, rows = NearIndex(), []
    while len(rows) < count:
        country, region, language = PLACES[len(rows) % len(PLACES)]
        name = rng.choice(_ONE) + rng.choice(_TWO) + rng.choice(_TWO) + rng.choice(_THREE)
        if rng.random() < 0.5:
            name = f"{rng.choice(['Nova', 'São', 'Puerto', 'Villa', 'Rio', 'Campo'])} {name}"
        if index.near("", name):
            continue
        index.add("", name, len(rows))
        people = rng.randrange(3_000, 3_000_000)
        rows.append(
            [
                f"M-{len(rows) + 1:04}", f"{name} ", "prefeitura", country, region,
                f"{people:,}".replace(",", "."), "2022",
                f"{rng.uniform(-50, 5):.4f}".replace(".", ","), f"{rng.uniform(-75, -35):.4f}",
                language, f"www.cidade{len(rows) + 1}.example",
                f"{rng.randrange(13, 29)}/{rng.randrange(1, 13):02}/{rng.randrange(1996, 2024)}",
                f"Ata {rng.randrange(1, 40)}", "",
            ]
        )  # fmt: skip
    return rows


def plant(rows: list[list[str]], seed: int = 11) -> tuple[list[list[str]], list[Mistake]]:
    """A copy of the rows with one mistake of each of the 30 kinds, each in a row of its own."""
    rng = random.Random(seed)
    wrong = [list(row) for row in rows]
    places = sorted(rng.sample(range(5, len(rows)), len(_KINDS)))
    rng.shuffle(places)
    mistakes = []
    for place, (heading, written, code) in zip(places, _KINDS, strict=True):
        column = HEADINGS.index(heading)
        if written == "@name":  # the same city again: its name and its country
            wrong[place][1], wrong[place][3] = rows[0][1].upper(), rows[0][3]
        else:
            wrong[place][column] = {"@code": rows[1][0]}.get(written, written)
        mistakes.append(Mistake(place + 2, column_letter(column), code))
    return wrong, sorted(mistakes, key=lambda mistake: mistake.row)


def as_csv(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([HEADINGS, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list[str]]) -> bytes:
    """As a workbook in which every cell is text, formulas too."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            if text:
                sheet.cell(number, column, text).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
