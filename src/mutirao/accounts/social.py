"""Where sign-in with another service asks the house."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.utils import user_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import current

from .actions import open_from_service
from .models import User

log = logging.getLogger(__name__)
PENDING = "oidc_pending"  # in a session: a proven identity that waits to be linked
TOKEN = "oidc_id_token"  # noqa: S105  in a session: what signs out over there


class Adapter(DefaultSocialAccountAdapter):
    """Never into an existing account by an equal address alone, and errors in our own words."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _(
            "There is an account with this address. Sign in to it first, then link %s to it."
        ),
        "invalid_token": _("The other service sent something we cannot trust."),
        "no_password": _("Choose a password first: otherwise you could not enter any more."),
        "no_verified_email": _("Confirm an e-mail address first."),
        "disconnect_last": _("This is your only way in: choose a password first."),
        "connected_other": _("That identity is linked to another account."),
    }

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Whom the operator's own service knows may have an account here."""
        return True

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """The other service says who somebody is; an account of ours is opened by proof to us."""
        sociallogin.state["id_token"] = getattr(request, "oidc_id_token", "")
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        if verified and _has_account(verified[0]):
            from django.http import HttpResponseRedirect  # noqa: TID251  allauth asks for it

            request.session[PENDING] = sociallogin.serialize()
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("oidc_known")))

    def on_authentication_error(
        self,
        request: Any,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """The reader is told that it did not work; the operator, in the log, why."""
        log.warning("sign-in with %s failed: %s", provider, exception or error)

    def save_user(self, request: Any, sociallogin: Any, form: Any = None) -> User:
        """The account of a first sign-in. Its person agrees to the texts at the first visit."""
        person = super().save_user(request, sociallogin, form)
        name = sociallogin.account.get_provider_account().get_user_data() or {}
        return open_from_service(
            person=person,
            name=str(name.get("name") or "")[:120] or user_email(person).partition("@")[0],
            language=current(),
        )


def _has_account(email: str) -> bool:
    known = Q(email__iexact=email) | Q(emailaddress__email__iexact=email)
    return User.objects.filter(known, is_active=True).exists()
