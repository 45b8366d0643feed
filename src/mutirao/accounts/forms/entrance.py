"""Sign-in, passwords and the second factor: allauth's forms in our look and words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.socialaccount import forms as social
from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed
from mutirao.core.languages import current

from .. import actions, queries

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


class SignupForm(Plain, allauth.SignupForm):
    """A citizen's account: it acts for nobody until an organisation says so."""

    labels = {"email": _("E-mail"), "password1": _("Password")}
    helps = {
        "name": _("How others see you beside what you write."),
        "password1": NEW_PASSWORD,
    }
    field_order = ["name", "email", "password1", "agrees"]

    name = forms.CharField(label=_("Name"), max_length=120)
    agrees = forms.BooleanField(label=_("I have read the texts below and agree to them."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def signup(self, request: Any, user: Any) -> None:
        """What allauth leaves to the house: the name, the language, what was agreed to."""
        actions.complete_sign_up(
            person=user,
            name=self.cleaned_data["name"],
            language=current(),
            texts=[text.pk for text in queries.current_texts()],
        )


class ServiceSignupForm(Plain, social.SignupForm):
    """The other service gave no address, or one that is not free: its person names one."""

    labels = {"email": _("E-mail")}
    helps = {"email": _("We send a message to it, to see that it is yours.")}
