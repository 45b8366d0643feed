"""The first lines of a plan: title, unit, who presents it, which years it is for."""

import re
from dataclasses import dataclass, field

from .contacts import is_contact, is_place_and_date
from .dates import MONTHS
from .fold import fold
from .model import Other
from .places import city_of, country_code

TITLE = re.compile(
    r"^plano? (?:(?:del|do|para el|para o) )?(?:ano )?20\d\d\b|"
    r"\b(?:plano? (?:anual |operativ[oa] |estrategic[oa] |bienal |bianual |de gestion |"
    r"de gestao )*(?:anual )?(?:de |do |del )?(?:tra[bv]a(?:jo|lho)|accion|acao|actividades|"
    r"atividades|gestion|gestao|operativo|operacional|anual)|plan operativo|^planificacion|"
    r"^planejamento|programa de (?:trabajo|trabalho|gestion|gestao|"
    r"actividades|atividades)|work ?plan|action plan|hoja de ruta|propuesta de (?:trabajo|"
    r"plan)|proposta de (?:trabalho|plano)|plan estrategico|plano estrategico|"
    r"roteiro de trabalho|agenda de trabajo|agenda de trabalho)\b"
)
UNIT = re.compile(
    r"\b(?:vice ?-? ?presidenc?i?a|vicepresidencia|unidad(?:e)? tematica|comisi?on|comissao|"
    r"secretaria (?:ejecutiva|executiva|tecnica|permanente)|grupo de trabajo|"
    r"grupo de trabalho|"
    r"subcomision|presidencia(?! de la nacion)|consejo|conselho|foro de|red tematica|"
    r"thematic unit|working group|vice-presidency|coordinacion de (?:la )?(?:ut|unidad)|"
    r"coordenacao d[aeo] (?:ut|unidade|desenv)|instituto|escuela de|capital)\b|"
    r"^ut [a-z]|^ut ?[-–] ?|\but[a-z]{2,6}\b"
)
UNIT_SHORT = re.compile(
    r"\b(UT[A-Z]{2,6}|UT (?:de )?[A-ZÁÉÍÓÚ][\wÀ-ÿ]+(?: (?:[A-ZÁÉÍÓÚ][\wÀ-ÿ]+|y|e|de|da|do))*)\b"
)
PRESENTED = re.compile(
    r"^(?P<key>(?:plano? |documento |proposta |propuesta )?(?:apresentad[oa]|presentad[oa]|"
    r"elaborad[oa]|propost[oa]|propuest[oa]|presented|submitted) (?:por|pela|pelo|by|"
    r"a cargo de)(?: (?:la|a|o|el|the))?"
    r"(?: (?:cidade|ciudad|city|municipio))?(?: (?:coordinadora|coordenadora))?|"
    r"(?:cidade|ciudad|municipio|gobierno local|governo local|city|municipalidad|"
    r"intendencia)(?: |-)?(?:coordinadora?|coordenadora?|coordinante|proponente|apresentante|"
    r"presentante|responsable|responsavel|a cargo|que coordina|que coordena|que preside|"
    r"que presenta|que apresenta|titular|vice-?presidenta?|sede|presidente)?(?: (?:de la|"
    r"da) (?:unidad|unidade|vp|ut)[^:]{0,40})?|"
    r"(?:coordinador[a]?|coordenador[a]?|coordinacion|coordenacao|coordination|coordina|"
    r"coordena|coordinating city|responsable|responsavel|presenta|apresenta|"
    r"vice-? ?presidencia a cargo de|a cargo de|ejerce la vicepresidencia)(?: (?:general|"
    r"geral|actual|atual|de la unidad|da unidade)[^:]{0,40})?)"
    r"\s*(?P<sep>[:]|-{1,2}(?= )| (?=de |del |da |do |la |[a-z]))\s*(?P<value>.*)$",
    re.S,
)
PRESENTED_ALONE = re.compile(
    r"^(?:ciudad|cidade|municipio|city)(?: (?:coordinadora|coordenadora|proponente|"
    r"apresentante|responsable|responsavel))\s*:?$|"
    r"^(?:presentado|apresentado) (?:por|pela cidade)(?: (?:la ciudad de|cidade))?\s*:?$|"
    r"^(?:coordinacion|coordenacao)\s*:?$"
)
SUB = re.compile(
    r"^(?:(?:ciudad(?:es)?|cidades?)[ -])?(?:sub-? ?coordina\w+|sub-? ?coordena\w+|"
    r"co-?coordina\w+|co-?coordena\w+|sub-?coordinating city|vice-? ?coordina\w+|"
    r"vice-? ?coordena\w+)[^:]{0,40}?\s*[:–-]\s*(?P<value>.+)$",
    re.S,
)
PERIOD = re.compile(
    r"^(?:periodo|periodos|gestion|gestao|ano|anio|year|vigencia|mandato|term|bienio|trienio|"
    r"plazo|exercicio|ejercicio|gestion anual|duracion|duracao|fecha|data|"
    r"period)\b.{0,30}?[:\s–-]*(?:.{0,30}?(?:19|20)\d\d)"
)
YEARS = re.compile(
    r"(?<![\d.,/])((?:19|20)\d\d)(?:\s*(?:[-–—/]|a|al|y|e|to|ao|hasta|até)\s*((?:19|20)\d\d|"
    r"\d\d(?!\d)))?(?![\d,/])"
)
OWN_NAME_AFTER = re.compile(
    r"\s*(?:\s[-–—|]\s|,\s)(?i:(?:d[aeo] (?:la )?)?(?:red|rede)(?: de)? )?"
    r"(?i:mercociudades|mercocidades)$"
)
ADDRESSEE = re.compile(r"^(?:a|al|ao|a la|aos|a los|at|para)\b[: ]|^(?:senor|senhor|sr|sra)\w*\b")
SUBJECT = re.compile(r"^(?:assunto|asunto|ref|referencia|tema)\.?\s*:\s*")
TOWN_HALL = re.compile(
    r"(?:municipalidad|municipio|prefeitura|intendencia|alcaldia|ayuntamiento|gobierno|governo)"
    r"(?: (?:municipal|departamental|autonom[ao]|local))?(?: de la ciudad| da cidade)? "
    r"(?:de|do|da)\b"
)
WEAK_UNIT = re.compile(  # bodies of the network and the town that head the paper of a unit
    r"(?:comisi?on directiva|comissao diretora|direccion|direcao|consejo|conselho|presidencia|"
    r"secretaria|instituto|escuela|foro|red|rede)\b"
)
ORGANISATION = re.compile(r"^(?:(?:red|rede) (?:de )?)?(?:mercociudades|mercocidades)$")


@dataclass(slots=True)
class Front:
    """What the front of the document says. `used` are the lines that gave something."""

    title: str | None = None
    unit: str | None = None
    presented_by: str | None = None
    region: str | None = None
    country: str | None = None
    office: str | None = None
    years: tuple[int, int] | None = None
    starts: int | None = None  # month in which the term begins, where the plan says so
    sub_coordinators: list[str] = field(default_factory=list)
    other: list[Other] = field(default_factory=list)
    letterhead: str | None = None  # the town on the paper, where nothing says who presents
    pending: str | None = None  # "presented" when its value is expected on the next line


def read_front_line(
    front: Front, text: str, language: str | None, *, heading: int | None = None
) -> str:
    """Takes what one line says into `front`; returns the kind it has among the other parts."""
    folded = fold(text)
    words = len(text.split())
    if front.pending:
        return _pending(front, text, language)
    if re.match(r"(?:ciudades |cidades )?sub-? ?co?ord\w+ ?:$", folded):
        front.pending = "sub"
        return "heading"
    if PRESENTED_ALONE.match(folded):
        front.pending = "presented"
        front.office = front.office or ("coordinator" if "coord" in folded else None)
        return "heading"
    if found := SUB.match(folded):
        front.sub_coordinators.append(text[found.start("value") :].strip(" .;"))
        return "heading"
    found = PRESENTED.match(folded)
    if found and _presented(front, text, found, language):
        return "heading"
    found = re.match(r"(?:cargo|funcion|funcao|office)\s*:\s*", folded)
    if found and UNIT.search(folded):
        _unit(front, text[found.end() :])
        return "heading"
    if found := re.match(r"(?:pais|country)\s*:\s*", folded):
        front.country = front.country or country_code(text[found.end() :], language)
        return "heading"
    if is_contact(text):
        return "signature"
    if (
        TITLE.search(folded)
        and words <= 25
        and not text.rstrip().endswith((":", ";"))
        and not (words > 16 and text.endswith("."))
    ):
        return _title(front, text)
    if PERIOD.match(folded) and words <= 12 and YEARS.search(text):
        said = period_in(text)
        front.starts = front.starts or _first_month(text)
        # "Período: 2025-2026" says more than a title that names the first year only.
        if said and (front.years is None or said[0] == front.years[0]):
            front.years = said
        return "heading"
    if (
        front.title is None
        and UNIT.search(folded) is None
        and heading == 0
        and not ORGANISATION.match(folded)
    ):
        front.title = text
        return "title"
    if ADDRESSEE.match(folded) and words <= 12:
        return "heading"  # whom a letter speaks to is not whose plan it brings
    if UNIT.search(folded) and words <= 18 and not text.rstrip().endswith((".", ";")):
        _unit(front, text)
        return "heading"
    if front.letterhead is None and words <= 8 and not any(c.isdigit() for c in text):
        front.letterhead = _town(text, language)
    if is_place_and_date(text) or (words <= 9 and not text.rstrip().endswith((".", ";"))):
        return "heading"
    return "presentation"


def _pending(front: Front, text: str, language: str | None) -> str:
    expected, front.pending = front.pending, None
    if expected == "sub":
        front.sub_coordinators.append(text.strip(" .;"))
        return "heading"
    if len(text.split()) <= 10:
        _city(front, text, language)
        return "heading"
    return read_front_line(front, text, language)


def _presented(front: Front, text: str, found: re.Match[str], language: str | None) -> bool:
    key, value = found.group("key"), text[found.start("value") :].strip(" .;")
    if not value:
        front.pending = "presented"
        return True
    if found.group("sep").strip() != ":" and not re.match(
        r"(?:.{0,10}(?:present|elaborad|propost|propuest)|ciudad coord|cidade coord|.*(?:pela|"
        r"por|by)\b)",
        key,
    ):
        return False
    if len(value.split()) > 14:
        return False
    person_like = re.match(r"(?:coordinador|coordenador|responsable|responsavel)[a]?$", key)
    if person_like and is_contact(text):
        return False
    if re.match(r"(?:elaborad)", key) and not city_of(value, language).explicit:
        return False
    _city(front, value, language)
    if "coord" in key and not front.office:
        front.office = "coordinator"
    return True


def _city(front: Front, value: str, language: str | None) -> None:
    if front.presented_by:
        return
    value = re.sub(r"^(?i:de|da|do|del)(?:\s*:)?\s+", "", value)
    place = city_of(value, language)
    front.presented_by = place.name or value
    front.region, front.country = place.region, place.country


def _title(front: Front, text: str) -> str:
    if front.title is not None and (not front.other or front.other[-1].kind != "title"):
        return "heading"
    text = text[found.end() :] if (found := SUBJECT.match(fold(text))) else text
    if front.title is None:
        front.title = text
    front.years = front.years or years_in(text)
    if front.unit is None:
        _unit_in_title(front, text)
    return "title"


def _town(text: str, language: str | None) -> str | None:
    """ "Prefeitura de Guarulhos", "ROSARIO – ARGENTINA": the town whose paper this is."""
    place = city_of(text.title() if text.isupper() else text, language)
    named = TOWN_HALL.match(fold(text)) or place.country
    if not named or not place.name or len(place.name.split()) > 5:
        return None
    return text[i : i + len(place.name)] if (i := fold(text).find(fold(place.name))) >= 0 else None


def _unit_in_title(front: Front, text: str) -> None:
    for part in re.split(r"\s+[-–—|]\s+|\s*[:–—]\s*|\n", text):
        if UNIT.search(fold(part)) and not TITLE.search(fold(part)):
            _unit(front, re.sub(r"\s*(?:20\d\d(?:\s*[-–/]\s*\d{2,4})?)\s*$", "", part).strip())
            return
    found = UNIT_SHORT.search(text)
    whole = re.search(
        r"(?i)(?:unidade? tem[áa]tica|vice ?-? ?presid[êe]nc[i]a|vicepresidencia|comisi[óo]n|"
        r"comissão)\s.+?(?=\s*(?:[-–—|,:(]|\b20\d\d|$|\bper[íi]odo))",
        text,
    )
    if whole or found:
        _unit(front, (whole or found).group().strip())  # type: ignore[union-attr]


def _unit(front: Front, text: str) -> None:
    text = re.sub(r"^(?i:unidad|unidade|unit)\s*:\s*", "", text).strip(" .:–—-")
    text = OWN_NAME_AFTER.sub("", text)
    text = re.sub(r"\s*\((?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?\)$", "", text)
    text = re.sub(r"^(?i:unidade? tem[áa]tica|[óo]rgano?|[óo]rgão|instancia)\s*:\s*", "", text)
    parts = [p.strip() for p in re.split(r"\s+[|–—-]\s+", text)]
    if len(parts) > 1 and re.match(
        r"(?:(?:red|rede)(?: de)? )?(?:mercociudades|mercocidades)$", fold(parts[0])
    ):
        text = text[text.index(parts[1]) :]
    spelled = bool(re.match(r"(?:unidade? tematica|vice|comisi?on|comissao|grupo)", fold(text)))
    named = re.match(r"(?:unidade? tematica|vice ?-? ?presid)", fold(text))
    if (
        front.unit is None
        or (spelled and re.fullmatch(r"UT\W?\w{0,14}", front.unit))
        or (named and WEAK_UNIT.match(fold(front.unit)))
    ):
        front.unit = text  # the full name rather than "UTDEL"
    if re.search(r"vice ?-? ?presid", fold(text)):
        front.office = front.office or "vice_presidency"
    if re.match(r"(?:coordinacion|coordenacao)", fold(text)):
        front.office = front.office or "coordinator"
    front.years = front.years or years_in(text)


def years_in(text: str) -> tuple[int, int] | None:
    """(first, last) year said in the text: "2024-2026", "2025/26", "Período 2018"."""
    found = YEARS.search(text)
    if not found:
        return None
    first = int(found.group(1))
    second = found.group(2)
    last = (
        first
        if not second
        else int(second)
        if len(second) == 4
        else first // 100 * 100 + int(second)
    )
    return (first, last) if first <= last <= first + 10 else (first, first)


def period_in(text: str) -> tuple[int, int] | None:
    """Like years_in, also where months stand between ("diciembre 2024 – noviembre 2025")."""
    years = sorted(int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    if len(years) >= 2 and years[-1] - years[0] <= 10:
        return (years[0], years[-1])
    return years_in(text)


def _first_month(text: str) -> int | None:
    """Month that begins a term of two years ("diciembre 2024 – noviembre 2025" -> 12)."""
    found = re.search(r"([^\W\d]{3,})\.? (?:de |del |do )?(?:19|20)\d\d", fold(text))
    return MONTHS.get(found.group(1)) if found else None
