"""Where django-allauth's second factor asks the house."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .queries import SECOND_FACTORS


class Adapter(DefaultMFAAdapter):
    """Errors in our own words, and passkeys bound to the operator's address."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("With a second factor an address is added only by confirming it."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor, and this is the last one: set up another first."
        ),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a second factor: set one up first."
        ),
        "incorrect_code": _("That is not the right code, or it was already used. Try the next."),
        "unverified_email": _(
            "Confirm your e-mail address first, or remove the one not confirmed."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who has a role that needs one."""
        actor = getattr(context.request, "actor", None)
        if actor is None or not actor.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """The name offered for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host of the operator's address, whatever a request says.

        A browser opened under another name of the same machine (127.0.0.1 for localhost, outside
        production) cannot use them; that is how passkeys keep out false sites.
        """
        return {
            "id": urlsplit(settings.BASE_URL).hostname or "",
            "name": str(settings.NETWORK_NAME),
        }
