"""A plan's paper as PDF."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from mutirao.core.gateways.typesetting import compile_pdf


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "plan.typ").read_text(encoding="utf-8")


def as_pdf(data: dict[str, Any]) -> bytes:
    """A PDF/UA-1 of what `content.content` returns."""
    return compile_pdf(
        _template(),
        data,
        language=data["language"],
        title=data["title"],
        made_at=timezone.now(),
    )
