"""Working on a commitment: its state, progress and steps. Each is one POST.

With HTMX the part of the page that changed comes back; otherwise one is sent back to the page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutirao.core.models import NotAllowed
from mutirao.discussions import actions as discussions

from .. import actions
from ..forms import MoveForm, ProgressForm, StepForm
from ..models import Commitment, Step
from ..states import State
from .record import seen, work_context, workable
from .requests import Request


def _attempt(request: Request, act: Callable[[], object]) -> bool:
    """Do it, or tell the reader why the record's state does not admit it."""
    try:
        act()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _say(request: Request, form: BaseForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def _worked(request: Request, found: Commitment, *, focus: bool = False) -> HttpResponse:
    """`focus`: the button that was used is gone, so the keyboard goes on from the whole part."""
    if not request.htmx:
        return redirect(f"{found.get_absolute_url()}#work")
    fresh = seen(request, found.pk)
    context = {**work_context(request, fresh), "focus": focus}
    return render(request, "commitments/commitment.html#work", context)


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Start, finish, reopen or cancel; the reason of a cancellation becomes a comment."""
    found = workable(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        _say(request, form)
        return _worked(request, found)
    given = form.cleaned_data
    moved = _attempt(
        request,
        lambda: actions.move(
            commitment=found, to=given["to"], done_on=given["done_on"], by=request.actor
        ),
    )
    if moved and given["to"] == State.CANCELLED and given["key"]:
        text = _("Cancelled: %(reason)s") % {"reason": given["reason"]}
        discussions.comment(record=found, text=text, key=given["key"], by=request.actor)
    return _worked(request, found, focus=True)


@require_POST
def progress(request: Request, pk: int) -> HttpResponse:
    found = workable(request, pk)
    form = ProgressForm(request.POST)
    if form.is_valid():
        value = form.cleaned_data["progress"]
        _attempt(
            request,
            lambda: actions.set_progress(commitment=found, progress=value, by=request.actor),
        )
    else:
        _say(request, form)
    return _worked(request, found)


@require_POST
def add_step(request: Request, pk: int) -> HttpResponse:
    found = workable(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        _attempt(request, lambda: actions.add_step(commitment=found, text=text, by=request.actor))
    else:
        _say(request, form)
    return _worked(request, found)


def _step(request: Request, pk: int, step: int) -> Step:
    found = workable(request, pk)
    return get_object_or_404(found.steps.select_related("commitment"), pk=step)


@require_POST
def tick_step(request: Request, pk: int, step: int) -> HttpResponse:
    """`done=1` ticks it, anything else takes the tick away."""
    found = _step(request, pk, step)
    done = request.POST.get("done") == "1"
    _attempt(request, lambda: actions.tick_step(step=found, done=done, by=request.actor))
    return _worked(request, found.commitment)


@require_POST
def edit_step(request: Request, pk: int, step: int) -> HttpResponse:
    found = _step(request, pk, step)
    form = StepForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        _attempt(request, lambda: actions.edit_step(step=found, text=text, by=request.actor))
    else:
        _say(request, form)
    return _worked(request, found.commitment)


@require_POST
def delete_step(request: Request, pk: int, step: int) -> HttpResponse:
    found = _step(request, pk, step)
    _attempt(request, lambda: actions.delete_step(step=found, by=request.actor))
    return _worked(request, found.commitment, focus=True)


@require_POST
def shift_step(request: Request, pk: int, step: int) -> HttpResponse:
    """`up=1` swaps it with the one above, anything else with the one below."""
    found = _step(request, pk, step)
    up = request.POST.get("up") == "1"
    _attempt(request, lambda: actions.shift_step(step=found, up=up, by=request.actor))
    return _worked(request, found.commitment)


@require_POST
def take_on(request: Request, pk: int) -> HttpResponse:
    """Be named on a commitment of one's own organisation; back to the desk when sent from it."""
    found = seen(request, pk)
    done = _attempt(request, lambda: actions.take_on(commitment=found, by=request.actor))
    if done:
        messages.success(request, _("You are named on it now."))
    if request.POST.get("back") == "desk":
        return redirect("home:desk")
    return redirect(found.get_absolute_url())
