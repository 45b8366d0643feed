"""The reading itself: document in, plan out; no line is lost on the way."""

import re
from collections.abc import Callable
from dataclasses import replace

from mutirao.intake.readers import Document

from .body import Context
from .calendar import CalendarReader
from .columns import header_of, is_people
from .contacts import is_contact, is_place_and_date, is_rule, redact, signature_start
from .dates import read_date, read_month
from .fold import clean, fold
from .forms import unpack_forms
from .front import PRESENTED, SUB, TITLE, UNIT, Front, read_front_line, years_in
from .front_parts import front_parts, pairs
from .items import ItemReader
from .language import language_of
from .model import NotUnderstood, Other, PlanReading
from .privacy import redact_all
from .sections import Section, inside_axes, objectives_as_axes, split
from .segments import Block, Seg, Table, build
from .tables import TableReader

Progress = Callable[[int, int], None]
CITY_NAME = r"[A-ZÀ-Ý][\wÀ-ÿ]+(?: (?:(?:de|da|do|del|la|las|los) )*[A-ZÀ-Ý][\wÀ-ÿ]+)*"
EXERCISED = re.compile(
    r"(?:coorden|coordin|exerci|ejerci|presidi|lidera|encabeza|conduci)d[ao] (?:por|pela) "
    r"(?:la |a )?(?:ciudad|cidade|[Mm]unicipalidad|[Mm]unicipio|[Pp]refeitura|[Ii]ntendencia)"
    r"(?: [Mm]unicipal)? de (" + CITY_NAME + r")"
)
EXERCISES = re.compile(
    r"\b[Cc](?:iudad|idade) de (" + CITY_NAME + r")(?:,? ?\(?(?:" + CITY_NAME + r")\)?,?)? "
    r"(?:asum(?:e|ió|iu)|assum(?:e|iu)|ejerce|exerce|coordina|coordena|preside|lidera|conduce)\b"
)
LONGEST_LINE = 20_000  # characters; the longest paragraph of a plan has a few thousand
LISTS = {"axes", "work_axes", "activities", "objective"}


def read_plan(document: Document, *, progress: Progress | None = None) -> PlanReading:
    """What the document says as a work plan. `progress(done, total)` counts sections.

    Every line number of the document is in some part of the reading, or in `not_understood`.
    """
    return _Reader(document, progress).read()


class _Reader:
    def __init__(self, document: Document, progress: Progress | None) -> None:
        self.whole = document
        self.document = _readable(document)
        self.progress = progress or (lambda done, total: None)
        self.reading = PlanReading(language=language_of([line.text for line in document.lines]))
        self.front = Front()

    def read(self) -> PlanReading:
        blocks = unpack_forms(build(self.document))
        body = [b for b in blocks if not (isinstance(b, Seg) and b.furniture)]
        furniture = [b for b in blocks if isinstance(b, Seg) and b.furniture]
        body, signed = self._signed(self._set_aside(objectives_as_axes(body)))
        sections = split(body)
        self._front(sections[0])
        self._facts_elsewhere(sections)
        self.calendar = CalendarReader(self.reading, self._context(signed))
        for index, section in enumerate(sections):
            self._section(section, sections)
            self.progress(index + 1, len(sections))
        self.calendar.finish(
            several_years=bool(self.front.years and self.front.years[0] != self.front.years[1])
        )
        self.reading.other += [Other("signature", s.text, list(s.lines)) for s in signed]
        self._furniture(furniture)
        return self._finished()

    def _set_aside(self, blocks: list[Block]) -> list[Block]:
        """Rules drawn with dashes are not text: they go with the headings at once."""
        for block in blocks:
            if isinstance(block, Seg) and is_rule(block.text):
                self.reading.other.append(Other("heading", block.text, list(block.lines)))
        return [b for b in blocks if not (isinstance(b, Seg) and is_rule(b.text))]

    def _signed(self, blocks: list[Block]) -> tuple[list[Block], list[Seg]]:
        heads = [i for i, b in enumerate(blocks) if isinstance(b, Table) or (b.heading is not None)]
        start = signature_start(blocks, max([*heads, 0]) + 1 if heads else min(2, len(blocks)))
        return blocks[:start], [b for b in blocks[start:] if isinstance(b, Seg)]

    def _front(self, section: Section) -> None:
        segs: list[Seg] = []
        for block in section.blocks:
            if isinstance(block, Seg):
                segs.append(block)
            elif self._is_front_table(block):
                segs += [s for row in block.rows for s in pairs(row)]
        for seg in segs:
            for part in front_parts(seg):
                self._front_line(part)
        self.reading.other += self.front.other
        section.blocks = [
            b for b in section.blocks if isinstance(b, Table) and not self._is_front_table(b)
        ]

    def _is_front_table(self, table: Table) -> bool:
        wide = table.width > 2 and max(len(r.filled) for r in table.rows) > 2
        return (
            not wide
            and not is_people(table)
            and header_of(table) is None
            and not any(read_date(r.filled[0]) for r in table.rows if r.filled)
        )

    def _front_line(self, seg: Seg) -> None:
        text = seg.body if seg.label and TITLE.search(fold(seg.body)) else seg.text
        kind = read_front_line(self.front, text, self.reading.language, heading=seg.heading)
        other = self.front.other
        titled = bool(other) and kind == other[-1].kind == "title"
        if titled and len(other[-1].text.split()) <= 4:
            other[-1].text += f" {text}"
            other[-1].lines += seg.lines
            self.front.title = other[-1].text
        else:
            other.append(Other(kind, text, list(seg.lines)))

    def _facts_elsewhere(self, sections: list[Section]) -> None:
        """Year, unit and presenting city may stand in the introduction or nowhere near the top."""
        self.front.years = self.front.years or self._years()
        for line in self.document.lines:
            text = clean(line.text)
            folded = fold(text)
            if len(text.split()) > 16:
                continue
            found = PRESENTED.match(folded)
            if (
                self.front.presented_by is None
                and found
                and re.match(r".*(?:present|coord|ciudad|cidade)", found.group("key"))
            ):
                read_front_line(self.front, text, self.reading.language)
            if self.front.unit is None and line.furniture and UNIT.search(folded):
                read_front_line(self.front, text, self.reading.language)

        if self.front.presented_by is None:
            self._presenter_in_prose()
        self.front.presented_by = self.front.presented_by or self.front.letterhead

    def _presenter_in_prose(self) -> None:
        """ "La vicepresidencia es ejercida por la ciudad de …": said in a sentence."""
        for line in self.document.lines:
            text = clean(line.text)
            if found := EXERCISED.search(text) or EXERCISES.search(text):
                self.front.presented_by = found.group(1)
                return

    def _years(self) -> tuple[int, int] | None:
        texts = [clean(line.text) for line in self.document.lines]
        for text in texts[:12]:
            if is_place_and_date(text) and (years := years_in(text)):
                return years
        for text in texts[:12]:
            if len(text.split()) <= 12 and (years := years_in(text)) and years[0] < years[1]:
                return years
        counts: dict[int, int] = {}
        for text in texts:
            for year in re.findall(r"(?<![\d.,/])(20[0-4]\d)(?!\d)", text):
                counts[int(year)] = counts.get(int(year), 0) + (year != "2030")
        best = max(counts, key=lambda y: (counts[y], -y), default=None)
        return (best, best) if best and counts[best] else None

    def _context(self, signed: list[Seg]) -> Context:
        front, reading = self.front, self.reading
        reading.year = front.years[0] if front.years else None
        reading.term = "-".join(str(y) for y in dict.fromkeys(front.years)) if front.years else None
        reading.title, reading.unit, reading.office = front.title, front.unit, front.office
        reading.presented_by = front.presented_by
        reading.presented_by_region, reading.presented_by_country = front.region, front.country
        reading.sub_coordinators = front.sub_coordinators
        names = [fold(front.presented_by)] if front.presented_by else []
        return Context(
            year=reading.year,
            language=reading.language,
            own_names=tuple(names),
            starts=front.starts,
        )

    def _section(self, section: Section, sections: list[Section]) -> None:
        if section.head is not None:
            kind = "signature" if section.kind == "signature" else "heading"
            self.reading.other.append(Other(kind, section.head.text, list(section.head.lines)))
        self._contacts(section)
        if section.kind == "activities" and _dated(section):
            section.kind = "calendar"
        if section.kind == "calendar" and _undated(section, sections):
            section.kind = "activities"
        if section.kind == "calendar":
            self._calendar(section)
        elif section.kind in LISTS:
            self._list(section, sections)
        else:
            self._prose(section)

    def _contacts(self, section: Section) -> None:
        """A line that is a contact is a signature wherever it stands."""
        kept: list[Block] = []
        for block in section.blocks:
            if (
                isinstance(block, Seg)
                and is_contact(block.text)
                and not SUB.match(fold(block.text))
            ):
                self.reading.other.append(Other("signature", block.text, list(block.lines)))
            else:
                kept.append(block)
        section.blocks = kept

    def _calendar(self, section: Section) -> None:
        segs = [b for b in section.blocks if isinstance(b, Seg)]
        years = years_in(section.head.text) if section.head else None
        self.calendar.begin(segs, years[0] if years and years[0] == years[1] else None)
        tables = TableReader(self.reading, self.calendar, "calendar")
        for block in section.blocks:
            if isinstance(block, Seg):
                self.calendar.read(block)
            else:
                tables.read(block)

    def _list(self, section: Section, sections: list[Section]) -> None:
        axis = self._open_axis(section, sections)
        items = ItemReader(self.reading, section, nest=_nesting(section, sections), axis=axis)
        tables = TableReader(self.reading, self.calendar, section.kind)
        tables.axis = axis
        index = 0
        for block in section.blocks:
            if isinstance(block, Seg):
                items.read(index)
                index += 1
            else:
                tables.read(block)

    def _open_axis(self, section: Section, sections: list[Section]) -> tuple[str, int] | None:
        """ "Actividades:" inside an axis: what follows belongs to that axis."""
        if section.kind != "activities" or not section.parent:
            return None
        items = getattr(self.reading, section.parent)
        return (section.parent, len(items) - 1) if items and inside_axes(sections) else None

    def _prose(self, section: Section) -> None:
        tables = TableReader(self.reading, self.calendar, section.kind)
        kind = {"signature": "signature", "unplaced": None}.get(section.kind, "presentation")
        for block in section.blocks:
            if isinstance(block, Table):
                tables.read(block)
            elif kind:
                self.reading.other.append(Other(kind, block.text, list(block.lines)))
            else:
                self.reading.not_understood += [NotUnderstood(n, block.text) for n in block.lines]

    def _furniture(self, segs: list[Seg]) -> None:
        """Headers, footers and notes: headings, unless they are contacts."""
        for seg in segs:
            kind = "signature" if is_contact(seg.text) or redact(seg.text)[1] else "heading"
            kind = "presentation" if kind == "heading" and seg.words > 12 else kind
            self.reading.other.append(Other(kind, seg.text, list(seg.lines)))

    def _finished(self) -> PlanReading:
        reading = self.reading
        for part in reading.parts():
            part.lines = sorted(set(part.lines))
        numbers = {line.number for line in self.whole.lines}
        unplaced = {n.line for n in reading.not_understood}
        unplaced |= numbers - reading.covered()
        # Each line says its own words, also where several were read as one paragraph.
        texts = {n.number: clean(n.text) for n in self.whole.lines if n.number in unplaced}
        reading.not_understood = [NotUnderstood(n, texts[n]) for n in sorted(unplaced)]
        redact_all(reading)
        reading.other.sort(key=lambda part: part.lines[:1])
        return reading


def _readable(document: Document) -> Document:
    """The document without lines that no person wrote: they are listed, not searched."""
    lines = tuple(line for line in document.lines if len(line.text) <= LONGEST_LINE)
    return replace(document, lines=lines)


def _nesting(section: Section, sections: list[Section]) -> str:
    """Items below an axis are activities where the document lists no activities elsewhere."""
    elsewhere = any(s.kind == "activities" and s.blocks for s in sections)
    return "text" if elsewhere else "activities"


def _dated(section: Section) -> bool:
    """A list of activities whose paragraphs are mostly dated is a calendar."""
    segs = [b for b in section.blocks if isinstance(b, Seg)]
    dated = sum(bool(read_date(s.text) or read_date(s.body) or read_month(s.body)) for s in segs)
    return len(segs) >= 2 and dated * 2 >= len(segs)


def _undated(section: Section, sections: list[Section]) -> bool:
    """ "Actividades y cronograma" without one date is a list of activities."""
    head = fold(section.head.text) if section.head else ""
    if not re.search(r"actividad|atividad|accion|acoes|activit", head) or any(
        s.kind == "activities" for s in sections
    ):
        return False
    segs = [b for b in section.blocks if isinstance(b, Seg)]
    if not segs or any(isinstance(b, Table) for b in section.blocks):
        return False
    return not any(
        (re.search(r"\d{1,2}\D|20\d\d", s.body) and read_date(s.body, anchored=False))
        or read_month(s.body)
        for s in segs
    )
