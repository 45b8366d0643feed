"""Country names from the Unicode CLDR (through Babel), by ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from .languages import current

_BABEL = {"pt": "pt_BR", "es": "es_419", "en": "en"}


@lru_cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(_BABEL[language]).territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def country_name(code: str | None, language: str | None = None) -> str:
    """The country's name in `language` (default: the reader's); an unknown code as it is."""
    return _names(language or current()).get(code, code) if code else ""


def country_choices(language: str | None = None) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order of the reader's alphabet."""
    names = _names(language or current())
    return sorted(names.items(), key=lambda pair: pair[1])
