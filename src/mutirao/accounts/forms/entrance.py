"""Sign-in, passwords and the second factor: allauth's forms in our look and words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed

NEW_PASSWORD = _(
    "At least 10 characters, not only digits, and nothing easy to guess such as your name or a"
    " common password. A short sentence works well."
)


class Plain(Dressed):
    """Labels instead of placeholders: what is typed must not hide what was asked."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(Plain, allauth.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password")}


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    labels = {"email": _("E-mail")}


class ResetPasswordKeyForm(Plain, allauth.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The new password once more")}
    helps = {"password1": NEW_PASSWORD}


class SetPasswordForm(Plain, allauth.SetPasswordForm):
    labels = ResetPasswordKeyForm.labels
    helps = ResetPasswordKeyForm.helps


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):
    labels = {"oldpassword": _("Current password"), **ResetPasswordKeyForm.labels}
    helps = ResetPasswordKeyForm.helps


class AddEmailForm(Plain, allauth.AddEmailForm):
    labels = {"email": _("Another e-mail address")}


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    labels = {"password": _("Password")}
