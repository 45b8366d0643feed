"""Drafts for tests, in any state, made as the product makes them."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from mutirao.intake import actions
from mutirao.intake.models import Draft
from mutirao.network.acting import Actor

PLAN_TEXT = """Plano de trabalho 2026

Eixos de ação:
I) - Promover a cooperação entre as cidades;
II) - Fomentar a inovação na gestão pública.

Atividades:
I - Organizar um encontro anual das agências de desenvolvimento;
II - Publicar um guia de boas práticas.

Calendário:
Abril:
16 – Encontro das agências (Rosario-Argentina) – Realizado pela unidade
"""


def received(by: Actor, text: str = PLAN_TEXT, filename: str = "plano.txt") -> Draft:
    """A document just brought in, not read yet."""
    return actions.receive(file=ContentFile(text.encode()), filename=filename, by=by)


def ready(by: Actor, reading: dict[str, Any], lines: list[str] | None = None) -> Draft:
    """A document that was read as `reading`."""
    draft = received(by, text=repr(reading))
    actions.start_reading(draft_id=draft.pk)
    numbered = [
        {"number": n, "text": text, "kind": "paragraph", "page": None}
        for n, text in enumerate(lines or ["Plano"], 1)
    ]
    actions.store_reading(draft_id=draft.pk, lines=numbered, reading=reading)
    draft.refresh_from_db()
    return draft
