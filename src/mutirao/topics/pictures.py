"""The wheel of the 17 goals: how much is done for each, in the goal's official colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, pi, sin, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .models import Goal

_CENTRE, _INNER, _OUTER, _RING = 160.0, 52.0, 128.0, 152.0
_GAP = 0.0025  # of a turn, between two goals


def wheel(goals: Iterable[Goal], counts: Mapping[int, int], label: str = "") -> SafeString:
    """A segment a goal, its area as its count to the largest; nothing done is left pale.

    `counts` by the goal's number. The numbers of the goals stand on the outer ring.
    """
    rows = list(goals)
    most = max(counts.values(), default=0) or 1
    part = 1 / (len(rows) or 1)
    return format_html(
        '<svg class="chart wheel" viewBox="0 0 320 320" role="img" aria-label="{}">{}</svg>',
        label,
        format_html_join(
            "",
            "{}",
            ((_goal(goal, n * part, part, counts.get(goal.number, 0) / most),)
             for n, goal in enumerate(rows)),
        ),
    )  # fmt: skip


def _goal(goal: Goal, begin: float, part: float, share: float) -> SafeString:
    a, b = begin + _GAP, begin + part - _GAP
    reach = sqrt(_INNER**2 + share * (_OUTER**2 - _INNER**2))  # areas are compared, not lengths
    x, y = _at((a + b) / 2, (_OUTER + _RING) / 2)
    done = share > 0
    return format_html(
        '<path class="off" d="{}"/>{}<path {} d="{}"/>'
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        _piece(a, b, _INNER, _OUTER),
        format_html('<path fill="{}" d="{}"/>', goal.colour, _piece(a, b, _INNER, reach))
        if done
        else "",
        format_html('fill="{}"', goal.colour) if done else mark_safe('class="off"'),
        _piece(a, b, _OUTER + 3, _RING),
        ("on-pale" if _is_pale(goal.colour) else "on-dark") if done else "soft",
        f"{x:.1f}",
        f"{y + 4.2:.1f}",
        goal.number,
    )


def _is_pale(colour: str) -> bool:
    """Whether dark letters read better on it (relative luminance, WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179


def _piece(begin: float, end: float, inner: float, outer: float) -> str:
    """Path data of a segment between two circles; `begin` and `end` in turns from the top."""
    (ax, ay), (bx, by) = _at(begin, outer), _at(end, outer)
    (cx, cy), (dx, dy) = _at(end, inner), _at(begin, inner)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.1f} {outer:.1f} 0 0 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.1f} {inner:.1f} 0 0 0 {dx:.1f} {dy:.1f}z"
    )


def _at(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * pi * turn - pi / 2
    return _CENTRE + radius * cos(angle), _CENTRE + radius * sin(angle)
