"""What came in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import DateInput, Dressed, FilterForm
from mutirao.core.languages import LanguageChoices, current

from .history import Chosen
from .models import Comment
from .states import Admits, Audience, Ground


class CommentForm(Dressed, forms.Form):
    """A comment on `record`, or an answer to `parent`; `action` is where it goes.

    The key makes a double click harmless. Members choose who reads it where the public may.
    """

    text = forms.CharField(
        label=_("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience.choices, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=LanguageChoices, initial=current, required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, *args: object, record: Any, everyone: bool = False, parent: Comment | None = None,
        **kwargs: object,
    ) -> None:  # fmt: skip
        # Its fields stand on pages beside other forms' fields.
        kwargs.setdefault("auto_id", f"answer_{parent.pk}_%s" if parent else "comment_%s")
        super().__init__(*args, **kwargs)
        self.record, self.parent = record, parent
        text = self.fields["text"]
        text.widget.attrs |= {"data-draft": self.action, "data-mentions": self.suggest}
        if parent is not None:
            text.label = _("Your answer")
        if parent is not None or not everyone:
            del self.fields["audience"]

    def clean_audience(self) -> str:
        return str(self.cleaned_data["audience"] or Audience.MEMBERS)

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or current())

    def _named(self, name: str) -> str:
        meta = self.record._meta
        return reverse(name, args=[meta.app_label, meta.model_name, self.record.pk])

    @property
    def action(self) -> str:
        if self.parent is not None:
            return reverse("discussions:answer", args=[self.parent.pk])
        return self._named("discussions:add")

    @property
    def suggest(self) -> str:
        return self._named("discussions:suggest")


class EditForm(Dressed, forms.Form):
    """One's own words, said better."""

    text = forms.CharField(
        label=_("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(Dressed, forms.Form):
    """Why a comment should not stand."""

    ground = forms.ChoiceField(label=_("Reason"), choices=Ground.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your words"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the moderators only. The author does not learn who reported."),
    )  # fmt: skip


class OpennessForm(Dressed, forms.Form):
    """Whether citizens may comment on a unit's public records."""

    admits = forms.ChoiceField(
        label=_("May citizens comment on its public records?"),
        choices=Admits.choices,
        widget=forms.RadioSelect,
    )


class BarForm(Dressed, forms.Form):
    """Until when a person may not comment, and why."""

    until = forms.DateField(label=_("Until (included)"), widget=DateInput())
    reason = forms.CharField(
        label=_("Reason, as the person reads it"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


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
