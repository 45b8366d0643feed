"""Addresses of pages, found once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str, *args: object) -> str:
    """`reverse(name, args=args)`, kept by language and script prefix.

    A list draws the same hundred addresses for every reader, and each took 15 µs to find anew:
    a tenth of the page of a plan (ADR 0008). Raises NoReverseMatch.
    """
    return _kept(get_language(), get_script_prefix(), name, args)


@lru_cache(maxsize=4096)  # about a megabyte when full
def _kept(language: str | None, prefix: str, name: str, args: tuple[object, ...]) -> str:
    # Language and prefix are only the key: `reverse` looks at the current ones itself.
    return reverse(name, args=args)
