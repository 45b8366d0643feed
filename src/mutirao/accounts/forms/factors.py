"""Codes and passkeys: allauth's forms in our look and words, each code taken once."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from .entrance import Plain


def _take_once(person: Any, code: str) -> None:
    """A code of an app opens once, for as long as it would be valid.

    allauth forgets a used code after one period; with a tolerance for phones whose clock is off, a
    code is valid for longer than that (RFC 6238, 5.2: it must not be accepted a second time).
    """
    seconds = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 2)
    if not cache.add(f"accounts.code:{person.pk}:{normalize_user_code(code)}", 1, seconds):
        raise get_adapter().validation_error("incorrect_code")


class _Code(Plain):
    labels = {"code": _("Code")}
    helps = {"code": _("Six digits of the app, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class _Shown(_Code):
    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:  # type: ignore[attr-defined]
            _take_once(self.user, code)  # type: ignore[attr-defined]
        return code


class AuthenticateForm(_Shown, base.AuthenticateForm):
    pass


class ReauthenticateForm(_Shown, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    helps = {"code": ""}

    def clean_code(self) -> str:
        code = super().clean_code()
        _take_once(self.user, code)
        return code


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name")}
    helps = {"name": _("So that you tell it from others, such as “phone” or “office computer”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["maxlength"] = 60

    def clean_passwordless(self) -> bool:
        """There is one kind of passkey here: it checks who holds it."""
        return True


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name")}

    name = forms.CharField(max_length=60)


class GenerateRecoveryCodesForm(Plain, recovery.GenerateRecoveryCodesForm):
    pass
