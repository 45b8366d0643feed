"""What is seen of letters."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q, QuerySet

from .models import Letter, Refusal


def visible_to(actor: Any) -> QuerySet[Letter]:
    """All letters for who may look into the outbox, none for everybody else."""
    may = rules.test_rule("letters.see_outbox", actor)
    return Letter.objects.all() if may else Letter.objects.none()


def found(letters: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Those whose address, subject or text has every word of `words`."""
    for word in words.split():
        letters = letters.filter(
            Q(to__icontains=word) | Q(subject__icontains=word) | Q(text__icontains=word)
        )
    return letters


def refusal_of(address: str) -> Refusal | None:
    """Why nothing is sent to `address` any more, or None."""
    return Refusal.objects.filter(address=address.lower()).first()
