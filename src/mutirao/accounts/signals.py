"""What Django and allauth tell the house."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import (
    password_changed,
    password_reset,
    password_set,
)
from allauth.account.signals import user_logged_in as entered
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from .actions import confirm_address, end_sessions
from .models import User
from .queries import SECOND_FACTORS
from .social import TOKEN
from .states import SEEN


@receiver(user_logged_in)
def stands_in_the_list(request: Any, user: User, **kwargs: Any) -> None:
    """However somebody entered (by an invitation, as a sample account), their browser is listed."""
    if request.META.get("REMOTE_ADDR"):  # not where a test signs in without a browser
        request.user = user
        UserSession.objects.create_from_request(request)
        request.session[SEEN] = time.time()


@receiver(entered)
def can_sign_out_over_there(request: Any, sociallogin: Any = None, **kwargs: Any) -> None:
    """Signing out later needs what the other service said at sign-in."""
    token = sociallogin.state.get("id_token") if sociallogin else ""
    if token:
        app = sociallogin.account.get_provider().app
        request.session[TOKEN] = {
            "provider": app.provider_id,
            "client_id": app.client_id,
            "id_token": token,
        }


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
