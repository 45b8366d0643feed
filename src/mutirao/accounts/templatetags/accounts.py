"""Tags of pages about accounts."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..browsers import browser_of

register = template.Library()
register.filter("browser", browser_of)


@register.filter
def legal(text: str) -> SafeString:
    """Plain text with `## headings`, `- lists` and paragraphs between empty lines, escaped."""
    blocks = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return format_html_join("\n", "{}", ((_block(part),) for part in blocks if part))


def _block(part: str) -> SafeString:
    if part.startswith("## "):
        heading, _newline, rest = part[3:].partition("\n")
        after = _block(rest.strip()) if rest.strip() else ""
        return format_html('<h3 class="mt-4 mb-2">{}</h3>{}', heading, after)
    lines = part.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", " ".join(lines))
