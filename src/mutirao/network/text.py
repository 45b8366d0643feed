"""Names compared without accents and capitals, in the database and here alike."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import CharField, Func
from django.db.models.functions import Lower

_MARKS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """`text` in lower case without accents: "São José" → "sao jose"."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


class _WithoutMarks(Func):
    # The embedded PostgreSQL has no `unaccent`; its core has Unicode's decompositions, after
    # which an accent is a character of its own.
    template = r"regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g')"
    output_field = CharField()


def Folded(expression: str) -> Lower:
    """`fold()` of a text column, as a database expression."""
    return Lower(_WithoutMarks(expression))
