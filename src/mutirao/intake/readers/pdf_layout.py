"""Where the words of a PDF page stand: visual lines, and tables found by their left edges."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
GOES_ON = re.compile(r"(?![a-z]{1,4}[.)])[a-zà-ÿ]")  # a small letter that is no list label
LISTED = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+\.?\s|(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s|[-–•●▪]\s"
)
DAY = re.compile(r"\d{1,2}\s+(?:de|al|a|y|e|–|-)\s")
UNFINISHED = re.compile(r"(?:^|[,–-]|\b(?:de|del|al|a|y|e|el|o))$", re.I)
SAME_EDGE = 2.5  # points within which two left edges are one column
MIN_ROWS = 3  # lines that must share an edge before it is a column


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text drawn at one position (points from the lower left corner)."""

    x: float
    y: float
    text: str
    size: float
    bold: bool


@dataclass(slots=True)
class VisualLine:
    """Chunks on one base line; `cells` is filled where the line belongs to a table."""

    y: float
    size: float
    chunks: list[Chunk] = field(default_factory=list)
    gap: bool = False
    cells: tuple[str, ...] = ()
    table: int | None = None

    @property
    def text(self) -> str:
        return " ".join("".join(c.text for c in self.chunks).split())

    @property
    def bold(self) -> bool:
        return all(c.bold for c in self.chunks if c.text.strip())

    @property
    def x(self) -> float:
        return min((c.x for c in self.chunks), default=0.0)


def page_chunks(page: Any, drawn: Callable[..., None]) -> list[Chunk]:
    """The chunks of a page in drawing order, as pypdf reports them; `drawn` hears the operators."""
    chunks: list[Chunk] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        text = text.replace("\n", " ") if text.strip() else text.replace("\n", "")
        if not text:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        name = str((font or {}).get("/BaseFont", ""))
        chunks.append(Chunk(x, y, text, abs(size * scale) or 10.0, bool(BOLD.search(name))))

    page.extract_text(visitor_text=visit, visitor_operand_before=drawn)
    return chunks


def visual_lines(chunks: list[Chunk]) -> list[VisualLine]:
    """Lines from top to bottom; `gap` marks more space above than between lines of a paragraph."""
    lines: list[VisualLine] = []
    for chunk in chunks:
        line = next(
            (o for o in reversed(lines[-12:]) if abs(o.y - chunk.y) <= 0.3 * chunk.size), None
        )
        if line is None:
            if not chunk.text.strip():
                continue
            line = VisualLine(chunk.y, chunk.size)
            lines.append(line)
        line.chunks.append(chunk)
    lines = [line for line in lines if line.text]
    lines.sort(key=lambda line: -line.y)
    _order(lines)
    return lines


def _order(lines: list[VisualLine]) -> None:
    """Chunks drawn out of order are put from left to right."""
    for line in lines:
        solid = [c for c in line.chunks if c.text.strip()]
        if any(b.x < a.x - 1 for a, b in pairwise(solid)):
            line.chunks = [replace(c, text=f"{c.text} ") for c in sorted(solid, key=lambda c: c.x)]


def usual_step(pages: list[list[VisualLine]]) -> float:
    """Usual distance between lines of a paragraph, in font sizes: the commonest small step.

    Counts only where a full line goes on in small letters: there the paragraph surely does too.
    """
    steps: Counter[float] = Counter()
    full = 0.75 * max((len(line.text) for lines in pages for line in lines), default=0)
    for lines in pages:
        for a, b in pairwise(lines):
            if a.cells or b.cells:
                continue
            step = round((a.y - b.y) / max(b.size, 1.0), 1)
            if 0.8 <= step <= 3.5 and len(a.text) >= full and GOES_ON.match(b.text):
                steps[step] += 1
    if not steps:
        return 1.3
    common = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.4 * common)


def mark_gaps(lines: list[VisualLine], step: float) -> None:
    for a, b in pairwise(lines):
        b.gap = (a.y - b.y) > 1.22 * step * max(b.size, 1.0)
    if lines:
        lines[0].gap = False


def find_tables(lines: list[VisualLine], step: float, first: int) -> list[VisualLine]:
    """Lines of tables become rows, wrapped cells made whole; `first` numbers the tables."""
    edges = _edges(lines)
    result: list[VisualLine] = []
    index, table = 0, first
    while index < len(lines):
        if lines[index].cells:  # its grid is drawn on the page
            result.append(lines[index])
            index += 1
            continue
        end, columns = _region(lines, index, edges)
        if end - index >= MIN_ROWS and len(columns) >= 2:
            result += _rows(lines[index:end], columns, table, step)
            table += 1
        else:
            end = index + 1
            result.append(lines[index])
        index = end
    return result


def _edges(lines: list[VisualLine]) -> list[float]:
    """Left edges, other than a line's first, at which chunks begin again and again."""
    starts = sorted(c.x for line in lines if not line.cells for c in _inner_starts(line))
    edges: list[list[float]] = []
    for x in starts:
        if edges and x - edges[-1][-1] <= SAME_EDGE:
            edges[-1].append(x)
        else:
            edges.append([x])
    return [sum(group) / len(group) for group in edges if len(group) >= MIN_ROWS]


def _inner_starts(line: VisualLine) -> list[Chunk]:
    """Chunks that begin well after the one before them has ended."""
    solid = [c for c in line.chunks if c.text.strip()]
    found = []
    for a, b in pairwise(solid):
        # Letters are about 0.45 sizes wide; less, so that a full cell does not hide its neighbour.
        ended = a.x + 0.38 * a.size * len(a.text.strip())
        if b.x > ended + 0.8 * b.size and any(c.isalnum() or c in "✓✔•●■" for c in b.text):
            found.append(b)
    return found


def _region(lines: list[VisualLine], start: int, edges: list[float]) -> tuple[int, list[float]]:
    """The run of lines from `start` that stands on shared edges, and its columns."""
    used: Counter[float] = Counter()
    end = start
    left = lines[start].x
    while end < len(lines) and not lines[end].cells:
        hits = [
            e for e in edges if any(abs(c.x - e) <= SAME_EDGE for c in _inner_starts(lines[end]))
        ]
        alone = [e for e in edges if abs(lines[end].x - e) <= SAME_EDGE]
        wrapped = (
            end > start
            and not hits
            and (abs(lines[end].x - left) <= SAME_EDGE or alone)
            and _narrow(lines[end], edges, used)
        )
        if not hits and not wrapped:
            break
        if hits:
            left = min(left, lines[end].x)
        used.update(hits)
        end += 1
    while (
        end > start
        and not any(abs(c.x - e) <= SAME_EDGE for e in edges for c in _inner_starts(lines[end - 1]))
        and lines[end - 1].gap
        and abs(lines[end - 1].x - left) <= SAME_EDGE
    ):
        end -= 1
    columns = [left, *(e for e, count in used.items() if count >= 2)]
    head = [c.x for c in _inner_starts(lines[start])] if start < end else []
    columns += [x for x in head if all(abs(x - known) > 2 * SAME_EDGE for known in columns)]
    return end, sorted(columns)


def _narrow(line: VisualLine, edges: list[float], used: Counter[float]) -> bool:
    """A wrapped cell ends before the next column begins."""
    after = [e for e in edges if e > line.x + SAME_EDGE and used[e]]
    if not after:
        return bool(used) and line.x >= min(used) - SAME_EDGE
    width = 0.42 * line.size * len(line.text)
    return line.x + width <= after[0] + line.size


def _rows(
    lines: list[VisualLine], columns: list[float], table: int, step: float
) -> list[VisualLine]:
    rows: list[list[VisualLine]] = []
    steps = [(a.y - b.y) / max(b.size, 1.0) for a, b in pairwise(lines)]
    tight = max(min((s for s in steps if s > 0.3), default=step), 0.9)
    padded = any(s > 1.1 * tight for s in steps) and tight <= 1.1 * step
    spaced = tight > min(1.1 * step, 1.5)  # no cell is wrapped: every line is a row
    for index, line in enumerate(lines):
        wide = index > 0 and steps[index - 1] > 1.1 * tight
        first = abs(line.x - columns[0]) <= SAME_EDGE
        if not rows or (wide if padded else spaced or first):
            rows.append([])
        rows[-1].append(line)
    return [_row(group, columns, table) for group in rows]


def _row(group: list[VisualLine], columns: list[float], table: int) -> VisualLine:
    pieces: list[list[str]] = [[] for _ in columns]
    for line in group:
        for chunk in line.chunks:
            index = max((i for i, e in enumerate(columns) if chunk.x >= e - SAME_EDGE), default=0)
            begins = any(abs(chunk.x - e) <= SAME_EDGE for e in columns) or chunk is line.chunks[0]
            if begins or not pieces[index]:
                pieces[index].append(chunk.text)
            else:
                pieces[index][-1] += chunk.text
    whole = [cell_text([" ".join(p.split()) for p in cell if p.strip()]) for cell in pieces]
    row = VisualLine(
        group[0].y, group[0].size, [c for line in group for c in line.chunks], group[0].gap
    )
    row.cells, row.table = tuple(whole), table
    return row


def cell_text(lines: list[str]) -> str:
    """The lines of a cell as its paragraphs: a short line, or a list label, ends the one before."""
    width = max((len(line) for line in lines), default=0)
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        listed = bool(LISTED.match(line))
        listed = listed or (bool(DAY.match(line)) and not UNFINISHED.search(before))
        room = len(before) + len(line.split(" ")[0]) + 1 < 0.8 * width and line[:1].isupper()
        if not text:
            text = line
        elif re.search(r"[a-zà-ÿ]-$", text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text += ("\n" if listed or room else " ") + line
    return text
