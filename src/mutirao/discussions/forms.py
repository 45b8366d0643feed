"""What came in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import DateInput, Dressed, FilterForm

from .history import Chosen


class CommentForm(Dressed, forms.Form):
    """A comment on `record`; `action` is where it goes. The key makes a double click harmless."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: object, record: models.Model, **kwargs: object) -> None:
        # Its fields stand on pages beside other forms' fields.
        kwargs.setdefault("auto_id", "comment_%s")
        super().__init__(*args, **kwargs)
        self.record = record

    @property
    def action(self) -> str:
        meta = self.record._meta
        return reverse("discussions:add", args=[meta.app_label, meta.model_name, self.record.pk])


class HistoryFilter(FilterForm):
    """What part of a history is wanted."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    field = forms.ChoiceField(label=_("What changed"))
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("Until"), widget=DateInput())

    def __init__(self, *args: Any, fields: Any, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, organisations = who
        self.fields["person"].choices = [("", _("everyone")), *people]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("all organisations")), *organisations]  # type: ignore[attr-defined]
        self.fields["field"].choices = [("", _("everything")), *fields]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Chosen:
        return Chosen(**self.chosen)  # type: ignore[arg-type]
