"""Adding and changing events, and the reader's own secret address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutirao.core.conflicts import settled
from mutirao.core.languages import current
from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.views.conflicts import Place, both_versions

from .. import actions, queries
from ..forms import EventForm
from ..models import Event

_TEMPLATE = "meetings/event_form.html"


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _editable(request: HttpRequest, pk: int) -> Event:
    """404 for what the actor may not see, 403 for what they may see and not change."""
    event = get_object_or_404(queries.visible_to(_actor(request)), pk=pk)
    if not rules.test_rule("meetings.edit_event", _actor(request), event):
        raise PermissionDenied
    return event


def add(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    if not rules.test_rule("meetings.add_event", actor, None):
        raise PermissionDenied
    form = EventForm(request.POST or None, actor=actor, initial={"language": current()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        event = actions.create_event(by=actor, uid=key, **form.values)
        messages.success(request, _("The event is on the calendar."))
        return redirect(event)
    return render(request, _TEMPLATE, {"form": form}, status=422 if form.errors else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    event, actor = _editable(request, pk), _actor(request)
    data = settled(request.POST) if request.method == "POST" else None
    form = EventForm(data, actor=actor, instance=event)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit_event(
                event=event, version=form.cleaned_data["version"], by=actor, **form.values
            )
        except Conflict as conflict:
            return _conflict(request, form, conflict.current)
        messages.success(request, _("Saved."))
        return redirect(saved)
    context: dict[str, Any] = {"form": form, "event": Event.objects.get(pk=pk)}
    return render(request, _TEMPLATE, context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, form: EventForm, current_event: Event) -> HttpResponse:
    back = current_event.get_absolute_url()
    trail = [
        (reverse("meetings:calendar"), _("Calendar"), ""),
        (back, current_event.title, current_event.language),
    ]
    return both_versions(
        request,
        mine=form,
        theirs=EventForm(actor=_actor(request), instance=current_event),
        record=current_event,
        place=Place(trail, back, language=current_event.language),
    )


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, actions.cancel_event, _("The event is cancelled."))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, actions.restore_event, _("The event takes place after all."))


def _move(request: HttpRequest, pk: int, act: Callable[..., Event], said: str) -> HttpResponse:
    event = _editable(request, pk)
    version = request.POST.get("version", "")
    try:
        act(
            event=event,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            by=_actor(request),
        )
        messages.success(request, said)
    except Conflict:
        messages.warning(
            request, _("Somebody has changed this event since you opened it. Please look again.")
        )
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    return redirect(event)


@require_POST
def renew_address(request: HttpRequest) -> HttpResponse:
    actions.renew_address(by=_actor(request))
    messages.success(request, _("Your calendar has a new secret address."))
    return redirect("meetings:feeds")
