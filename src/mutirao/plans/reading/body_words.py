"""Patterns for the words of a calendar entry: keys of its facts, hours, places before a title."""

import re

from .places import KEY as PLACE_KEY
from .roles import KEY as ROLE_KEY

TEXT_KEY = re.compile(
    r"^(?:tema|tematica|assunto|asunto|objetivo|descripcion|descricao|detalle|contenido|"
    r"conteudo|topic|about|"
    r"description|proposito)s?\s*:\s*"
)
TITLE_KEY = re.compile(r"^(?:evento|actividad|atividade|titulo|nombre|nome|event|title)\s*:\s*")
COUNTRY_KEY = re.compile(r"^(?:pais|country)\s*:\s*")
FACT_KEYS = (
    ("title", TITLE_KEY),
    ("country", COUNTRY_KEY),
    ("place", PLACE_KEY),
    ("role", ROLE_KEY),
    ("text", TEXT_KEY),
)
_HOUR = r"\d{1,2}(?:(?:[:.]|h)\d{2})?\s?(?:hs?|horas|hrs)?"
HOUR_FIRST = re.compile(
    rf"^\(?(?:a las |às |as |desde las |das )?(?=\d+(?:[:.h]\d\d|\s?h))"
    rf"(?P<hour>{_HOUR}(?:\s?(?:a|às|-|–)\s?{_HOUR})?)(?<!\s)\b\.?\)?\s*[-–—:,.]\s*",
    re.I,
)
PLACE_FIRST = re.compile(  # "El 6 de marzo, en Medellín (Colombia), reunión de apertura"
    r"^,?\s*(?:en|em)\s+(?P<place>[A-ZÀ-Ý][^,;:.()\d]{2,40}"
    r"(?:\s\([^()\d]{3,30}\)|,\s[A-ZÀ-Ý][\w ]{2,20})?),\s+|"
    r"^,?\s*(?P<there>[A-ZÀ-Ý][^,;:.()\d]{2,40}(?:\s\([^()\d]{3,30}\)|,\s[A-ZÀ-Ý][\w ]{2,20})):\s+"
)
PLACE_UNKNOWN = re.compile(
    r"^,?\s*(?:lugar|local|sede|ciudad|cidade) (?:a|por) (?:definir|confirmar)\s*[:,–—-]\s*", re.I
)
STRIP = " .,;:–—-|/\t\n"
IN_CITY = re.compile(
    r"[,]?\s+(?P<to>en|em|in|a|para|na cidade de|en la ciudad de)\s+(?:la ciudad de |"
    r"a cidade de |la sede de )?"
    r"(?P<place>[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][^.;:()\[\]\n]{1,60})$"
)
