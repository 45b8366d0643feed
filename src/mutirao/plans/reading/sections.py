"""Blocks -> sections: finds the headings, also those that only their neighbours betray."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .contacts import is_contact
from .dates import read_date, read_month
from .fold import fold
from .front import TITLE
from .headings import Heading, lead_in, section_of
from .segments import Block, Seg, Table

AXIS_WORDS = {"eje", "eixo", "axis", "linea", "linha", "line", "pilar"}
ACTIVITY_WORDS = {"actividad", "atividade", "activity", "accion", "acao", "action"}
OBJECTIVE_WORDS = {"objetivo", "objective", "meta", "goal"}

LINES_OF_ACTION = re.compile(
    r"^\W*(?:[\divx]{1,4}[.)\s–—-]+)*(?:(?:las|as|nuestras|nossas) )?(?:lineas|linhas) de "
    r"(?:accion|acao|actuacion|atuacao|intervencion|intervencao)"
)


@dataclass(slots=True)
class Section:
    """`kind` is front, presentation, objective, axes, work_axes, activities, calendar, signature
    or unplaced. `head` is its heading; virtual sections have none."""

    kind: str
    head: Seg | None = None
    blocks: list[Block] = field(default_factory=list)
    parent: str | None = None


def split(blocks: list[Block]) -> list[Section]:
    """Sections in reading order; the first is the front (it may be empty)."""
    heads = _heads(blocks)
    style = _Style(blocks, heads)
    sections = [Section("front")]
    for index, block in enumerate(blocks):
        current = sections[-1]
        if index in heads:
            _open(sections, block, heads[index])
        elif isinstance(block, Seg) and style.unknown_heading(block, index, current):
            sections.append(Section("unplaced", block))
        elif kind := _virtual(blocks, index, current, sections):
            sections.append(Section(kind, _announcing(current), [block]))
        else:
            current.blocks.append(block)
    return _lines_of_action(sections)


def _lines_of_action(sections: list[Section]) -> list[Section]:
    """ "Líneas de acción" below "Ejes", in a plan without another list of activities, are it."""
    filled = [s for s in sections if s.blocks]
    if any(s.kind == "activities" for s in filled):
        return sections
    axes = [s for s in filled if s.kind in {"axes", "work_axes"}]
    for section in axes[1:]:
        if section.head is not None and LINES_OF_ACTION.match(fold(section.head.text)):
            section.kind, section.parent = "activities", None
    return sections


def objectives_as_axes(blocks: list[Block]) -> list[Block]:
    """ "Objetivo 1: …" with its own activities below, in a plan without axes, is an axis."""
    segs = [b for b in blocks if isinstance(b, Seg)]
    heads = [h for s in segs if (h := section_of(s.text, styled=s.heading is not None or s.bold))]
    goals = [i for i, b in enumerate(blocks) if isinstance(b, Seg) and _word(b) in OBJECTIVE_WORDS]
    if any(h.kind in {"axes", "work_axes"} for h in heads) or any(
        _word(s) in AXIS_WORDS for s in segs
    ):
        return blocks
    apart = sum(b > a + 1 and _lists(blocks[a + 1 : b]) for a, b in pairwise(goals))
    if len(goals) >= 2 and apart == len(goals) - 1:
        for index in goals:
            seg = blocks[index]
            assert isinstance(seg, Seg) and seg.label
            seg.label = replace(seg.label, word="eje")
    return blocks


def _word(seg: Seg) -> str | None:
    return seg.label.word if seg.label else None


def _lists(blocks: list[Block]) -> bool:
    """True where activities are listed among the blocks, by a heading or by labels."""
    for block in blocks:
        if isinstance(block, Table):
            return True
        if block.label or ((found := section_of(block.text)) and found.kind == "activities"):
            return True
    return False


def _heads(blocks: list[Block]) -> dict[int, Heading]:
    heads: dict[int, Heading] = {}
    for index, block in enumerate(blocks):
        if not isinstance(block, Seg) or block.furniture:
            continue
        styled = block.heading is not None or block.bold
        found = section_of(block.text, styled=styled)
        if found and not _is_item(blocks, index, found, heads):
            heads[index] = found
    return heads


def _is_item(blocks: list[Block], index: int, found: Heading, heads: dict[int, Heading]) -> bool:
    """A list item may look like a heading ("3. Comunicación" among the axes), a title too."""
    block = blocks[index]
    assert isinstance(block, Seg)
    if (
        not heads
        and TITLE.search(fold(block.text))
        and index < 6
        and not _listed_next(blocks, index)
    ):
        return True
    if (
        not block.label
        or block.heading is not None
        or found.kind in {"calendar", "axes", "work_axes"}
    ):
        return False
    if block.label.kind == "bullet":
        return (
            found.kind in {"unplaced", "presentation", "activities", "objective"} and not found.rest
        )
    return found.kind == "unplaced" and _among_siblings(blocks, index, heads)


def _listed_next(blocks: list[Block], index: int) -> bool:
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(after, Seg) or after.label is None or index == 0:
        return False
    return section_of(after.text) is None  # "1) Apresentação" opens the body of the plan


def _among_siblings(blocks: list[Block], index: int, heads: dict[int, Heading]) -> bool:
    """Same numbering as its direct neighbour, which is no heading: an item of a list."""
    block = blocks[index]
    assert isinstance(block, Seg) and block.label
    styles = {s for s, _ in block.label.styles}
    value = block.label.styles[0][1]
    for other in (index - 1, index + 1):
        near = blocks[other] if 0 <= other < len(blocks) else None
        if (
            isinstance(near, Seg)
            and near.label
            and other not in heads
            and not section_of(near.text)
        ):
            same = {s for s, _ in near.label.styles} & styles
            if same and abs(near.label.styles[0][1] - value) == 1:
                return True
    return False


def _open(sections: list[Section], block: Block, found: Heading) -> None:
    assert isinstance(block, Seg)
    current = sections[-1]
    parent = current.kind if current.kind in {"axes", "work_axes"} else None
    if current.kind == "activities" and any(_names_axis(b) for b in current.blocks):
        parent = current.parent or "axes"
    section = Section(found.kind, block, parent=parent)
    if found.rest:
        head = Seg(found.text, list(block.lines), block.label, block.bold, block.heading, block.gap)
        section.head = head
        section.blocks.append(Seg(found.rest, list(block.lines), None, split=True))
    sections.append(section)


def _virtual(
    blocks: list[Block], index: int, current: Section, sections: list[Section]
) -> str | None:
    """A list that a sentence announces, or "Eje 1: …" without a heading over it."""
    block = blocks[index]
    if not isinstance(block, Seg) or block.furniture:
        return None
    named = _named_kind(block, current, sections)
    if named:
        return named
    before = blocks[index - 1] if index else None
    if not block.label or not isinstance(before, Seg) or before.label:
        return None
    if block.label.numbered and block.label.styles[0][1] > 1:
        return None
    kind = lead_in(before.text)
    return kind if kind != current.kind else None


def _announcing(current: Section) -> Seg | None:
    """The sentence that announces the next list does not belong to the list before it."""
    last = current.blocks[-1] if current.blocks else None
    listing = current.kind in {"axes", "work_axes", "activities"}
    if listing and isinstance(last, Seg) and not last.label and last.text.endswith(":"):
        current.blocks.pop()
        return last
    return None


def _named_kind(block: Seg, current: Section, sections: list[Section]) -> str | None:
    label = block.label
    if not label or label.kind != "named":
        return None
    known = {s.kind for s in sections}
    if label.word in AXIS_WORDS and current.kind not in {"axes", "work_axes", "activities"}:
        return "axes" if not known & {"axes", "work_axes"} or current.kind != "calendar" else None
    if label.word in ACTIVITY_WORDS and current.kind in {
        "front",
        "presentation",
        "objective",
        "unplaced",
    }:
        return "activities"
    if label.word in OBJECTIVE_WORDS and current.kind in {"front", "presentation"}:
        return "objective"
    return None


def _names_axis(block: Block) -> bool:
    return isinstance(block, Seg) and block.label is not None and block.label.word in AXIS_WORDS


def inside_axes(sections: list[Section]) -> bool:
    """True where each axis has its own "Actividades:", not one list of activities for all."""
    lists = [s for s in sections if s.kind == "activities"]
    nested = [s for s in lists if s.parent]
    return len(nested) >= 2 or any(_names_axis(b) for s in nested for b in s.blocks)


class _Style:
    """How the known headings of this document look, to find the unknown ones among them."""

    def __init__(self, blocks: list[Block], heads: dict[int, Heading]) -> None:
        known = [b for i in heads if isinstance(b := blocks[i], Seg)]
        self.levels = {b.heading for b in known if b.heading is not None}
        self.numbers = {
            s for b in known if b.label and b.label.kind != "named" for s, _ in b.label.styles[:1]
        }
        self.numbered = len(known) >= 2 and all(b.label for b in known if b.heading is None)
        self.last: dict[str, int] = {}
        self.heads = {id(blocks[i]): blocks[i] for i in heads}
        self.blocks, self.index_heads = blocks, sorted(heads)

    def unknown_heading(self, seg: Seg, index: int, current: Section) -> bool:
        if seg.furniture or current.kind == "front" or is_contact(seg.text) or seg.words > 10:
            return False
        if read_month(seg.text) or read_date(seg.text):
            return False
        if seg.label and seg.label.kind == "named":
            return False
        if seg.heading is not None:
            return (
                bool(self.levels)
                and seg.heading <= max(self.levels)
                and self._not_item(seg, current)
            )
        return self._numbered_like(seg, index, current)

    def _not_item(self, seg: Seg, current: Section) -> bool:
        level = current.head.heading if current.head and current.head.heading is not None else None
        return level is None or (seg.heading or 0) <= level

    def _numbered_like(self, seg: Seg, index: int, current: Section) -> bool:
        """ "4. Alianzas" between "3. Actividades" and "5. Calendario", where those are sections."""
        if not self.numbered or not seg.label or seg.label.kind == "bullet":
            return False
        style, value = seg.label.styles[0]
        head = current.head
        if (
            style not in self.numbers
            or not head
            or not head.label
            or (head.label.styles[0] != (style, value - 1))
        ):
            return False
        after = next((self.blocks[i] for i in self.index_heads if i > index), None)
        follows = (
            isinstance(after, Seg)
            and after.label is not None
            and after.label.styles[0] == (style, value + 1)
        )
        return follows or (seg.bold and not seg.text.rstrip().endswith((".", ";")))


def tables_in(blocks: list[Block]) -> list[Table]:
    return [b for b in blocks if isinstance(b, Table)]
