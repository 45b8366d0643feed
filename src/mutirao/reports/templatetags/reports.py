"""{% load reports %}: drawings that a paper keeps."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mutirao.core.papers.blocks import on_paper, original_tag, originals

register = template.Library()


@register.filter
def drawn(block: dict[str, Any]) -> SafeString:
    """The drawing of a kept picture: made and escaped by our own drawing code (core.papers)."""
    return mark_safe(block["svg"])  # noqa: S308


register.filter("on_paper", on_paper)


@register.simple_tag
def original(paper: dict[str, Any], block: dict[str, Any]) -> str:
    """ "(original: español)" where the block's words are not in the paper's language."""
    own = paper["language"]
    is_table = block["type"] == "table"
    language = originals(block, own) if is_table else block.get("language", "")
    if not language or language == own:
        return ""
    return original_tag(paper["labels"]["original"], language)
