"""Names that do not cover each other, and the curve of a link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot

from mutirao.core.maps.projection import View

Box = tuple[float, float, float, float]

# Widths of Source Sans 3 semibold in parts of its size, rounded up: the server cannot measure.
_NARROW = frozenset(" .,:;'’-()ijlftrIíîì")
_WIDE = frozenset("mwMWÑÕÃ@%")
_BEND = 0.12  # how far a link bends, in parts of its length


@dataclass(frozen=True)
class Spot:
    """A place on the drawing that would like its name shown. `key` finds its label again."""

    key: str
    text: str
    x: float
    y: float
    radius: float = 4


@dataclass(frozen=True)
class Label:
    """A name to draw: `x`, `y` of the text's base line, `anchor` for SVG's text-anchor."""

    key: str
    text: str
    x: float
    y: float
    anchor: str


def spread_labels(spots: Iterable[Spot], view: View, *, size: float = 12) -> list[Label]:
    """The names that fit, the first spots first; the others are for the table to tell.

    A name is placed beside, above or below its spot where it covers no spot, no other name and
    stays in the frame; `size` is the type's size in units of the view.
    """
    places = [spot for spot in spots if 0 <= spot.x <= view.width and 0 <= spot.y <= view.height]
    taken = [_around(spot, spot.radius) for spot in places]
    labels = []
    for spot in places:
        for label in _candidates(spot, size):
            box = _box(label, size)
            if _within(box, view) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                labels.append(label)
                break
    return labels


def _candidates(spot: Spot, size: float) -> Iterator[Label]:
    """Where a name may stand, best first: right, left, above, below, then the corners."""
    aside, near = spot.radius + 3, spot.radius * 0.7 + 1
    middle, above, below = size * 0.33, -spot.radius - 3, spot.radius + size * 0.85
    for dx, dy, anchor in (
        (aside, middle, "start"),
        (-aside, middle, "end"),
        (0, above, "middle"),
        (0, below, "middle"),
        (near, above, "start"),
        (near, below, "start"),
        (-near, above, "end"),
        (-near, below, "end"),
    ):
        yield Label(spot.key, spot.text, round(spot.x + dx, 1), round(spot.y + dy, 1), anchor)


def text_width(text: str, size: float) -> float:
    """About how wide a name is, in the units of `size`."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.86
    return 0.63 if letter.isupper() else 0.54


def _box(label: Label, size: float) -> Box:
    width = text_width(label.text, size)
    left = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * width
    return left, label.y - size * 0.75, left + width, label.y + size * 0.25


def _around(spot: Spot, radius: float) -> Box:
    return spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _within(box: Box, view: View) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= view.width and box[3] <= view.height


def arc(x1: float, y1: float, x2: float, y2: float) -> str:
    """Path data of a gentle curve between two places; empty when they are the same.

    It always bends to the left of the way from the first to the second, so that the links
    a → b and b → a are two lines.
    """
    dx, dy = x2 - x1, y2 - y1
    if hypot(dx, dy) < 0.05:
        return ""
    bend_x, bend_y = (x1 + x2) / 2 + dy * _BEND * 2, (y1 + y2) / 2 - dx * _BEND * 2
    return f"M{x1:.1f} {y1:.1f}Q{bend_x:.1f} {bend_y:.1f} {x2:.1f} {y2:.1f}"
