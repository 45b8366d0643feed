"""Addresses that take no mail."""

from __future__ import annotations

import logging

from django.db import transaction

from ..models import Letter, Refusal
from ..signals import address_refused
from ..states import State

log = logging.getLogger(__name__)


@transaction.atomic
def refuse(*, address: str, reason: str, letter: Letter) -> bool:
    """Send nothing more to `address`; returns whether that is new. Its owner is told above."""
    _row, new = Refusal.objects.get_or_create(
        address=address.lower(), defaults={"reason": reason[:500]}
    )
    waiting = Letter.objects.filter(to__iexact=address, state=State.WAITING, key__isnull=False)
    waiting.exclude(pk=letter.pk).update(state=State.HELD)
    if new:
        log.warning("an address refused letter %s: %s", letter.pk, reason)
        address_refused.send(sender=Letter, address=address.lower(), reason=reason, letter=letter)
    return new


@transaction.atomic
def try_again(*, address: str) -> bool:
    """Send to `address` again; returns whether it was switched off."""
    return bool(Refusal.objects.filter(address=address.lower()).delete()[0])
