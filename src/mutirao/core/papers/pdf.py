"""A paper as PDF/UA-1: tagged, with bookmarks, alternative texts and the languages of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..gateways.typesetting import compile_pdf
from .blocks import on_paper, original_tag, originals
from .pictures import standalone


@lru_cache(maxsize=1)
def _template() -> str:
    return Path(__file__).with_name("paper.typ").read_text(encoding="utf-8")


def as_pdf(paper: Mapping[str, Any], made_at: datetime) -> bytes:
    """The paper (see `blocks`) as PDF. Raises NotTypeset."""
    data = {
        **paper,
        "cover": standalone(paper["cover"], cover=True) if paper["cover"] else "",
        "sections": [
            {**part, "blocks": [_prepared(block, paper) for block in on_paper(part)]}
            for part in paper["sections"]
        ],
    }
    return compile_pdf(
        _template(), data, language=paper["language"], title=paper["title"], made_at=made_at
    )


def _prepared(block: dict[str, Any], paper: Mapping[str, Any]) -> dict[str, Any]:
    """The block with its drawing made whole, and with the words that name its language."""
    own, word = paper["language"], paper["labels"]["original"]
    if block["type"] == "picture":
        return {**block, "svg": standalone(block["svg"])}
    if block["type"] == "table":
        foreign = originals(block, own)
        return {**block, "original": original_tag(word, foreign) if foreign else ""}
    language = block.get("language", "")
    tag = original_tag(word, language) if language and language != own else ""
    return {**block, "original": tag}
