"""Drawing a line with fewer points."""

Point = tuple[float, float]


def simplify(line: list[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie closer than `tolerance` to the drawing without them.

    The ends are kept, and a closed line (last point = first) stays closed; units are those of
    the points. Douglas & Peucker (1973), "Algorithms for the reduction of the number of points
    required to represent a digitized line", with a stack instead of recursion.
    """
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    stack = _first_spans(line, kept)
    while stack:
        first, last = stack.pop()
        index, distance = _farthest(line, first, last)
        if distance > tolerance**2:
            kept.add(index)
            stack += [(first, index), (index, last)]
    return [line[i] for i in sorted(kept)]


def _first_spans(line: list[Point], kept: set[int]) -> list[tuple[int, int]]:
    """One span, or two for a closed line, whose ends alone would give no direction."""
    last = len(line) - 1
    if line[0] != line[last]:
        return [(0, last)]
    middle, _ = _farthest(line, 0, last)
    kept.add(middle)
    return [(0, middle), (middle, last)]


def _farthest(line: list[Point], first: int, last: int) -> tuple[int, float]:
    """Index and squared distance of the point between two others that is farthest from them."""
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    best, found = 0.0, first
    for i in range(first + 1, last):
        px, py = line[i][0] - ax, line[i][1] - ay
        along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
        distance = (px - along * dx) ** 2 + (py - along * dy) ** 2
        if distance > best:
            best, found = distance, i
    return found, best
