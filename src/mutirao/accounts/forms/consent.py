"""A new version of what people agree to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed
from mutirao.core.languages import LANGUAGES, OWN_NAMES

from ..states import TextKind

LONGEST = 40_000


class TextForm(Dressed, forms.Form):
    """One text in the three languages; it cannot be changed once it is published."""

    kind = forms.ChoiceField(label=_("Text"), choices=TextKind.choices)
    asks = forms.BooleanField(
        label=_("Everybody is asked to agree again at their next visit"),
        required=False,
        help_text=_("For changes of what people agreed to; not for a corrected slip."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            field = forms.CharField(
                label=OWN_NAMES[code],
                max_length=LONGEST,
                widget=forms.Textarea(
                    attrs={"rows": 16, "class": "form-control", "data-counter": LONGEST}
                ),
            )
            field.widget.attrs["lang"] = code
            self.fields[code] = field

    @property
    def text(self) -> dict[str, str]:
        """The text as `{pt, es, en}`."""
        return {code: self.cleaned_data[code].strip() for code in LANGUAGES}
