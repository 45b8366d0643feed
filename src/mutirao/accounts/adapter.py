"""Where django-allauth asks the house."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import current
from mutirao.letters import actions as letters

from . import devices, queries
from .models import User


class Adapter(DefaultAccountAdapter):
    """Links from the operator's address, and errors in our own words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. The technical secretariat can reopen it."),
        "cannot_remove_primary_email": _("The main e-mail address cannot be removed."),
        "duplicate_email": _("This account already has that e-mail address."),
        "email_password_mismatch": _(
            "The e-mail or the password is wrong. Check both and try again."
        ),
        "enter_current_password": _("Type your current password; this one is not it."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _(
            "This link was already used or has expired. Ask for a new one."
        ),
        "max_email_addresses": _("No more than %d e-mail addresses are possible."),
        "too_many_login_attempts": _(
            "Too many attempts with a wrong password. Wait five minutes and try again,"
            " or choose a new password."
        ),
        "unverified_primary_email": _("Only a confirmed address can be the main one."),
        "same_as_current": _("The new value must be different from the current one."),
        "rate_limited": _("Too many requests in a short time. Wait a little and try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """The operator says whether citizens open accounts of their own."""
        return bool(settings.SIGN_UP)

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """Wrong passwords are counted per address and, in a browser the account knows, apart.

        A stranger who types somebody's address with wrong passwords locks out strangers, never
        the person in their own browser ("device cookies", OWASP).
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        device = devices.key_of(request)
        if device and queries.knows_device(credentials.get("email") or "", device):
            return f"{key}:{device}"
        return key

    def post_login(self, request: Any, user: Any, **kwargs: Any) -> Any:
        """Signed in: the browser is remembered, and its person told of a new one."""
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user)
        return response

    # A link in a mail never repeats the Host header of a request: whoever forges that header
    # while asking for somebody else's reset would be sent the key.

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address a reset mail links to; `key` is opaque and comes from allauth."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.BASE_URL) + path.replace("UID-KEY", quote(key))

    def get_email_confirmation_url(self, request: Any, emailconfirmation: Any) -> str:
        """The address a confirmation mail links to."""
        return str(settings.BASE_URL) + reverse(
            "account_confirm_email", args=[emailconfirmation.key]
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have one of the mails of `templates/account/email/` sent, in the page's language."""
        house = {
            "network_name": settings.NETWORK_NAME,
            "base_url": settings.BASE_URL,
            "sign_in_url": str(settings.BASE_URL) + reverse("account_login"),
            "request": self.request,
            "email": email,
        }
        message = self.render_mail(template_prefix, email, {**context, **house})
        person = context.get("user")
        letters.post_text(
            to=email,
            subject=str(message.subject),
            text=str(message.body),
            language=current(),
            person=person if isinstance(person, User) and person.pk else None,
            secret=True,
        )
