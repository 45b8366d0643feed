"""A plan to take away: as PDF (tagged) and as .docx, with headings in any of the languages."""

from __future__ import annotations

from mutirao.network.acting import Actor

from ..models import Plan
from .content import content
from .pdf import as_pdf
from .word import as_docx

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def make(plan: Plan, *, kind: str, language: str, actor: Actor) -> bytes:
    """The plan (from `queries.for_page`) as `actor` sees it; `kind` is one of KINDS.

    Headings and labels are in `language`; the plan's own texts keep theirs and are marked so.
    """
    data = content(plan, language=language, actor=actor)
    return (as_pdf if kind == "pdf" else as_docx)(data)
