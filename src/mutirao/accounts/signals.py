"""What allauth tells the house."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver

from .actions import confirm_address, end_sessions
from .models import User
from .queries import SECOND_FACTORS


@receiver(password_reset)
def address_is_proven(user: User, **kwargs: Any) -> None:
    confirm_address(person=user)


@receiver([password_changed, password_set, password_reset])
def others_are_signed_out(request: Any, user: User, **kwargs: Any) -> None:
    """Who entered with the former password is out; their sessions leave the list as well."""
    end_sessions(person=user, but=request.session.session_key)


@receiver(authenticator_added)
def entered_with_less(request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    """A second factor counts from now on: browsers that entered without it have to enter again."""
    if authenticator.type in SECOND_FACTORS:
        end_sessions(person=user, but=request.session.session_key)
