"""HTTP only: spreadsheets on their way in, and duplicates."""

from .duplicates import apart, choose, compare, duplicates, merges
from .imports import (
    accept,
    again,
    columns,
    decide,
    discard,
    file,
    imports,
    show,
    template,
    undo,
)

__all__ = [
    "accept",
    "again",
    "apart",
    "choose",
    "columns",
    "compare",
    "decide",
    "discard",
    "duplicates",
    "file",
    "imports",
    "merges",
    "show",
    "template",
    "undo",
]
