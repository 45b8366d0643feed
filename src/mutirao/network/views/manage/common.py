"""What the secretariat's pages have in common: who comes in, and how a form is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mutirao.core.models import Conflict, NotAllowed

from ...forms.managing import EndForm

View = Callable[..., HttpResponseBase]


def for_the_secretariat(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.test_rule("network.manage", request.actor):  # type: ignore[attr-defined]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def answered(
    request: HttpRequest,
    form: BaseForm,
    *,
    act: Callable[..., Any],
    done: Any,
    then: Callable[[Any], Any],
    page: Callable[[], HttpResponse],
    conflict: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    """Show a form, or do what it says.

    A valid form calls `act(by=the actor, …its fields)`, says `done` and goes where `then(what act
    returned)` leads: an address, or the words `redirect` takes. What stands in the way is put
    among the form's errors and `page()` shown again, so that nothing typed is lost.
    `conflict(the record as it stands)` answers where somebody else saved it meanwhile.
    """
    if request.method != "POST" or not form.is_valid():
        return page()
    try:
        result = act(by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return page()
    except Conflict as late:
        if conflict is None:
            raise
        return conflict(late.current)
    messages.success(request, done)
    target = then(result)
    return redirect(*target) if isinstance(target, tuple) else redirect(target)


def ending(
    request: HttpRequest, *, record: Any, act: Callable[..., Any], title: str, back: tuple[str, int]
) -> HttpResponse:
    """One small page that asks for the last day of something."""
    form = EndForm(request.POST or None)
    context = {"form": form, "record": record, "title": title, "back": back}
    return answered(
        request,
        form,
        act=act,
        done=_("The last day is registered."),
        then=lambda _ended: back,
        page=lambda: render(request, "network/manage/end.html", context),
    )
