"""The contact form, which needs neither cookie nor script."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed

# Nobody writes a message in less; a programme does.
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600
_SALT = "network.contact"
# A line break in one of these would begin another header of the letter.
_ONE_LINE = RegexValidator(
    r"[\x00-\x1f\x7f\u2028\u2029]", _("Write it in one line."), inverse_match=True
)


def seal(target: str) -> str:
    """What says when the form was opened, for whom, and which form it is; signed by us."""
    issued = {"to": target, "at": time.time(), "key": uuid.uuid4().hex}
    return signing.dumps(issued, salt=_SALT)


class ContactForm(Dressed, forms.Form):
    """A message to `target`, a text such as "unit-12". Valid: `key` is the form's own."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        validators=[_ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("The answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(label=_("Subject"), max_length=160, validators=[_ONE_LINE])
    text = forms.CharField(
        label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )
    consent = forms.BooleanField(
        label=_("My name, my address and this message may be passed to those who answer it.")
    )
    # Not for people: a programme that fills in every field gives itself away.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, target: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._target = target
        self.initial["seal"] = seal(target)

    @property
    def is_by_a_programme(self) -> bool:
        return bool(self.data.get("website"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued = self._issued()
        age = time.time() - issued.get("at", 0)
        if issued.get("to") != self._target or age > MOST_SECONDS:
            words = _("This form was open for long. Look it through and send it once more.")
            self.add_error(None, words)
            self.data = {**self.data, "seal": seal(self._target)}
        elif age < LEAST_SECONDS:
            words = _("That was very fast. To be sure that a person writes, send it once more.")
            self.add_error(None, words)
        else:
            cleaned["key"] = uuid.UUID(issued["key"])
        return {
            name: cleaned[name] for name in cleaned if name not in ("website", "seal", "consent")
        }

    def _issued(self) -> dict[str, Any]:
        try:
            return signing.loads(self.data.get("seal", ""), salt=_SALT)
        except signing.BadSignature:
            return {}
