"""One way to save every part of a plan: form, refusal, or both versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict

from mutirao.core.models import Conflict, NotAllowed

from ..comparing import compare, latest_change, rebased, with_theirs
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
    data = with_theirs(request.POST, editing.form, editing.part)
    form = editing.form(data, editing.part)
    if not form.is_valid():
        require(editing.rule, request, editing.plan)
        return _page(request, editing, form)
    values = dict(form.cleaned_data)
    version = values.pop("version", 0)
    try:
        saved = editing.save(values, version)
    except Conflict as conflict:
        return _conflict(request, editing, data, conflict.current)
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
    request: HttpRequest, editing: Editing, data: MultiValueDict, current: Any
) -> HttpResponse:
    """Both versions side by side; what the person typed stays in the form, on the new version."""
    theirs = editing.form(None, current)
    compared = compare(editing.form(data, current), theirs)
    form = editing.form(rebased(data, theirs), current)
    context = {
        "plan": editing.plan,
        "editing": editing,
        "form": form,
        "fields": [replace(item, mine=form[item.mine.name]) for item in compared],
        "change": latest_change(current),
    }
    return render(request, "plans/conflict.html", context, status=409)
