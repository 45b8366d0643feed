"""{% load network %}: the map of places that other apps' pages draw too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from mutirao.core.maps import View

from ..maps import Place, drawing, view_of

register = template.Library()


@register.inclusion_tag("network/parts/map.html")
def network_map(
    points: Sequence[Place],
    view: View | None = None,
    links: Iterable[Any] = (),
    label: str = "",
    legend: bool = True,
) -> dict[str, Any]:
    """An SVG map of `points` (see `network.maps.MapPoint`) on the built-in outlines.

    The first points get their names written first. `view` is one of `core.maps` (default: the
    smallest that shows all), `links` are (lon, lat, lon, lat[, warm]) curves, `label` is the
    picture's accessible name. The page puts a table with the same places behind it (<c-behind>).
    """
    points = list(points)
    return {
        "map": drawing(points, view or view_of(points), links),
        "label": label,
        "legend": legend,
    }
