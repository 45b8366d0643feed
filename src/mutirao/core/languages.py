"""The three languages: Django's codes inside, `pt`, `es`, `en` in data and addresses."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import LocalePrefixPattern, URLPattern, URLResolver
from django.utils.translation import get_language

LANGUAGES = ("pt", "es", "en")
DJANGO_CODES = {"pt": "pt-br", "es": "es", "en": "en"}
OWN_NAMES = {"pt": "Português", "es": "Español", "en": "English"}
LanguageChoices = [(code, OWN_NAMES[code]) for code in LANGUAGES]


def current() -> str:
    """The reader's language as `pt`, `es` or `en`."""
    return (get_language() or "pt")[:2]


def local(label: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text of a `{pt, es, en}` label in `language` (default: the reader's).

    A missing text falls back to the first language that has one; an empty label gives "".
    """
    if not label:
        return ""
    wanted = language or current()
    return label.get(wanted) or next((label[code] for code in LANGUAGES if label.get(code)), "")


class OwnLocalePrefix(LocalePrefixPattern):
    """`/pt/` in the address for Django's `pt-br`: plain "pt" would load European Portuguese."""

    @property
    def language_prefix(self) -> str:
        return f"{current()}/"


def localized(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """Like `i18n_patterns`, with our own prefixes."""
    return [URLResolver(OwnLocalePrefix(), list(patterns))]


def same_page(path: str, language: str) -> str:
    """The address of the same page in another language; an address without prefix stays."""
    prefix, slash, rest = path.lstrip("/").partition("/")
    if prefix in LANGUAGES:
        return f"/{language}{slash}{rest}"
    return "/" + path.lstrip("/")  # "//host/" would lead to another host
