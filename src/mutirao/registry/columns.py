"""The columns a spreadsheet may have: their headings in any of the languages, what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mutirao.core.languages import DJANGO_CODES, LANGUAGES
from mutirao.network.states import Kind, Office

from . import cells
from .names import same_key
from .sheets import Row
from .states import SheetKind

FIRST_ROWS = 15  # the headings stand in one of them; titles may come before


@dataclass(frozen=True)
class Column:
    """One thing a sheet may say of a row.

    `also` are other headings people give it, without accents and capitals.
    """

    key: str
    label: Any
    read: cells.Reader
    help: Any
    example: Any
    also: tuple[str, ...] = ()
    required: bool = False

    def headings(self) -> set[str]:
        found = {same_key(self.key), *self.also}
        for language in LANGUAGES:
            with override(DJANGO_CODES[language]):
                found.add(same_key(str(self.label)))
        return found


_DAY = _("A date of the spreadsheet, day/month/year, or 2024-12-31.")
_ORGANISATIONS = (
    Column(
        "code",
        _("Code"),
        cells.text(40),
        _("What your own lists call it: a row finds its organisation even under a new name."),
        lazystr("AR-017"),
        ("codigo", "cod", "id", "sigla interna"),
    ),
    Column(
        "name",
        _("Name"),
        cells.text(160),
        _("The official name."),
        lazystr("Rosario"),
        (
            "nombre",
            "nome",
            "cidade",
            "ciudad",
            "city",
            "municipio",
            "organizacao",
            "organizacion",
            "organisation",
            "organization",
            "membro",
            "miembro",
            "member",
        ),
        True,
    ),
    Column(
        "short_name",
        _("Short name"),
        cells.text(60),
        _("For maps and lists, when the name is long."),
        lazystr(""),
        ("sigla", "nome abreviado", "nombre abreviado"),
    ),
    Column(
        "kind",
        _("Kind"),
        cells.one_of(Kind, "no_kind"),
        _("City government, development agency, company … Empty for a new one: city government."),
        _("city government"),
        ("tipo", "type"),
    ),
    Column(
        "country",
        _("Country"),
        cells.country,
        _("Its name in Portuguese, Spanish or English, or its code."),
        lazystr("Argentina"),
        ("pais",),
    ),
    Column(
        "region",
        _("State or province"),
        cells.text(100),
        _("As it is usually written."),
        lazystr("Santa Fe"),
        (
            "estado ou provincia",
            "estado o provincia",
            "estado",
            "provincia",
            "uf",
            "departamento",
            "region",
            "state",
            "province",
        ),
    ),
    Column(
        "population",
        _("Population"),
        cells.whole(1, 2_000_000_000),
        _("Inhabitants: 1234567 or 1.234.567."),
        lazystr("1.030.069"),
        ("populacao", "poblacion", "habitantes", "inhabitants"),
    ),
    Column(
        "population_year",
        _("Year of the population"),
        cells.whole(1900, 2100),
        _("The year of the census or estimate."),
        lazystr("2022"),
        ("ano da populacao", "ano poblacion", "ano censo", "censo"),
    ),
    Column(
        "latitude",
        _("Latitude"),
        cells.degrees(90),
        _("Degrees, negative in the south: -23.55"),
        lazystr("-32.95"),
        ("lat", "latitud"),
    ),
    Column(
        "longitude",
        _("Longitude"),
        cells.degrees(180),
        _("Degrees, negative in the west: -46.63"),
        lazystr("-60.66"),
        ("lon", "lng", "long", "longitud"),
    ),
    Column(
        "languages",
        _("Languages"),
        cells.languages,
        _("pt, es or en, with commas between."),
        lazystr("es"),
        ("idiomas", "idioma", "lingua", "linguas", "lengua"),
    ),
    Column(
        "website",
        _("Website"),
        cells.website,
        _("With or without https://"),
        lazystr("https://www.rosario.gob.ar"),
        ("site", "sitio", "sitio web", "web", "url", "pagina web"),
    ),
    Column(
        "admitted_on",
        _("Admitted on"),
        cells.day,
        _DAY,
        lazystr("14/11/1995"),
        (
            "admissao",
            "admitido em",
            "data de admissao",
            "ingresso",
            "fecha de ingreso",
            "ingreso",
            "admision",
            "fecha de admision",
            "member since",
            "membro desde",
            "miembro desde",
            "desde",
            "admitted",
        ),
    ),
    Column(
        "admission_act",
        _("Act of admission"),
        cells.text(80),
        _("The document: its kind and number."),
        _("Minutes of the 1st assembly"),
        (
            "ata",
            "acta",
            "ato de admissao",
            "acto de admision",
            "documento",
            "resolucao",
            "resolucion",
        ),
    ),
    Column(
        "left_on",
        _("Left on"),
        cells.day,
        _("The last day as a member; empty while it is one."),
        lazystr(""),
        (
            "saida",
            "data de saida",
            "salida",
            "fecha de salida",
            "baja",
            "fecha de baja",
            "ate",
            "hasta",
            "left",
        ),
    ),
    Column(
        "leaving_act",
        _("Act of leaving"),
        cells.text(80),
        _("The document: its kind and number."),
        lazystr(""),
        ("ato de saida", "acto de salida"),
    ),
)
_MANDATES = (
    Column(
        "code",
        _("Code"),
        cells.text(40),
        _("The organisation's code, if your lists have one."),
        lazystr("AR-017"),
        ("codigo", "cod", "id"),
    ),
    Column(
        "organisation",
        _("Organisation"),
        cells.text(160),
        _("Its name, as it is registered here."),
        lazystr("Rosario"),
        (
            "organizacao",
            "organizacion",
            "organization",
            "cidade",
            "ciudad",
            "city",
            "nome",
            "nombre",
            "name",
            "membro",
            "miembro",
        ),
        True,
    ),
    Column(
        "country",
        _("Country"),
        cells.country,
        _("Needed only where two organisations share a name."),
        lazystr("Argentina"),
        ("pais",),
    ),
    Column(
        "unit",
        _("Unit"),
        cells.text(160),
        _("Its name in any of the languages."),
        lazystr(""),
        ("unidade", "unidad", "unidade tematica", "unidad tematica", "orgao", "organo"),
        True,
    ),
    Column(
        "term",
        _("Term"),
        cells.text(20),
        _("As the network calls it: 2026, or 2026-2027."),
        lazystr("2026"),
        ("gestao", "gestion", "periodo", "mandato", "ano"),
        True,
    ),
    Column(
        "office",
        _("Office"),
        cells.one_of(Office, "no_office"),
        _("Coordinator, sub-coordinator, president …"),
        _("coordinator"),
        ("cargo", "funcao", "funcion", "rol"),
        True,
    ),
    Column(
        "starts_on",
        _("From"),
        cells.day,
        _("Empty: from the first day of the term."),
        lazystr(""),
        ("de", "desde", "inicio", "starts on", "a partir de"),
    ),
    Column(
        "ends_on",
        _("Until"),
        cells.day,
        _("Empty: until the term ends."),
        lazystr(""),
        ("ate", "hasta", "fim", "fin", "ends on"),
    ),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    SheetKind.ORGANISATIONS: _ORGANISATIONS,
    SheetKind.MANDATES: _MANDATES,
}


def find_headings(kind: str, sheets: Sequence[Sequence[Row]]) -> tuple[int, int, dict[str, int]]:
    """Where the headings stand, and what each column holds: (sheet, row's index, key → column).

    The row with the most headings we know wins; none known: the first row of the first sheet.
    """
    known = _known(kind)
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for sheet, rows in enumerate(sheets):
        for index, row in enumerate(rows[:FIRST_ROWS]):
            mapping: dict[str, int] = {}
            for place, cell in enumerate(row.cells):
                key = known.get(same_key(cell.text))
                if key and key not in mapping:
                    mapping[key] = place
            if len(mapping) > len(best[2]):
                best = (sheet, index, mapping)
    return best


def _known(kind: str) -> dict[str, str]:
    """Heading → key of the column. A column's own name goes before another one's nickname."""
    found: dict[str, str] = {}
    for column in COLUMNS[kind]:
        for heading in column.headings() - set(column.also):
            found.setdefault(heading, column.key)
    for column in COLUMNS[kind]:
        for heading in column.also:
            found.setdefault(same_key(heading), column.key)
    return found


def lacking(kind: str, mapping: Mapping[str, int]) -> list[Column]:
    """Columns a sheet cannot do without and has not."""
    return [column for column in COLUMNS[kind] if column.required and column.key not in mapping]


def dates_of(kind: str, mapping: Mapping[str, int]) -> list[int]:
    """The places of the columns that hold dates."""
    return [
        mapping[column.key]
        for column in COLUMNS[kind]
        if column.read is cells.day and column.key in mapping
    ]
