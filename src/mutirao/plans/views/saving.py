"""One way to save every part of a plan: form, refusal, or both versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mutirao.core.conflicts import settled
from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.views.conflicts import Place, both_versions

from ..models import Plan
from .common import edit_url, require


@dataclass
class Editing:
    """One form of the workbench: what it changes, who may, how it is shown and saved.

    `form` takes (data, instance); `save` takes (cleaned values, version) and may raise Conflict,
    NotAllowed, ValidationError and PermissionDenied. `part` is None for what is new.
    """

    plan: Plan
    rule: str
    title: str
    anchor: str
    form: Callable[[Any, Any], forms.BaseForm]
    save: Callable[[dict[str, Any], int], Any]
    part: Any = None
    lead: str = ""

    @property
    def back(self) -> str:
        return f"{edit_url(self.plan)}#{self.anchor}"


def show(request: HttpRequest, editing: Editing) -> HttpResponse:
    """The form on GET; on POST save and go back, or show the form with all that was typed."""
    if request.method != "POST":
        require(editing.rule, request, editing.plan)
        return _page(request, editing, editing.form(None, editing.part))
    form = editing.form(settled(request.POST), editing.part)
    if not form.is_valid():
        require(editing.rule, request, editing.plan)
        return _page(request, editing, form)
    values = dict(form.cleaned_data)
    version = values.pop("version", 0)
    try:
        saved = editing.save(values, version)
    except Conflict as conflict:
        return _conflict(request, editing, form, conflict.current)
    except NotAllowed as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        new = saved if editing.part is None else None
        return redirect(edit_url(editing.plan, new) if new else editing.back)
    return _page(request, editing, form)


def _page(request: HttpRequest, editing: Editing, form: forms.BaseForm) -> HttpResponse:
    template = "plans/part.html"
    if request.htmx:  # type: ignore[attr-defined]
        template += "#form"
        _focus(form)
    return render(request, template, {"plan": editing.plan, "editing": editing, "form": form})


def _focus(form: forms.BaseForm) -> None:
    """The button that opened the form is gone from the page: the first field takes the focus."""
    for field in form.visible_fields():
        if isinstance(field.field.widget, forms.TextInput | forms.Textarea):
            field.field.widget.attrs["autofocus"] = True
            return


def _conflict(
    request: HttpRequest, editing: Editing, mine: forms.BaseForm, current: Any
) -> HttpResponse:
    plan = editing.plan
    trail = [
        (reverse("plans:plans"), _("Plans"), ""),
        (plan.get_absolute_url(), plan.title, plan.language),
        (editing.back, editing.title, ""),
    ]
    return both_versions(
        request,
        mine=mine,
        theirs=editing.form(None, current),
        record=current,
        place=Place(trail, editing.back, "plans/sub.html", plan.language),
    )
