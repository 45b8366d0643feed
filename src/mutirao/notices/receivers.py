"""What other apps say, taken up here."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from mutirao.accounts.models import User
from mutirao.core.happenings import Kind, happened, tell
from mutirao.letters.signals import address_refused

from .actions import deliver


@receiver(happened, dispatch_uid="notices")
def _happened(sender: Kind, signal: Any, **said: Any) -> None:
    deliver(**said)


@receiver(address_refused, dispatch_uid="notices")
def _refused(sender: Any, address: str, reason: str, **more: Any) -> None:
    """In the page only: no mail would reach them."""
    people = User.objects.filter(email__iexact=address, is_active=True)
    ids = list(people.values_list("pk", flat=True))
    if ids:
        tell("notices.address_refused", people=ids, address=address, reason=reason)
