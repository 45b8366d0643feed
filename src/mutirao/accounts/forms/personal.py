"""What a person says when they ask to be forgotten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed

from ..models import User


class EraseForm(Dressed, forms.Form):
    """The person types their own address: nobody does that by a slip."""

    address = forms.CharField(label=_("Type your e-mail address to confirm"), max_length=254)

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "off"

    def clean_address(self) -> str:
        if self.cleaned_data["address"].strip().lower() != self.person.email.lower():
            raise ValidationError(_("That is not the address of this account."), code="address")
        return self.person.email
