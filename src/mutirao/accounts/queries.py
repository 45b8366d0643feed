"""What is known of an account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: str) -> Exists:
    """An expression: the account in field `person` of the row has an app's codes or a passkey.

    A part of a query that is made anyway: asking costs a request no query of its own.
    """
    return Exists(Authenticator.objects.filter(user=OuterRef(person), type__in=SECOND_FACTORS))
