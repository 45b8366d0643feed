"""What allauth tells the house."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver

from .actions import confirm_address
from .models import User


@receiver(password_reset)
def address_is_proven(user: User, **kwargs: Any) -> None:
    confirm_address(person=user)
