"""Tables of a PDF page by the lines drawn around their cells.

Word processors draw a table's borders as strokes or as very thin filled boxes. Where they do, the
grid says surely which words share a cell, also in rows of wrapped and merged cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .pdf_layout import Chunk, VisualLine, cell_text

NEAR = 3.0  # points within which two rules are one
THIN = 3.5  # a filled box no thicker than this is a rule
SHORT = 6.0  # shorter strokes are ticks and letters
MAX_RULES = 4000  # a page with more is a drawing

Segment = tuple[float, float, float, float]  # x0, y0, x1, y1 with x0 <= x1 and y0 <= y1


class RuleCollector:
    """Listens to a page's drawing operators and keeps the rules that get painted."""

    def __init__(self) -> None:
        self.rules: list[Segment] = []
        self._path: list[list[tuple[float, float]]] = []

    def visit(self, operator: bytes, args: Any, cm: Any, tm: Any) -> None:
        """`visitor_operand_before` of pypdf's extract_text."""
        if operator in {b"m", b"l"} and len(args) == 2:
            point = _moved(float(args[0]), float(args[1]), cm)
            if operator == b"m" or not self._path:
                self._path.append([])
            self._path[-1].append(point)
        elif operator == b"re" and len(args) == 4:
            x, y, w, h = (float(a) for a in args)
            corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
            self._path.append([_moved(a, b, cm) for a, b in corners])
        elif operator in {b"h", b"s", b"b", b"b*"} and self._path and self._path[-1]:
            self._path[-1].append(self._path[-1][0])
        if operator in {b"S", b"s", b"B", b"B*", b"b", b"b*", b"f", b"F", b"f*"}:
            self._paint(filled_only=operator in {b"f", b"F", b"f*"})
        if operator in {b"S", b"s", b"B", b"B*", b"b", b"b*", b"f", b"F", b"f*", b"n"}:
            self._path = []

    def _paint(self, *, filled_only: bool) -> None:
        if len(self.rules) > MAX_RULES:
            return
        for points in self._path:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                self.rules.append(box)
            elif not filled_only:
                self.rules += [
                    (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                    for a, b in pairwise(points)
                ]


def _moved(x: float, y: float, cm: Any) -> tuple[float, float]:
    return (x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5])


@dataclass(slots=True)
class Grid:
    """A ruled table: edges of its columns, left to right, and of its rows, top to bottom."""

    xs: list[float]
    ys: list[float]
    across: list[Segment] = field(default_factory=list)
    down: list[Segment] = field(default_factory=list)

    def holds(self, chunk: Chunk) -> bool:
        inside = self.ys[-1] - 1 <= chunk.y <= self.ys[0] + 1
        return inside and self.xs[0] - NEAR <= chunk.x < self.xs[-1]

    def rows(self, chunks: Iterable[Chunk]) -> list[VisualLine]:
        """The rows as lines with cells; a merged cell stands at its upper left corner."""
        slots: dict[tuple[int, int], list[Chunk]] = {}
        for chunk in chunks:
            slots.setdefault(self._root(*self._slot(chunk)), []).append(chunk)
        lines = []
        for row in range(len(self.ys) - 1):
            held = [slots.get((row, column), []) for column in range(len(self.xs) - 1)]
            words = [c for cell in held for c in cell]
            if any(c.text.strip() for c in words):
                line = VisualLine(self.ys[row] - 1, words[0].size, words, table=0)
                line.cells = tuple(_text(cell) for cell in held)
                lines.append(line)
        return lines

    def _slot(self, chunk: Chunk) -> tuple[int, int]:
        y = chunk.y + 0.3 * chunk.size  # the middle of the letters, not their base line
        row = sum(y < edge for edge in self.ys[1:-1])
        column = sum(chunk.x >= edge - NEAR / 2 for edge in self.xs[1:-1])
        return row, column

    def _root(self, row: int, column: int) -> tuple[int, int]:
        """The upper left slot of the merged cell that a slot belongs to."""
        while column > 0 and not self._parted(row, column, self.down, vertical=True):
            column -= 1
        while row > 0 and not self._parted(row, column, self.across, vertical=False):
            row -= 1
        return row, column

    def _parted(self, row: int, column: int, rules: list[Segment], *, vertical: bool) -> bool:
        if vertical:
            x, y = self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2
            return any(abs(r[0] - x) <= NEAR and r[1] <= y <= r[3] for r in rules)
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, self.ys[row]
        return any(abs(r[1] - y) <= NEAR and r[0] <= x <= r[2] for r in rules)


def _text(chunks: list[Chunk]) -> str:
    """The words of a cell, its base lines from top to bottom."""
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: -c.y):
        if lines and abs(lines[-1][0].y - chunk.y) <= 0.3 * chunk.size:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    # Within a line pypdf's order holds unless a chunk was drawn further left than the one before.
    texts = ["".join(c.text for c in _ordered(line, chunks)) for line in lines]
    return cell_text([" ".join(t.split()) for t in texts if t.strip()])


def _ordered(line: list[Chunk], drawn: list[Chunk]) -> list[Chunk]:
    order = {id(c): i for i, c in enumerate(drawn)}
    return sorted(line, key=lambda c: order[id(c)])


def grids(rules: list[Segment]) -> list[Grid]:
    """The ruled tables of a page; a frame around text is none, nor is a single rule."""
    if len(rules) > MAX_RULES:
        return []
    across = [r for r in rules if r[3] - r[1] <= THIN and r[2] - r[0] > SHORT]
    down = [r for r in rules if r[2] - r[0] <= THIN and r[3] - r[1] > SHORT]
    found = []
    for group in _touching(_joined(across, flat=True), _joined(down, flat=False)):
        flat = [r for r in group if r[3] - r[1] <= THIN]
        upright = [r for r in group if r[2] - r[0] <= THIN]
        xs, ys = _edges(r[0] for r in upright), _edges(r[1] for r in flat)
        if len(xs) >= 3 and len(ys) >= 3:
            found.append(Grid(xs, ys[::-1], flat, upright))
    return found


def _joined(rules: list[Segment], *, flat: bool) -> list[Segment]:
    """Rules drawn cell by cell made one: same height, ends that meet."""
    a, b = (0, 1) if flat else (1, 0)
    joined: list[list[float]] = []
    for rule in sorted(rules, key=lambda r: (round(r[b] / NEAR), r[a])):
        last = joined[-1] if joined else None
        if last and abs(last[b] - rule[b]) <= NEAR and rule[a] <= last[a + 2] + NEAR:
            last[a + 2] = max(last[a + 2], rule[a + 2])
        else:
            joined.append(list(rule))
    return [(r[0], r[1], r[2], r[3]) for r in joined]


def _touching(across: list[Segment], down: list[Segment]) -> list[list[Segment]]:
    """Groups of rules that cross or meet."""
    groups: list[list[Segment]] = []
    for rule in [*across, *down]:
        near = [g for g in groups if any(_meet(rule, other) for other in g)]
        groups = [g for g in groups if all(g is not n for n in near)]
        groups.append([rule, *[r for g in near for r in g]])
    return groups


def _meet(a: Segment, b: Segment) -> bool:
    return (
        a[0] <= b[2] + NEAR and b[0] <= a[2] + NEAR and a[1] <= b[3] + NEAR and b[1] <= a[3] + NEAR
    )


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def ruled_rows(chunks: list[Chunk], rules: list[Segment]) -> tuple[list[Chunk], list[VisualLine]]:
    """(chunks outside tables, rows of all ruled tables of the page, numbered from 0)."""
    rows: list[VisualLine] = []
    rest, number = chunks, 0
    for grid in sorted(grids(rules), key=lambda g: -g.ys[0]):
        held = [c for c in rest if grid.holds(c)]
        lines = grid.rows(held)
        if len(lines) < 2 and not any(sum(bool(c) for c in line.cells) > 1 for line in lines):
            continue
        for line in lines:
            line.table = number
        rows += lines
        number += 1
        kept = {id(c) for c in held}
        rest = [c for c in rest if id(c) not in kept]
    return rest, rows
