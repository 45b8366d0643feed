"""Forms of an organisation's team, of invitations and of requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutirao.accounts.forms.entrance import NEW_PASSWORD
from mutirao.accounts.models import User
from mutirao.core.forms import DateInput, Dressed
from mutirao.core.languages import LanguageChoices

from ..states import Role

_ROLE = pgettext_lazy("person", "Role")


class _RoleForm(Dressed, forms.Form):
    """A form with a role; `roles` are those that may be given."""

    role = forms.ChoiceField(label=_ROLE)

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]


class InviteForm(_RoleForm):
    email = forms.EmailField(label=_("E-mail of the person"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language"), choices=LanguageChoices, help_text=_("The letter is written in it.")
    )
    starts_on = forms.DateField(
        label=_("From"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: from the day the person accepts."),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: until somebody ends it."),
    )
    message = forms.CharField(
        label=_("A word of your own"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("It stands in the letter."),
    )
    field_order = ("email", "name", "language", "role", "starts_on", "ends_on", "message")


class ChangeForm(_RoleForm):
    """Another role from today on, or another last day."""

    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: until somebody ends it."),
    )


class ConfirmForm(ChangeForm):
    starts_on = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)
    field_order = ("role", "starts_on", "ends_on")


class DeclineForm(Dressed, forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        help_text=_("The person reads it."),
    )


class AskForm(_RoleForm):
    message = forms.CharField(
        label=_("What you do there"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("Your office and department, so that they know you."),
    )
    field_order = ("role", "message")


class NewAccountForm(Dressed, forms.Form):
    """The name and the password of a person who accepts an invitation without an account."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("How colleagues of the network see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=128,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The new password once more"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("password")
        if first:
            person = User(email=self._email, name=cleaned.get("name", ""))
            try:
                validate_password(first, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        if first and cleaned.get("password_again") not in (None, first):
            self.add_error("password_again", _("The two passwords are not the same."))
        return cleaned
