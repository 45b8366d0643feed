"""Sign-in, passwords and addresses as allauth serves them, with our forms."""

from __future__ import annotations

from allauth.account import views as allauth

from ..forms.entrance import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)

login = allauth.LoginView.as_view(form_class=LoginForm)
reauthenticate = allauth.ReauthenticateView.as_view(form_class=ReauthenticateForm)
email = allauth.EmailView.as_view(form_class=AddEmailForm)
password_change = allauth.PasswordChangeView.as_view(form_class=ChangePasswordForm)
password_set = allauth.PasswordSetView.as_view(form_class=SetPasswordForm)
password_reset = allauth.PasswordResetView.as_view(form_class=ResetPasswordForm)
password_reset_from_key = allauth.PasswordResetFromKeyView.as_view(form_class=ResetPasswordKeyForm)
