"""Lines -> blocks: paragraphs made whole again, and tables. Nothing is dropped here."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from mutirao.intake.readers import Document, Line

from .dates import read_date, read_month
from .fold import clean, fold, is_upper
from .headings import section_of
from .labels import Label, parse_label
from .places import parse_place

LOOSE_END = re.compile(
    r"(?:[,(/]|(?<=\w)-|\b(?:de|da|do|das|dos|del|la|las|el|los|a|o|as|os|e|y|em|en|no|na|nos|"
    r"nas|para|por|"
    r"com|con|que|al|ao|aos|um|uma|un|una|pela|pelo|su|sus|seu|sua|the|of|and|to|in|for|with|"
    r"entre|sobre))$"
)
CONTACT_KEY = (
    r"^(?i:tel|telefone|telefono|teléfono|e-?mail|correo|contato|contacto|celular|"
    r"whatsapp)\b.{0,30}:|"
)
KEYED = re.compile(CONTACT_KEY + r"^[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][^:.]{1,40}:\s?")
OWN_LINE = re.compile(
    r"^(?i:tel|cel|fone|fono|fax|tels)\.?:?\s*[(+\d]|^\(?\+?\d[\d\s().-]{6,}$|"
    r"^[A-ZÀ-Ý][^.:;()\d]{2,50}(?:,|\s[–—-])\s(?:a los )?"
    r"\d{1,2}\s(?:d[eo]|d[ií]as)\s.{3,40}20\d\d\.?$"
)
FRONT_WORD = re.compile(
    r"(?:(?:plano?|programa|unidade?|ut|vice|comisi?on|comissao|gestion|gestao|bienio|red|rede)\b|"
    r"ciudad|cidade|coord|sub-?coord|period|mercoci|apresenta|presenta|20\d\d\b)"
)
DAYS_FIRST = re.compile(r"^\d{1,2}(?: ?(?:-|–|a|al|à|e|y|,) ?\d{1,2})+ ?(?:[-–—:]|$)")
RULE = re.compile(r"^[\s\-_=*~·.•–—+|:#]*$")


@dataclass(slots=True)
class Seg:
    """A paragraph, or a part of one that a typed line break set apart."""

    text: str
    lines: list[int]
    label: Label | None = None
    bold: bool = False
    heading: int | None = None
    gap: bool = True
    furniture: bool = False
    level: int = 0
    split: bool = False  # one of several parts of the same line
    last: int = 0  # length of the last line that was joined to it

    @property
    def body(self) -> str:
        return self.text[self.label.length :].strip() if self.label else self.text

    @property
    def upper(self) -> bool:
        return is_upper(self.text)

    @property
    def words(self) -> int:
        return len(self.body.split())


@dataclass(slots=True)
class Row:
    number: int
    cells: list[str]
    bold: bool = False

    @property
    def text(self) -> str:
        return " | ".join(" ".join(c.split()) for c in self.cells if c.strip())

    @property
    def filled(self) -> list[str]:
        return [c for c in self.cells if c.strip()]


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        return [row.number for row in self.rows]

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


Block = Seg | Table


def build(document: Document) -> list[Block]:
    """Blocks in reading order; wrapped lines and cut paragraphs are joined."""
    blocks: list[Block] = []
    width = wrap_width(document)
    table: int | None = None
    for line in document.lines:
        if line.kind == "row":
            _add_row(blocks, line, same=table == line.table)
            table = line.table
            continue
        table = None
        for seg in segments_of(line):
            before = blocks[-1] if blocks else None
            if isinstance(before, Seg) and continues(before, seg, width):
                _append(before, seg)
            else:
                blocks.append(seg)
    return _unpack_layout(blocks)


def _add_row(blocks: list[Block], line: Line, *, same: bool) -> None:
    row = Row(line.number, [clean(c) for c in line.cells], line.bold)
    last = blocks[-1] if blocks else None
    if same and isinstance(last, Table):
        last.rows.append(row)
    else:
        blocks.append(Table([row]))


def segments_of(line: Line) -> list[Seg]:
    """One segment for each typed line of the paragraph; the painted label goes to the first."""
    parts = clean(line.text).split("\n") or [""]
    segs = []
    for index, part in enumerate(parts):
        label = parse_label(part)
        if index == 0 and line.label and not (label and label.numbered):
            part, label = _with_label(line.label, part)
        segs.append(
            Seg(
                part,
                [line.number],
                label,
                line.bold,
                line.heading,
                line.gap or index > 0,
                line.furniture,
                line.level,
                len(parts) > 1,
            )
        )
    return segs


def _with_label(painted: str, part: str) -> tuple[str, Label | None]:
    text = f"{painted} {part}"
    label = parse_label(text)
    if label is None or label.length < len(painted):
        text = f"• {part}"
        label = parse_label(text)
    return text, label


def wrap_width(document: Document) -> int | None:
    """Column at which the document's lines were broken, None where lines are whole paragraphs."""
    if not document.wrapped:
        return None
    lines = [line for line in document.lines if line.kind == "paragraph"]
    lengths = [len(a.text) for a, b in pairwise(lines) if not b.gap]
    if len(lengths) < 4:
        return None
    lengths.sort()
    width = lengths[int(len(lengths) * 0.9)]
    return width if 45 <= width <= 140 else None


def continues(before: Seg, seg: Seg, width: int | None) -> bool:
    """True where `seg` is the rest of the paragraph that `before` began."""
    if before.furniture != seg.furniture or seg.heading is not None or before.heading is not None:
        return False
    if RULE.match(seg.text) or RULE.match(before.text) or seg.split or before.split:
        return False
    # Only the end of what was joined so far is looked at: a paragraph may be very long.
    loose = bool(LOOSE_END.search(fold(before.text[-60:]))) and len(before.text) > 3
    length = before.last or len(before.text)
    full = bool(width) and not seg.gap and length >= _fill(before) * (width or 0)
    ended = before.text.rstrip()[-1:] in ".:;!?"
    dashed = full and not ended and seg.text[0] in "–—" and before.text[:1] not in "–—-•"
    if _starts_own(seg, before, loose) and not dashed:
        return False
    lower = seg.text[:1].islower()
    restyled = (is_upper(before.text[:200]) and not is_upper(seg.text)) or (
        before.bold and not seg.bold
    )
    if restyled and not loose and not lower:
        return False
    if seg.gap and loose and is_upper(before.text[:200]) and is_upper(seg.text):
        return True
    if seg.gap:
        return (loose and (lower or len(before.text) > 60)) or (
            lower and not ended and len(before.text) > 60
        )
    if loose or (lower and not ended):
        return True
    if is_upper(before.text[:200]) and is_upper(seg.text) and before.bold == seg.bold:
        if ended or FRONT_WORD.match(fold(seg.text)) or parse_place(seg.text.title()).country:
            return False  # the next fact of the front, each on a line of its own
        return full or len(before.text) >= 40
    return full and not ended


def _fill(before: Seg) -> float:
    """Share of the usual width that a full last line has at least; capitals are wider."""
    return 0.55 if is_upper(before.text[:200]) else 0.72


def _starts_own(seg: Seg, before: Seg, loose: bool) -> bool:
    if seg.label and not (loose and seg.label.kind == "letter" and not seg.gap):
        return True
    if section_of(seg.text) or section_of(before.text):
        return True
    dated = read_date(seg.text) or read_month(seg.text) or DAYS_FIRST.match(fold(seg.text))
    if dated and not loose:
        return True
    if OWN_LINE.match(seg.text) or "@" in seg.text or "[" in seg.text[:1]:
        return True
    return bool(KEYED.match(seg.text)) and not loose


def _append(before: Seg, seg: Seg) -> None:
    glue = "" if re.search(r"\w-$", before.text[-2:]) and seg.text[:1].islower() else " "
    before.last = len(seg.text)
    before.text = (before.text + glue + seg.text).strip()
    before.lines += [n for n in seg.lines if n not in before.lines]


def _unpack_layout(blocks: list[Block]) -> list[Block]:
    """A table of one column only frames text: its rows become paragraphs again."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and all(len(row.filled) <= 1 for row in block.rows):
            for row in block.rows:
                result += cell_segments(row)
        else:
            result.append(block)
    return result


def cell_segments(row: Row) -> list[Seg]:
    """The paragraphs of all cells of a row, each pointing at the row's line."""
    segs = []
    for cell in row.filled:
        for part in cell.split("\n"):
            if part.strip():
                segs.append(
                    Seg(part.strip(), [row.number], parse_label(part.strip()), row.bold, split=True)
                )
    return segs or [Seg("", [row.number])]
