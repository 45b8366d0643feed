"""How commitments stand, drawn: a ring for one set, a row of bars for several.

The words and figures stand beside the drawing as text of its own; the table behind says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import pgettext

from mutirao.core.templatetags.mutirao import number

from .queries.seen import LATE, STANDINGS
from .states import State

LOOKS = {
    State.DONE: "ok",
    State.IN_PROGRESS: "run",
    LATE: "late",
    State.PLANNED: "wait",
    State.CARRIED: "warm",
    State.CANCELLED: "none",
}
_OUTER, _INNER, _CENTRE = 90.0, 58.0, 100.0
_ROW, _LABELS, _WIDE = 26, 250, 640
_LONGEST = 38  # letters of a row's name


def standing_label(standing: str) -> str:
    """The word of a standing: a state, or late."""
    return pgettext("commitment", "late") if standing == LATE else str(State(standing).label)


def ring(counts: Mapping[str, int], label: str = "") -> SafeString:
    """A ring of `queries.standing_counts` with its total in the middle and a legend beside it."""
    shown = [name for name in STANDINGS if counts[name]]
    total = sum(counts[name] for name in shown) or 1
    pieces, begin = [], 0.0
    for name in shown:
        end = begin + counts[name] / total
        pieces.append((LOOKS[name], _piece(begin, end)))
        begin = end
    legend = [
        (
            LOOKS[name],
            40 + 30 * n,
            55 + 30 * n,
            f"{number(counts[name])} {capfirst(standing_label(name))}",
        )
        for n, name in enumerate(shown)
    ]
    return format_html(
        '<svg class="chart" viewBox="0 0 420 200" role="img" aria-label="{}">{}{}'
        '<text class="huge" x="100" y="112" text-anchor="middle">{}</text></svg>',
        label,
        format_html_join("", '<path class="fill-{}" d="{}"/>', pieces),
        format_html_join(
            "",
            '<rect class="fill-{}" x="224" y="{}" width="20" height="20" rx="4"/>'
            '<text class="strong" x="254" y="{}">{}</text>',
            legend,
        ),
        number(counts["total"]),
    )


def _piece(begin: float, end: float) -> str:
    """Path data of a part of the ring; `begin` and `end` in turns, from the top, clockwise.

    A whole ring is drawn as two halves: an arc with both ends in one place is no arc.
    """
    if end - begin > 0.999:
        return _piece(0, 0.5) + _piece(0.5, 0.9985)
    large = int(end - begin > 0.5)
    (ax, ay), (bx, by) = _at(begin, _OUTER), _at(end, _OUTER)
    (cx, cy), (dx, dy) = _at(end, _INNER), _at(begin, _INNER)
    return (
        f"M{ax:.1f} {ay:.1f}A{_OUTER} {_OUTER} 0 {large} 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{_INNER} {_INNER} 0 {large} 0 {dx:.1f} {dy:.1f}z"
    )


def _at(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * pi * turn - pi / 2
    return _CENTRE + radius * cos(angle), _CENTRE + radius * sin(angle)


def bars(rows: Sequence[tuple[str, Mapping[str, int]]], label: str = "") -> SafeString:
    """One stacked bar a row, `(name, counts)`, all to the same scale; then the legend."""
    most = max((counts["total"] for _name, counts in rows), default=0) or 1
    room = _WIDE - _LABELS - 50
    drawn = [_bar(n, name, counts, room / most) for n, (name, counts) in enumerate(rows)]
    height = _ROW * len(rows) + 44
    used = [name for name in STANDINGS if any(counts[name] for _row, counts in rows)]
    legend, x = [], 0
    for name in used:
        words = capfirst(standing_label(name))
        legend.append((LOOKS[name], x, height - 22, x + 20, height - 10, words))
        x += 46 + 7 * len(words)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        _WIDE,
        height,
        label,
        format_html_join("", "{}", ((one,) for one in drawn)),
        format_html_join(
            "",
            '<rect class="fill-{}" x="{}" y="{}" width="14" height="14" rx="3"/>'
            '<text class="soft" x="{}" y="{}">{}</text>',
            legend,
        ),
    )


def _bar(place: int, name: str, counts: Mapping[str, int], scale: float) -> SafeString:
    y, x = place * _ROW + 4, float(_LABELS)
    pieces = []
    for standing in STANDINGS:
        if counts[standing]:
            width = counts[standing] * scale
            pieces.append((LOOKS[standing], f"{x:.1f}", y, f"{width:.1f}"))
            x += width
    short = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return format_html(
        '<text class="strong" x="0" y="{}">{}</text>{}<text class="soft" x="{}" y="{}">{}</text>',
        y + 11,
        short,
        format_html_join(
            "",
            '<rect class="fill-{}" x="{}" y="{}" width="{}" height="14"/>',
            pieces,
        ),
        f"{x + 6:.1f}",
        y + 11,
        number(counts["total"]),
    )
