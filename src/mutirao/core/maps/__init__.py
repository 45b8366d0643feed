"""The built-in map: land outlines, cities and links as SVG, without tiles and without requests.

Pure functions; the page that draws a map owns its SVG element, colours and table:

    view = SOUTH_AMERICA                        # or LATIN_AMERICA, WORLD, around([(lon, lat), …])
    land_paths(view)                            # (("AR", "M147.9 583.1l2.9 5.9…z"), …)
    x, y = project(-56.19, -34.9, view)         # Montevideo, in units of view.view_box
    spread_labels([Spot("1", "Montevideo", x, y), …], view)
    arc(x, y, x2, y2)                           # "M… Q…" for a link
"""

from mutirao.core.maps.drawing import Label, Spot, arc, spread_labels
from mutirao.core.maps.land import land_paths
from mutirao.core.maps.projection import (
    LATIN_AMERICA,
    SOUTH_AMERICA,
    WORLD,
    View,
    around,
    project,
)

__all__ = [
    "LATIN_AMERICA",
    "SOUTH_AMERICA",
    "WORLD",
    "Label",
    "Spot",
    "View",
    "arc",
    "around",
    "land_paths",
    "project",
    "spread_labels",
]
