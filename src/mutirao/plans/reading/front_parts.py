"""Lines and rows of the front cut into single facts."""

import re

from .fold import fold
from .front import PRESENTED, TITLE
from .segments import Row, Seg, cell_segments


def front_parts(seg: Seg) -> list[Seg]:
    """One line may say two things: "Coordina: X | Subcoordina: Y", "Plan 2025 de … . Ciudad: …"."""
    if seg.words > 60:
        return [seg]  # a paragraph of the introduction, not a line of facts
    texts = re.split(r"\s+[|•]\s+|\s{4,}", seg.text)
    folded = fold(seg.text)
    if len(texts) == 1 and (TITLE.search(folded) or PRESENTED.match(folded)):
        texts = re.split(r"(?<=[a-zà-ÿ)\d])\.\s+(?=[A-ZÀ-Ý])", seg.text)
    if len(texts) == 1:
        texts = _before_presenter(seg.text)
    if len(texts) == 1:
        return [seg]
    return [Seg(t, list(seg.lines), None, seg.bold, seg.heading) for t in texts if t.strip()]


def _before_presenter(text: str) -> list[str]:
    """ "Unidad Temática de Educación – Ciudad coordinadora: Sucre" -> its two halves."""
    for found in re.finditer(r"\s+[–—-]\s+|[.,;]\s+|\n", text):
        rest = PRESENTED.match(fold(text[found.end() :]))
        if rest and rest.group("sep").strip() == ":" and "coord" in rest.group("key"):
            return [text[: found.start()], text[found.end() :]]
    return [text]


def pairs(row: Row) -> list[Seg]:
    """A row "Período | 2024" of a front table as the line "Período: 2024"."""
    cells = [c.strip() for c in row.filled]
    if len(cells) == 2 and len(cells[0].split()) <= 6:
        text = f"{cells[0].rstrip(' :')}: {' '.join(cells[1].split())}"
        return [Seg(text, [row.number], None, row.bold)]
    return cell_segments(row)
