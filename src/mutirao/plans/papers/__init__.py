"""A plan to take away: as PDF (tagged) and as .docx, with headings in any of the languages."""

from __future__ import annotations

from django.utils import timezone

from mutirao.core.papers.pdf import as_pdf
from mutirao.core.papers.word import as_docx
from mutirao.network.acting import Actor

from ..models import Plan
from .content import content

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def make(plan: Plan, *, kind: str, language: str, actor: Actor) -> bytes:
    """The plan (from `queries.for_page`) as `actor` sees it; `kind` is one of KINDS.

    Headings and labels are in `language`; the plan's own texts keep theirs and are marked so.
    """
    paper = content(plan, language=language, actor=actor)
    return as_pdf(paper, timezone.now()) if kind == "pdf" else as_docx(paper)
