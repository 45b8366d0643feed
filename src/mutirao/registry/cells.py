"""Reads one cell as what its column holds; says what is wrong with it otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import override

from mutirao.core.forms import FIRST_DAY, LAST_DAY
from mutirao.core.languages import DJANGO_CODES, LANGUAGES
from mutirao.network.states import ActKind, Kind, Office

from .names import same_key
from .sheets import Cell
from .states import DateOrder


class Fault(Exception):
    """What is wrong with a cell: a code of `messages.ROWS` and what fills its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(slots=True)
class Reading:
    """How the cells of a file are read, and what was noticed about the one being read."""

    order: str = DateOrder.DAY_FIRST
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


Reader = Callable[[Cell, Reading], Any]
_DATE = re.compile(r"^(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:[ T]\d.*)?$")
_FORMULA = ("=", "+", "-", "@", "'=", "'+", "'-", "'@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NOTHING = {"", "-", "–", "—", "n/a", "n/d", "s/d"}
_SERIALS = range(20_000, 80_000)  # 1954 to 2119, as spreadsheets count days
_EXCEL_ZERO = date(1899, 12, 30)
_GROUPED = re.compile(r"^\d{1,3}([. ,'\u202f\xa0]\d{3})+$")


def is_empty(cell: Cell) -> bool:
    return cell.kind != "merged" and cell.text.casefold() in _NOTHING


def text(limit: int) -> Reader:
    def read(cell: Cell, reading: Reading) -> str:
        if cell.kind == "text" and cell.text.startswith(_FORMULA):
            raise Fault("like_formula")
        if len(cell.text) > limit:
            raise Fault("too_long", length=len(cell.text), limit=limit)
        return cell.text

    return read


def day(cell: Cell, reading: Reading) -> date:
    """A date: of the spreadsheet, ISO, or written in the file's order; or a count of days."""
    if cell.kind == "date":
        return _sane(date.fromisoformat(cell.text))
    if cell.text.isdecimal() and int(cell.text) in _SERIALS:
        found = _EXCEL_ZERO + timedelta(days=int(cell.text))
        reading.notes.append(("serial", {"day": found.isoformat()}))
        return found
    matched = _DATE.match(cell.text)
    if not matched:
        raise Fault("no_date")
    one, two, three = matched.groups()
    if len(one) == 4 and len(three) <= 2:
        return _day(int(one), int(two), int(three))
    if len(three) != 4:
        raise Fault("short_year" if len(three) == 2 else "no_date")
    first, second = int(one), int(two)
    if reading.order == DateOrder.MONTH_FIRST:
        first, second = second, first
    return _day(int(three), second, first)


def _day(year: int, month: int, number: int) -> date:
    try:
        return _sane(date(year, month, number))
    except ValueError as error:
        raise Fault("no_such_day") from error


def _sane(found: date) -> date:
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Fault("far_year")
    return found


def order_of(cells: Iterable[Cell]) -> tuple[str, bool]:
    """In which order the dates of a file are written, and whether it shows in any of them."""
    day_first = month_first = False
    for cell in cells:
        matched = _DATE.match(cell.text) if cell.kind == "text" else None
        if matched and len(matched[1]) <= 2:
            day_first |= int(matched[1]) > 12
            month_first |= int(matched[2]) > 12
    if month_first and not day_first:
        return DateOrder.MONTH_FIRST, True
    return DateOrder.DAY_FIRST, day_first


def has_slashed_dates(cells: Iterable[Cell]) -> bool:
    return any(
        cell.kind == "text" and (found := _DATE.match(cell.text)) and len(found[1]) <= 2
        for cell in cells
    )


def whole(low: int, high: int) -> Reader:
    def read(cell: Cell, reading: Reading) -> int:
        digits = cell.text
        if cell.kind != "number" and _GROUPED.match(digits):
            digits = re.sub(r"\D", "", digits)
        if not digits.isascii() or not digits.isdecimal():
            raise Fault("not_whole")
        if not low <= int(digits) <= high:
            raise Fault("out_of_range", low=low, high=high)
        return int(digits)

    return read


def degrees(limit: int) -> Reader:
    def read(cell: Cell, reading: Reading) -> float:
        try:
            found = float(cell.text.replace(",", ".").replace("−", "-"))
        except ValueError as error:
            raise Fault("no_degrees") from error
        if not -limit <= found <= limit:
            raise Fault("out_of_range", low=-limit, high=limit)
        return found

    return read


@lru_cache
def _countries() -> dict[str, str]:
    """Folded name or code → ISO 3166-1 alpha-2, in the three languages, from the Unicode CLDR."""
    found: dict[str, str] = {}
    for locale in ("pt_BR", "pt_PT", "es", "es_419", "en"):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(same_key(name), code)
                found[code.lower()] = code
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1:
            found.setdefault(alias.lower(), codes[0])
    return found


def country(cell: Cell, reading: Reading) -> str:
    code = _countries().get(same_key(cell.text))
    if code is None:
        raise Fault("no_country")
    return code


# What people write beside the words of the house.
_MORE_WORDS: dict[str, tuple[str, ...]] = {
    Kind.CITY: ("prefeitura", "municipio", "municipalidad", "intendencia", "ciudad", "cidade",
                "city", "ayuntamiento", "alcaldia", "gobierno local", "governo local", "town"),
    Kind.AGENCY: ("agencia", "agency", "agencia de desenvolvimento", "agencia de desarrollo"),
    Kind.COMPANY: ("empresa", "company"),
    Kind.INVESTOR: ("investidor", "inversor", "inversionista"),
    Kind.BANK: ("banco", "bank"),
    Kind.UNIVERSITY: ("universidade", "universidad"),
    Kind.CIVIL_SOCIETY: ("ong", "ngo", "sociedade civil", "sociedad civil"),
    Office.PRESIDENT: ("presidencia", "presidencia pro tempore"),
    Office.EXECUTIVE_SECRETARY: ("secretaria executiva", "secretaria ejecutiva"),
    Office.VICE_PRESIDENT: ("vice presidencia", "vicepresidencia", "vice presidente",
                            "vicepresidente", "vice"),
    Office.COORDINATOR: ("coordenacao", "coordinacion", "coordenadora", "coordinadora",
                         "coordenador", "coordinador"),
    Office.SUB_COORDINATOR: ("subcoordenacao", "subcoordinacion", "sub coordenacao",
                             "sub coordinacion", "subcoordenador", "subcoordinador",
                             "subcoordenadora", "subcoordinadora", "sub coordinator"),
    Office.MEMBER: ("membro", "miembro", "integrante"),
}  # fmt: skip


@lru_cache
def _words(choices: type[models.TextChoices]) -> dict[str, str]:
    found = {same_key(choice.value): choice.value for choice in choices}
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            found |= {same_key(str(choice.label)): choice.value for choice in choices}
    for choice in choices:
        found |= {same_key(word): choice.value for word in _MORE_WORDS.get(choice, ())}
    return found


def one_of(choices: type[models.TextChoices], code: str) -> Reader:
    def read(cell: Cell, reading: Reading) -> str:
        value = _words(choices).get(same_key(cell.text))
        if value is None:
            raise Fault(code)
        return value

    return read


_LANGUAGES = {
    "pt": "pt", "portugues": "pt", "portuguese": "pt", "pt br": "pt",
    "es": "es", "espanhol": "es", "espanol": "es", "castellano": "es", "spanish": "es",
    "en": "en", "ingles": "en", "english": "en",
}  # fmt: skip


def languages(cell: Cell, reading: Reading) -> list[str]:
    found = []
    for word in re.split(r"[,;/|]| e | y | and ", cell.text):
        code = _LANGUAGES.get(same_key(word))
        if code is None and word.strip():
            raise Fault("no_language")
        if code and code not in found:
            found.append(code)
    return found


_check_url = URLValidator(schemes=["http", "https"])


def website(cell: Cell, reading: Reading) -> str:
    address = cell.text if "://" in cell.text else f"https://{cell.text}"
    try:
        _check_url(address)
    except ValidationError as error:
        raise Fault("no_website") from error
    if len(address) > 200:
        raise Fault("too_long", length=len(address), limit=200)
    return address


_ACTS = (
    (("ata", "acta", "minutes", "assembl", "asamblea"), ActKind.MINUTES),
    (("resolu",), ActKind.RESOLUTION),
    (("oficio", "nota", "carta", "letter"), ActKind.LETTER),
    (("lei", "ley", "decreto", "ordenan", "law", "decree"), ActKind.LAW),
)


def act_kind(name: str) -> str:
    """What kind of document a name such as "Ata da XXV Assembleia" or "Resolución 7" tells of."""
    words = same_key(name).split()
    for beginnings, kind in _ACTS:
        if any(word.startswith(beginnings) for word in words):
            return kind
    return ActKind.OTHER
