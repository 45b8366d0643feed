"""Sign-in, passwords and addresses as allauth serves them, with our forms."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from django.conf import settings

from .. import queries
from ..forms.entrance import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)


def _ways() -> dict[str, Any]:
    """How one may enter besides a password."""
    return {"sign_up": settings.SIGN_UP, "services": settings.OIDC}


class SignUp(allauth.SignupView):
    """A citizen opens an account; what they agree to stands below the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "texts": queries.current_texts()}


class SignIn(allauth.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_ways()}


login = SignIn.as_view(form_class=LoginForm)
signup = SignUp.as_view(form_class=SignupForm)
reauthenticate = allauth.ReauthenticateView.as_view(form_class=ReauthenticateForm)
email = allauth.EmailView.as_view(form_class=AddEmailForm)
password_change = allauth.PasswordChangeView.as_view(form_class=ChangePasswordForm)
password_set = allauth.PasswordSetView.as_view(form_class=SetPasswordForm)
password_reset = allauth.PasswordResetView.as_view(form_class=ResetPasswordForm)
password_reset_from_key = allauth.PasswordResetFromKeyView.as_view(form_class=ResetPasswordKeyForm)
