"""The calendar outside tables: months as headings, days as items, facts on lines below."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .body import Body, Context, read_body
from .dates import UNSURE, Span, is_part_of_year, read_date, read_day_in_month, read_month
from .events import find_date, impossible, make_events, without_date
from .fold import fold
from .model import Event, NotUnderstood, Other, PlanReading
from .places import KEY as PLACE_KEY
from .roles import KEY as ROLE_KEY
from .roles import is_role_phrase
from .segments import Seg

FACT = re.compile(
    r"^(fecha|data|date|evento|actividad|atividade|titulo|pais|lugar|local|sede|place|tema|"
    r"tematica|rol|papel|role|descripcion|descricao|objetivo|"
    r"participacion|participacao|organiza\w*|ciudad|cidade|pais|modalidad|modalidade|hora|"
    r"horario|publico|detalle)\s*:"
)
DATE_FACT = re.compile(r"^(?:fecha|data|date|cuando|quando)\s*:\s*")
PART_OF_MONTH = re.compile(
    r"^(?:(?:primera?|segunda|ultima|primeira|tercera|terceira|1[ªaº]|2[ªaº]|3[ªaº]|4[ªaº]) "
    r"(?:quincena|quinzena|semana)|(?:a )?(?:mediados|meados|fines|finais|principios|"
    r"inicios?)(?: de mes| do mes)?)"
    r"(?= ?[-:.,])"
)
YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_ONLY = re.compile(r"^(?:ano|anio|año|year|gestion|gestao)?\s*((?:19|20)\d\d)\s*[:.-]?$")
EVENT_NOUN = re.compile(
    r"^(?:\w+ ){0,3}?(?:seminario|taller|foro|forum|encuentro|encontro|feria|feira|reunion|"
    r"reuniao|congreso|congresso|cumbre|"
    r"cupula|conferencia|asamblea|assembleia|workshop|webinar\w*|jornadas?|oficina|curso|"
    r"simposio|summit|expo\w*|coloquio|"
    r"festival|semana|mision|missao|visita|mesa|conversatorio|hackathon|lanzamiento|"
    r"lancamento|celebracion|celebracao|dia|premio|charla|palestra|capacitacion|capacitacao)\b"
)


@dataclass(slots=True)
class Entry:
    """An entry while it is being read: when, what was said, on which lines."""

    span: Span | None
    context: Context
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    body: Body | None = None
    whole: str = ""

    @property
    def text(self) -> str:
        return "\n".join(t for t in self.texts if t.strip())


class CalendarReader:
    """Collects entries in order; `finish` turns them into events once the years are known."""

    def __init__(self, reading: PlanReading, context: Context) -> None:
        self.reading = reading
        self.context = context
        self.entries: list[Entry] = []
        self.open: Entry | None = None
        self.months: list[tuple[int | None, int]] = []
        self.numbered_by: set[str] = set()
        self.record: str | None = None

    def begin(self, segs: list[Seg], year: int | None = None) -> None:
        """Looks at a section's paragraphs: do "1." and "2)" number the entries or name days?"""
        values = [s.label.styles[0][1] for s in segs if s.label and _ordinary(s)]
        self.numbered_by = (
            {"decimal"}
            if values and values == list(range(1, len(values) + 1)) and len(values) > 1
            else set()
        )
        self.open = self.record = None
        self.context = replace(self.context, month=None, unsure=False)
        if year is not None:  # "Calendario 2025" in a plan for 2024-2025
            self.context = replace(self.context, year=year, starts=None, fixed=True)

    def read(self, seg: Seg) -> None:
        """One paragraph of a calendar section."""
        if year := YEAR_ONLY.match(fold(seg.text)):
            self._heading(seg, replace(self.context, month=(int(year.group(1)), 0)))
        elif self._month_heading(seg) or self._part_of_year(seg):
            return
        elif found := FACT.match(fold(seg.body)):
            self._record(seg, found.group(1))
        else:
            self._entry(seg)

    def _heading(self, seg: Seg, context: Context) -> None:
        self.reading.other.append(Other("heading", seg.text, list(seg.lines)))
        year = context.month[0] if context.month else None
        if context.month and context.month[1] == 0:
            context = replace(context, month=None, year=year, fixed=True)
        self.context, self.open = context, None

    def _month_heading(self, seg: Seg) -> bool:
        text = seg.body if seg.label and seg.label.kind != "named" else seg.text
        text = re.sub(r"^(?i:mes|m[eê]s|month)(?: de)?\s*:?\s*(?=\w)", "", text)
        span = read_month(text)
        if not span or span.vague or read_date(text):
            return False
        rest = text[span.finish :].strip(" .:;–—-|/()[]")
        unsure = bool(UNSURE.search(fold(text[span.finish :])))
        if rest and not (unsure and len(UNSURE.sub("", fold(rest)).strip(" .:;()-")) < 3):
            return False
        self._heading(seg, replace(self.context, month=span.month, unsure=unsure))
        return True

    def _part_of_year(self, seg: Seg) -> bool:
        """ "Segundo semestre" over its entries: the month above no longer holds."""
        if not is_part_of_year(seg.body):
            return False
        years = YEAR.search(seg.body)
        month = (int(years.group()), 0) if years else None
        self._heading(seg, replace(self.context, month=month, unsure=False))
        return True

    def _record(self, seg: Seg, key: str) -> None:
        """Entries written as "Fecha: … / Evento: … / Lugar: …": the first key opens each."""
        opens = key in {"fecha", "data", "date", "evento", "actividad", "atividade", "titulo"}
        if self.record is None and opens and (self.open is None or self.open.span is None):
            self.record = key
        if self.open is None and not opens:
            self._entry(seg)
        elif self.open is None or key == self.record:
            span = Span(0, 0, month=self.context.month, vague=self.context.month is None)
            self.open = Entry(span, self.context)
            self.entries.append(self.open)
            self.record = key
            self._fact(seg)
        else:
            self._fact(seg)

    def _fact(self, seg: Seg) -> None:
        assert self.open is not None
        found = DATE_FACT.match(fold(seg.body))
        if found:
            value = seg.body[found.end() :]
            span = find_date(value) or self.day_here(value)
            if span:
                self.open.span = span
                if UNSURE.search(fold(value)):
                    self.open.context = replace(self.open.context, unsure=True)
                left = without_date(value, span)
                self._extend(self.open, "" if UNSURE.search(fold(left)) else left, seg)
                return
        self._extend(self.open, seg.body, seg)

    def _extend(self, entry: Entry, text: str, seg: Seg) -> None:
        if entry.texts and not seg.gap and not seg.split and text[:1].islower():
            entry.texts[-1] += " " + text
        else:
            entry.texts.append(text)
        entry.whole = f"{entry.whole}\n{seg.text}".strip()
        entry.lines += [n for n in seg.lines if n not in entry.lines]

    def day_here(self, text: str) -> Span | None:
        month = self.context.month
        return read_day_in_month(text, month[1], month[0]) if month and month[1] else None

    def _entry(self, seg: Seg) -> None:
        if seg.label is None and len(seg.text.split()) > 9 and seg.text.rstrip().endswith(":"):
            self.reading.other.append(Other("presentation", seg.text, list(seg.lines)))
            return
        text, span = self._dated(seg)
        if span:
            self._start(seg, without_date(text, span), span)
        elif self.open is not None and self._continues(seg):
            self._extend(
                self.open, seg.body if seg.label and not seg.label.numbered else seg.text, seg
            )
        elif self._eventlike(seg):
            self._start(seg, seg.body, None)
        else:
            self._aside(seg)

    def _dated(self, seg: Seg) -> tuple[str, Span | None]:
        """The text to read and its date, trying the day before the list number."""
        label = seg.label
        numbering = label is not None and (
            label.kind != "decimal" or ("decimal" in self.numbered_by and _ordinary(seg))
        )
        if label is None or not numbering:
            span = read_date(seg.text) or self.day_here(seg.text)
            if span:
                return seg.text, span
        body = seg.body if label else seg.text
        span = (
            read_date(body) or (self.day_here(body) if label else None) or self._part_of_month(body)
        )
        span = span or find_date(body)
        if span and span.vague and not span.month and self.context.month:
            span = replace(span, month=self.context.month)  # "Mayo" above, "a confirmar" here
        return body, span

    def _part_of_month(self, text: str) -> Span | None:
        """ "Primera quincena: …" under the heading of its month."""
        found = PART_OF_MONTH.match(fold(text)) if self.context.month else None
        return Span(0, found.end(), month=self.context.month, vague=True) if found else None

    def _start(self, seg: Seg, text: str, span: Span | None) -> None:
        context = self.context
        if span and context.month and any(d[0][1] != context.month[1] for d in span.days):
            context = replace(context, unsure=False)  # "Agosto (a confirmar)" is not its heading
        if UNSURE.search(fold(seg.text)) and _unsure_date(seg.text):
            context = replace(context, unsure=True)
        if span is None:
            span = Span(0, 0, month=context.month, vague=context.month is None)
        self.open = Entry(span, context, [text], list(seg.lines), whole=seg.text)
        self.entries.append(self.open)

    def _continues(self, seg: Seg) -> bool:
        assert self.open is not None
        if not self.open.text.strip():
            return True
        folded = fold(seg.body)
        if PLACE_KEY.match(folded) or ROLE_KEY.match(folded) or is_role_phrase(seg.body):
            return True
        if (seg.label and seg.label.numbered) or seg.bold:
            return False
        several = sum(len(e.texts) > 1 for e in self.entries[:-1])
        if seg.label is None and (seg.split or not seg.gap or seg.text[:1].islower()):
            return not EVENT_NOUN.match(folded) or not self.open.text.rstrip().endswith(".")
        return (
            several > 0
            and len(self.open.texts) < 4
            and seg.label is None
            and not EVENT_NOUN.match(folded)
        )

    def _eventlike(self, seg: Seg) -> bool:
        if len(seg.text.split()) > 60 or seg.text.rstrip().endswith(":"):
            return False
        folded = fold(seg.body)
        body = read_body(seg.body, self.context)
        telling = bool(EVENT_NOUN.match(folded)) or bool(body.role) or bool(body.place.country)
        prose = len(seg.text.split()) > 12 and not seg.label and not body.place.country
        return (
            telling
            or seg.label is not None
            or (bool(self.context.month) and len(folded.split()) <= 14)
        ) and not prose

    def _aside(self, seg: Seg) -> None:
        """Prose before the first entry introduces the calendar; later ones a person must place."""
        self.open = None
        short = len(seg.text.split()) <= 9 and (
            seg.bold or seg.heading is not None or seg.text.endswith(":")
        )
        if short or (not self.entries and len(seg.text.split()) > 5):
            kind = "heading" if short else "presentation"
            self.reading.other.append(Other(kind, seg.text, list(seg.lines)))
        else:
            self.reading.not_understood += [NotUnderstood(n, seg.text) for n in seg.lines]

    def finish(self, *, several_years: bool) -> None:
        """Gives every entry its year and writes the events."""
        for entry, year in zip(self.entries, self._years(several_years), strict=True):
            span = entry.span
            assert span is not None
            context = replace(entry.context, year=year)
            if impossible(span, year) or not entry.lines:
                self.reading.not_understood += [NotUnderstood(n, entry.whole) for n in entry.lines]
                continue
            body = entry.body or read_body(entry.text, context)
            events = make_events(span, body, context, entry.lines)
            if not any(_says(e) for e in events):
                self.reading.not_understood += [NotUnderstood(n, entry.whole) for n in entry.lines]
                continue
            self.reading.events += events

    def _years(self, several: bool) -> list[int | None]:
        """Advances the year where the months wrap (nov, dez, jan) and say no year themselves."""
        months = [_first_month(e) for e in self.entries]
        steps = [i for i in range(1, len(months)) if _wraps(months[i - 1], months[i])]
        plain = [m for m in months if m]
        orderly = sum(_month_of(a) > _month_of(b) for a, b in pairwise(plain)) == 1
        wrap = steps[0] if len(steps) == 1 and orderly and (several or len(plain) >= 3) else None
        years = []
        for index, entry in enumerate(self.entries):
            year = entry.context.year
            said = entry.context.month[0] if entry.context.month else None
            fixed = entry.context.fixed
            moved = wrap is not None and index >= wrap and year is not None and said is None
            moved = moved and not fixed
            starts, month = entry.context.starts, months[index]
            if starts and month and not fixed and wrap is None and month[1] < starts:
                moved = year is not None and said is None  # a term that begins in December
            years.append(said or (year + 1 if moved and year is not None else year))
        return years


def _says(event: Event) -> bool:
    return bool(event.title or event.description or event.place)


def _ordinary(seg: Seg) -> bool:
    label = seg.label
    return (
        label is not None
        and label.kind == "decimal"
        and len(label.path) == 1
        and seg.text[: label.length].rstrip()[-1:] in ".)"
    )


def _unsure_date(text: str) -> bool:
    found = UNSURE.search(fold(text))
    return found is not None and not re.match(r"(?:local|lugar|sede)", found.group())


def _first_month(entry: Entry) -> tuple[int | None, int] | None:
    span = entry.span
    if span and span.days:
        return (span.days[0][0][0], span.days[0][0][1])
    month = (span.month if span else None) or (
        entry.context.month if span and not span.vague else None
    )
    return month if month and month[1] else None


def _month_of(month: tuple[int | None, int]) -> int:
    return month[1]


def _wraps(before: tuple[int | None, int] | None, now: tuple[int | None, int] | None) -> bool:
    if not before or not now or before[0] or now[0]:
        return False
    return before[1] >= 9 and now[1] <= 5
