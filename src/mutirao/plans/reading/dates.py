"""Days and months as work plans write them, in Portuguese, Spanish and English.

A pattern reads folded text (no accents, lower case), so positions agree with the original.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .fold import fold

MONTH_NAMES = (
    "janeiro|enero|january|jan|ene",
    "fevereiro|febrero|february|feb|fev",
    "marco|marzo|march|mar",
    "abril|april|abr|apr",
    "maio|mayo|may|mai",
    "junho|junio|june|jun",
    "julho|julio|july|jul",
    "agosto|august|ago|aug",
    "setembro|septiembre|setiembre|september|sept|set|sep",
    "outubro|octubre|october|out|oct",
    "novembro|noviembre|november|nov",
    "dezembro|diciembre|december|dez|dic|dec",
)
MONTHS = {name: i for i, names in enumerate(MONTH_NAMES, start=1) for name in names.split("|")}
_LONG = sorted((m for m in MONTHS if len(m) > 4 or m in {"maio", "mayo", "june", "july"}), key=len)
_SHORT = sorted((m for m in MONTHS if m not in _LONG), key=len)
# The full stop belongs to a shortened month ("10 set. 2025"), else to the sentence.
_M = rf"(?:(?:{'|'.join(reversed(_LONG))})\b|(?:{'|'.join(reversed(_SHORT))})\b\.?)"
_WEEKDAY = (
    r"(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|(?:segunda|terca|quarta|quinta|sexta)(?:-| )?(?:feira)?|"
    r"(?:seg|ter|qua|qui|sex|sab|dom|lun|mie|jue|vie)\b\.?)(?:,| )? ?)"
)
_LEAD = (
    r"(?:(?:fecha|data|date|dia|dias|dia\(s\)|day|days|nos|no|los|el|entre|desde|del|de|from|on|"
    r"the|o|os|as|semana(?= (?:del|de|do|of) \d))\b(?:\(s\))?:? ?)*"
)
_D = r"(?P<{0}>\d{{1,2}})(?: ?(?:º|°|ª|er|ro|st|nd|rd|th)\b|[º°ª])?(?!\d|:\d|hs?\b|\.\d)"
_TO = r" ?(?:-|a|al|à|ate|ate o|hasta|hasta el|ao|to|until|y el|/)(?: (?:dia|el|o))? ?"
_Y = (
    r"(?:(?: ?(?:,|/|-|\.) ?| (?:de|del|do|of) | )(?P<{0}>(?:19|20)\d\d)\b(?! ?[-/] ?(?:19|"
    r"20)\d\d)(?!-\d\d?-\d))?"
)
_OF = r" ?(?:de |del |do |of |/|-|\.)? ?"
_MORE = (
    r"(?P<days>(?: ?(?:,|e|y|and|&|;|/) ?(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|"
    r"domingo) )?"
    r"(?:\d{1,2})(?!\d|:\d|h\b)[º°]?(?: ?(?:a|al|-) ?\d{1,2}(?!\d|:\d|h\b|/))?)+)"
)
_NUM = (
    r"(?P<{0}d>\d{{1,2}})(?P<{0}s>[/.-])(?P<{0}m>\d{{1,2}})(?:(?P={0}s)(?P<{0}y>\d{{4}}|"
    r"\d{{2}}))?(?![\d/])(?! (?:de |del )?MONTH)"
)


def _num(name: str) -> str:
    """A numeric date whose groups begin with `name`; "30/31 de mayo" is none."""
    return _NUM.format(name).replace("MONTH", _M)


PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})\b"
     r"(?:(?: ?(?:a|al|to|ate|hasta|/|-) ?)(?P<y2>\d{4})-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})\b)?"),
    ("numeric_range", _num("a") + _TO + _num("b")),
    ("numeric_list", r"(?P<days>\d{1,2}(?: ?, ?\d{1,2})* ?(?:,|e|y) ?)" + _num("b")),
    ("numeric_days", _D.format("d1") + r" ?(?:-|a|al|ao|ate|hasta|e|y|to) ?" + _num("b")),
    ("numeric", _num("a")),
    ("cross", _D.format("d1") + _OF + rf"(?P<m1>{_M})" + _Y.format("y1") + r"(?! ?/)" + _TO
     + rf"{_WEEKDAY}?" + _D.format("d2") + _OF + rf"(?P<m2>{_M})" + _Y.format("y2")),
    ("days_list", _D.format("d1") + rf"(?: ?(?:a|al|-) ?(?P<d2>\d{{1,2}}))?{_MORE}" + _OF
     + rf"(?P<m1>{_M})" + _Y.format("y1")),
    ("range", _D.format("d1") + _TO + rf"{_WEEKDAY}?" + _D.format("d2") + _OF
     + rf"(?P<m1>{_M})" + _Y.format("y1")),
    ("first", rf"(?P<d1>prim(?:er|eir)o) de (?P<m1>{_M})" + _Y.format("y1")),
    ("day", _D.format("d1") + _OF + rf"(?P<m1>{_M})" + _Y.format("y1")),
    ("month_first", rf"(?P<m1>{_M})(?: de|,)? " + _D.format("d1")
     + r"(?:" + _TO + _D.format("d2") + r")?(?! ?(?:de )?(?:19|20)?\d\d\d)" + _Y.format("y1")),
)  # fmt: skip
_VAGUE = (
    r"(?:(?:(?:primera?|segunda|tercera?|cuarta|ultima|primeira|terceira|quarta|1[ªaº]|2[ªaº]|"
    r"3[ªaº]|"
    r"4[ªaº]|first|last|second) )?(?:quincena|quinzena|semana|semanas|mitad|metade|"
    r"week)(?: (?:de|del|do|of))?|"
    r"(?:a )?(?:mediados|meados|fines|finais|final|principios|comienzos|inicios?|comeco|fim|"
    r"end|late|early)(?: (?:de|del|do|of))?|"
    r"semana \d (?:de|do)|entre|desde|de|a partir de|mes de|durante|durante o mes de|"
    r"durante el mes de|en|em|in|tod[oa] (?:o|el) mes de|"
    r"hasta|ate) "
)
_MONTHS_ONLY = re.compile(
    rf"(?P<vague>{_VAGUE}(?:el )?(?:mes de )?)?(?P<m1>{_M})" + _Y.format("y1")
    + rf"(?:(?: ?(?:-|a|al|y|e|o|ou|ate|hasta|/|,|to|and) ?)(?P<m2>{_M})" + _Y.format("y2") + r")*"
)  # fmt: skip
_TWO_DIGIT_YEAR = re.compile(rf"(?P<m1>{_M})[-/' ]+(?P<y1>[12]\d)\b")
_MONTH_NUMBER = re.compile(r"(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\b")
_PERIOD = re.compile(
    r"(?:(?:(?:1|2|3|4|i|ii|iii|iv|primer|segundo|tercer|cuarto|primeiro|terceiro|quarto|"
    r"ultimo|first|"
    r"second)(?:[º°ªo]|er|do|to)?\.? ?(?:trimestre|semestre|cuatrimestre|quadrimestre|"
    r"bimestre|trim\b\.?|"
    r"sem\b\.?|quarter|half))|(?:[tq][1-4]\b)|(?:durante )?todo (?:o|el) (?:ano|periodo)|"
    r"anual\b|annual\b|"
    r"permanente\b|mensua\w+|mensa\w+|bimestral\w*|trimestral\w*|semestral\w*|continuo\b|"
    r"(?:data|fecha|dia|mes|date|periodo)s? (?:\w+ )?(?:a |por )(?:ser )?"
    r"(?:confirma\w*|defini\w*|determina\w*|marca\w*|convenir|combinar|fijar|acordar|anunci\w*)|"
    r"(?:a|por) (?:ser )?(?:confirma\w*|defini\w*|determina\w*|marcar|convenir|combinar|fijar|"
    r"acordar)|"
    r"sem data\w*|sin fecha\w*|tbd|tbc|to be (?:confirmed|defined))"
    r"(?: (?:de|del|do|of) (?P<py>20\d\d)\b| ?[/-]? ?(?P<py2>20\d\d)\b)?"
)
_PART_OF_YEAR = re.compile(
    r"(?:[1-4]|i{1,3}|iv|primer|segundo|tercer|cuarto|primeiro|terceiro|quarto|ultimo|first|"
    r"second)(?:[º°ªo]|er|do|to)?\.? ?(?:trimestre|semestre|cuatrimestre|quadrimestre|bimestre|"
    r"quarter|half)(?:(?: (?:de |del |do |of )?|/| ?- ?)20\d\d)?"
)
UNSURE = re.compile(
    r"\b(?:(?:data|fecha|dia|mes|date|local|lugar|sede)s? )?(?:exact[ao] )?"
    r"(?:(?:a|por|to be|pendiente de|pendente de|sujeit[ao] a|sujet[ao] a)(?: ser)? ?"
    r"(?:confirm\w*|defin\w*|determin\w*|marcar|convenir|combinar|fijar|acordar|reconfirm\w*)|"
    r"tentativ[ao]\w*|provisori[ao]\w*|provisional\w*|estimad[ao]s?|previst[ao]s?|probable|"
    r"provavel|tentative|tbc|tbd|sem data(?: definida)?|sin fecha(?: definida)?)"
    r"(?: (?:data|fecha|date)\b)?(?= ?(?:[)\].,;:]|$|-))"
)  # fmt: skip
_DAYS_HERE = re.compile(
    _LEAD + rf"{_WEEKDAY}?" + r"(?P<d1>\d{1,2})(?: ?[º°ªo])?(?![\d/.]\d|\d|º?\.\d)"
    r"(?P<more>(?: ?(?:-|a|al|à|ate|ao|e|y|,|and|to|/) ?(?:el |o |dia )?\d{1,2}(?!\d|:\d|h\b|"
    r"%)(?: ?[º°])?)*)"
    r"(?: ?(?P<sep>[-:.)|])[-–: ]*|\s*$|(?=\s?\(|\n)|, |(?P<bare> (?=\w)))"
)
ANYWHERE = {"iso", "numeric_range", "cross", "days_list", "range", "first", "day", "month_first"}
_AND = re.compile(r" ?(?:,|;|/|\by\b|\be\b|\band\b|&) ?(?:(?:del|el|de|o|no dia) )?(?=\d)")


Day = tuple[int | None, int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text a date stands and what it says.

    `days` are (first, last) pairs in full dates once the year is known; `months` the months named
    when no day is. `impossible` marks 31 February and ends before starts.
    """

    begin: int
    finish: int
    days: tuple[tuple[tuple[int | None, int, int], tuple[int | None, int, int]], ...] = ()
    month: tuple[int | None, int] | None = None
    vague: bool = False
    impossible: bool = False


@lru_cache(maxsize=64)
def _compiled(anchored: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lead = _LEAD + _WEEKDAY + "?" + _LEAD if anchored else r"(?<![\w/.-])(?:" + _WEEKDAY + ")?"
    lead = (
        lead
        if anchored
        else r"(?<![\w/.-])(?:(?:del|de|el|dia|dias|los dias|nos dias|entre el|no dia) )?"
        + _WEEKDAY
        + "?"
    )
    return tuple((kind, re.compile(lead + pattern)) for kind, pattern in PATTERNS)


def month_number(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)


def read_date(text: str, *, anchored: bool = True) -> Span | None:
    """The first full date in `text` (at its start when `anchored`); None when there is none."""
    folded = fold(text).replace("\n", " ")
    best: Span | None = None
    for kind, pattern in _compiled(anchored):
        if not anchored and kind == "numeric":
            found = _numeric_anywhere(pattern, folded)
        elif not anchored and kind not in ANYWHERE:
            continue
        else:
            found = pattern.match(folded) if anchored else pattern.search(folded)
        if found and (span := _span(kind, found)):
            if anchored:
                return _with_more(span, text)
            best = span if best is None or span.begin < best.begin else best
    return _with_more(best, text) if best else None


def _with_more(span: Span, text: str) -> Span:
    """A second date joined to the first: "12 al 14 de marzo y 3 de abril"."""
    joined = _AND.match(fold(text), span.finish)
    more = read_date(text[joined.end() :]) if joined else None
    if more is None or joined is None or not more.days or more.impossible:
        return span
    return replace(span, finish=joined.end() + more.finish, days=span.days + more.days)


def _numeric_anywhere(pattern: re.Pattern[str], folded: str) -> re.Match[str] | None:
    """In the middle of a text 4.0 or 24/7 is no date: a year or a two-digit pair is asked for."""
    for found in pattern.finditer(folded):
        two = len(found.group("am")) == 2 and found.group("as") == "/"
        if found.group("ay") or two:
            return found
    return None


def _span(kind: str, found: re.Match[str]) -> Span | None:
    g = found.groupdict()
    begin, finish = found.start(), found.end()
    first: Day
    last: Day
    if kind == "iso":
        first = (int(g["y1"]), int(g["m1"]), int(g["d1"]))
        last = (int(g["y2"]), int(g["m2"]), int(g["d2"])) if g["y2"] else first
    elif kind.startswith("numeric"):
        return _numeric_span(kind, g, begin, finish)
    elif kind == "days_list":
        return _list_span(g, begin, finish)
    else:
        month = month_number(g["m1"])
        month2 = month_number(g["m2"]) if g.get("m2") else month
        day1 = 1 if kind == "first" else int(g["d1"])
        day2 = int(g["d2"]) if g.get("d2") else day1
        year = _year(g.get("y1"))
        year2 = _year(g.get("y2")) if kind == "cross" else year
        first = (year if kind != "cross" or year else _before(year2, month, month2), month, day1)
        last = (year2, month2, day2)
    return _checked(begin, finish, ((first, last),))


def _before(year: int | None, month: int, later: int) -> int | None:
    """Year of the start, where only the end tells it ("28 de dezembro a 2 de janeiro de 2026")."""
    if year is None:
        return None
    return year - 1 if month > later else year


def _numeric_span(kind: str, g: dict[str, str | None], begin: int, finish: int) -> Span | None:
    if kind == "numeric_list":
        year, month = _year(g["by"]), int(g["bm"] or 0)
        runs = day_runs(f"{g['days']} {g['bd']}")
        return _checked(begin, finish, tuple(((year, month, a), (year, month, b)) for a, b in runs))
    if kind == "numeric_days":
        last = (_year(g["by"]), int(g["bm"] or 0), int(g["bd"] or 0))
        return _checked(begin, finish, (((last[0], last[1], int(g["d1"] or 0)), last),))
    sep = g["as"]
    if sep != "/" and not g["ay"] and not g.get("by") and not _alone(g):
        return None
    first = (_year(g["ay"]), int(g["am"] or 0), int(g["ad"] or 0))
    if kind == "numeric":
        return _checked(begin, finish, ((first, first),))
    last = (_year(g["by"]), int(g["bm"] or 0), int(g["bd"] or 0))
    if first[0] is None:
        first = (_before(last[0], first[1], last[1]), first[1], first[2])
    return _checked(begin, finish, ((first, last),))


def _alone(g: dict[str, str | None]) -> bool:
    """Two digits each: "12.03" is a date, "1.1" is the number of a heading."""
    return g["as"] == "." and len(g["am"] or "") == 2 and len(g["ad"] or "") == 2


def _list_span(g: dict[str, str | None], begin: int, finish: int) -> Span | None:
    month, year = month_number(g["m1"] or ""), _year(g["y1"])
    head = f"{g['d1']}-{g['d2']}" if g["d2"] else str(g["d1"])
    runs = day_runs(head + (g["days"] or ""))
    return _checked(begin, finish, tuple(((year, month, a), (year, month, b)) for a, b in runs))


def day_runs(text: str) -> list[tuple[int, int]]:
    """ "5, 6 y 7" -> [(5, 7)]; "3 e 10" -> [(3, 3), (10, 10)]; "5, 8 a 10" -> [(5, 5), (8, 10)]."""
    runs: list[tuple[int, int]] = []
    for part in re.split(r" ?(?:,|;|\be\b|\by\b|\band\b|&) ?", text):
        numbers = [int(n) for n in re.findall(r"\d{1,2}", part)]
        if not numbers:
            continue
        first, last = numbers[0], numbers[-1]
        if runs and first == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _checked(begin: int, finish: int, days: tuple[tuple[Day, Day], ...]) -> Span:
    bad = any(
        not _possible(first) or not _possible(last) or _backwards(first, last)
        for first, last in days
    )
    return Span(begin, finish, days, impossible=bad)


def _possible(day: Day) -> bool:
    try:
        dt.date(day[0] or 2024, day[1], day[2])  # without a year, 29 February may exist
    except ValueError:
        return False
    return True


def _backwards(first: Day, last: Day) -> bool:
    if first[0] is not None and last[0] is not None:
        return first > last
    return first[1] == last[1] and first[2] > last[2]


def read_day_in_month(text: str, month: int, year: int | None) -> Span | None:
    """A bare day ("16 – …", "13 à 16 - …", "3 e 4: …") under the heading of its month."""
    found = _DAYS_HERE.match(fold(text))
    if not found or (found.group("bare") and not text[found.end() : found.end() + 1].isupper()):
        return None  # "5 personas" counts people, "25 Feria" is a day
    runs = day_runs(
        re.sub(
            r"(?<=\d) ?(?:/|à|al|ate|ao|to|a) ?(?:el |o )?(?=\d)",
            "-",
            found.group("d1") + found.group("more"),
        )
    )
    days = tuple(((year, month, a), (year, month, b)) for a, b in runs)
    return _checked(0, found.end(), days)


def read_month(text: str, *, anchored: bool = True) -> Span | None:
    """A month without a day ("Agosto", "Segunda quincena de agosto", "abril/2026")."""
    folded = fold(text).replace("\n", " ")
    for pattern in (_TWO_DIGIT_YEAR, _MONTHS_ONLY):
        if found := pattern.match(folded) if anchored else _month_anywhere(pattern, folded):
            g = found.groupdict()
            year = _year(g.get("y1")) or _year(g.get("y2"))
            vague = bool((g.get("vague") or "").strip())
            month = (year, month_number(g["m1"]))
            return Span(found.start(), found.end(), month=month, vague=vague)
    found = _MONTH_NUMBER.match(folded) if anchored else None
    if found and 1 <= int(found.group("m")) <= 12:
        return Span(0, found.end(), month=(int(found.group("y")), int(found.group("m"))))
    return None


def _month_anywhere(pattern: re.Pattern[str], folded: str) -> re.Match[str] | None:
    """The first month with a year, else the first: "Mar del Plata, diciembre de 2024"."""
    found = list(re.compile(r"(?<!\w)" + pattern.pattern).finditer(folded))
    return next((f for f in found if f.groupdict().get("y1")), found[0] if found else None)


def read_period(text: str) -> Span | None:
    """A time that names no month ("Primer semestre", "A definir", "Todo o ano")."""
    found = re.match(r"(?:\(|\[)?" + _PERIOD.pattern, fold(text).replace("\n", " "))
    return Span(0, found.end(), vague=True) if found else None


def is_part_of_year(text: str) -> bool:
    """True for "Segundo semestre", "2º trimestre de 2026:" and nothing else on the line."""
    folded = fold(text).strip(" .:;-–—|*()[]")
    return bool(_PART_OF_YEAR.fullmatch(folded))


def resolve(day: Day, year: int | None) -> dt.date | None:
    """The calendar day, with the plan's year where the text says none; None if it cannot be."""
    full = day[0] or year
    try:
        return dt.date(full, day[1], day[2]) if full else None
    except ValueError:
        return None
