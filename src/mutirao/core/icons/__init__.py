"""Icons drawn inside the page: one set, named by meaning, without a request of their own."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mutirao.core.icons.names import DRAWINGS

__all__ = ["NAMES", "icon_svg"]

NAMES = tuple(sorted(DRAWINGS))
_FOLDER = Path(__file__).parent / "svg"
# Tabler draws an invisible square under each icon; it only costs bytes.
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def icon_svg(name: str, *, label: str | None = None, size: int = 20) -> SafeString:
    """The icon for a meaning, as markup that templates may print as it is.

    `name` is one of `NAMES`; `size` is in CSS pixels, for width and height. Without `label`
    the icon is decoration and hidden from screen readers; with it, it is an image that is
    read as the label (which is escaped). The colour is the colour of the text around it.
    Raises KeyError, listing the known names, when the name is not known.
    """
    if name not in DRAWINGS:
        raise KeyError(f"no icon is called {name!r}; known: {', '.join(NAMES)}")
    return _drawn(name, conditional_escape(label) if label else "", int(size))


# Every page has a dozen of them, the same ones: each takes 14 µs to put together.
@lru_cache(maxsize=1024)
def _drawn(name: str, label: str, size: int) -> SafeString:
    """The whole icon; `label` is escaped."""
    return _open_tag(name, label, size) + _inside(DRAWINGS[name]) + mark_safe("</svg>")


def _open_tag(name: str, label: str, size: int) -> SafeString:
    # A line of 1.5 instead of the set's 2: calmer beside the text face.
    tag = format_html(
        '<svg class="icon icon-{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"',
        name,
        size,
        size,
    )
    if label:
        return tag + format_html(
            ' role="img"><title>{}</title>',
            mark_safe(label),  # noqa: S308  escaped by the caller
        )
    return tag + mark_safe(' aria-hidden="true" focusable="false">')


@cache
def _inside(drawing: str) -> SafeString:
    """The shapes of a vendored file, without its wrapper and its white space."""
    text = (_FOLDER / f"{drawing}.svg").read_text(encoding="utf-8")
    match = _INSIDE.search(_FRAME.sub("", text))
    if match is None:
        raise ValueError(f"{drawing}.svg is not an SVG drawing")
    shapes = re.sub(r">\s+<", "><", match[1].strip())
    return mark_safe(re.sub(r"\s*/>", "/>", shapes))  # noqa: S308 - our own vendored file
