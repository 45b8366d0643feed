"""What the network tells continuity."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from mutirao.network.models import Invitation

from .actions import hand_to_newcomer


@receiver(post_save, sender=Invitation)
def somebody_accepted(instance: Invitation, **kwargs: Any) -> None:
    hand_to_newcomer(invitation=instance)
