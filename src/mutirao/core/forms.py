"""Forms that forgive: one rendering of fields for the whole house."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .uploads import ACCEPT, ACCEPTED, NotTaken, recognise
from .widgets import Select


class Renderer(TemplatesSetting):
    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


def check_year(day: date | None) -> None:
    """Refuse a slip of the keyboard such as 0206 or 20206.

    The first and last years a computer knows have no day before or after them, where time zones
    and calendars look. Raises ValidationError.
    """
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Give a year between 1900 and 2200."), code="year")


class DateInput(forms.DateInput):
    """The browser's own date picker; ISO in both directions, whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)  # type: ignore[arg-type]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(format="%H:%M", **kwargs)  # type: ignore[arg-type]


class DocumentField(forms.FileField):
    """A document of one of the kinds that are kept, not larger than the operator allows.

    What it cleans to carries `kind`, one of `uploads.KINDS`, told by its content.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(**options)
        self.help_text = self.help_text or format_lazy(
            _("{kinds}; at most {size} MB."),
            kinds=ACCEPTED,
            size=settings.UPLOAD_BYTES // 2**20,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not data or not file:
            return file
        if file.size > settings.UPLOAD_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)d MB. Send a smaller one, or a link to it."),
                params={"size": settings.UPLOAD_BYTES // 2**20},
            )
        try:
            file.kind = recognise(file, file.name)
        except NotTaken as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file


class VersionedForm(forms.ModelForm):
    """A form that knows which version of the record it was opened on.

    `version` travels hidden; an action compares it under lock and raises `Conflict`. Each field
    carries what it was when the form was opened, so that `core.conflicts` knows which ones this
    person touched.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, label=_("version"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if self.instance.pk and "version" not in self.initial:
            self.initial["version"] = self.instance.version
        if not self.instance.pk:
            del self.fields["version"]
        for name, field in self.fields.items():
            field.show_hidden_initial = bool(self.instance.pk) and name != "version"


_CONTROL = "form-control"
_CLASSES = {
    forms.CheckboxInput: "form-check-input",
    # Their class would land on the wrapping <div> as well; .choices styles their boxes.
    forms.CheckboxSelectMultiple: "",
    forms.RadioSelect: "",
    forms.Select: "form-select",
    forms.SelectMultiple: "form-select",
    forms.HiddenInput: "",
}


class Dressed:
    """Gives every widget of a form its class, its counter, and its link to help and error."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field.widget) is forms.Select:
                field.widget = Select.instead_of(field.widget)
            widget = field.widget
            if isinstance(field, forms.DateField):
                field.validators = [*field.validators, check_year]
            known = next((kind for kind in type(widget).__mro__ if kind in _CLASSES), None)
            css = _CLASSES[known] if known else _CONTROL
            if css:
                widget.attrs.setdefault("class", css)
            if getattr(field, "max_length", None) and isinstance(widget, forms.Textarea):
                widget.attrs.setdefault("data-counter", field.max_length)  # type: ignore[attr-defined]


class FilterForm(Dressed, forms.Form):
    """The filters of a list, in its address. Nothing is required; what is unreadable is ignored.

    `chosen` are the cleaned values that are set.
    """

    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def chosen(self) -> dict[str, object]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def is_used(self) -> bool:
        return bool(self.chosen)
