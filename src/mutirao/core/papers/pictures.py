"""Drawings of pages that go into papers.

A drawing is SVG markup with the house's classes: on a page the style sheet colours it, light or
dark; in a paper it carries these rules itself. They say for paper what `mutirao.css` says for
the light page.
"""

from __future__ import annotations

import re

_RULES = """
text{font-family:"House Sans";fill:#1b2a2f}
.fill-ok{fill:#2c6e49}.fill-run{fill:#0b5563}.fill-late{fill:#a8321d}.fill-wait{fill:#8a8273}
.fill-warm{fill:#e2703a}.fill-none{fill:#f1ece1}
.map .land{fill:#f1ece1;stroke:#ddd5c5;stroke-width:.8}
.map .arc{fill:none;stroke:#0b5563;stroke-width:1.5;opacity:.55}.map .warm{stroke:#e2703a}
.map .city{fill:#0b5563}.map .agency{fill:#e2703a}
.map text{font-size:11px;font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px}
.tl text{font-size:12px;fill:#4c5d64}.tl .lab{fill:#1b2a2f;font-weight:600}
.tl .gridl{stroke:#ddd5c5}.tl .today{stroke:#e2703a;stroke-width:2;stroke-dasharray:3 4}
.tl .point{fill:#fff;stroke:#e2703a;stroke-width:3}
.chart text{font-size:12px}.chart .soft{fill:#4c5d64}.chart .strong{font-weight:600}
.chart .huge{font-family:"House Serif";font-weight:600;font-size:34px}
.chart .on-dark{fill:#fff;font-weight:600}.chart .on-pale{fill:#1b2a2f;font-weight:600}
.chart .off{fill:#f1ece1}
"""
_COVER = """
.land{fill:#0f6475}.arc{fill:none;stroke:#7cc4cf;stroke-width:1.2;opacity:.7}.warm{stroke:#f19a68}
.city{fill:#fbeadf}.agency{fill:#f19a68}.fill-ok{fill:#fbeadf}
text{font-size:0}
"""
_OPENING = re.compile(r"<svg\b")


def standalone(drawing: str, *, cover: bool = False) -> str:
    """The drawing as an SVG document that needs no page around it.

    `cover` gives it the quiet colours of a title page, without names.
    """
    rules = _COVER if cover else _RULES
    opened = _OPENING.sub('<svg xmlns="http://www.w3.org/2000/svg"', drawing, count=1)
    if cover:
        opened = re.sub(r"<text\b.*?</text>", "", opened, flags=re.S)
    return opened.replace(">", f"><style>{rules}</style>", 1)
