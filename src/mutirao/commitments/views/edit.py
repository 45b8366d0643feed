"""Making a commitment and rewording it, also when somebody else did so at the same time."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mutirao.core.conflicts import settled
from mutirao.core.languages import current
from mutirao.core.models import Conflict
from mutirao.network.views.conflicts import Place, both_versions

from .. import actions
from ..forms import CommitmentForm, NewCommitmentForm
from ..models import Commitment
from .record import seen
from .requests import Request


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """A free-standing commitment of one's own organisation."""
    owner = request.actor.organisation
    if owner is None or not rules.test_rule("commitments.add_commitment", request.actor, owner):
        raise PermissionDenied
    start = {"language": current(), "visibility": "members"}
    form = NewCommitmentForm(request.POST or None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        made = actions.promise(owner=owner, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The commitment is made. Now say how you will get there."))
        return redirect(made)
    return render(request, "commitments/add.html", {"form": form, "owner": owner})


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    found = seen(request, pk)
    if not rules.test_rule("commitments.change_commitment", request.actor, found):
        raise PermissionDenied
    if request.method != "POST":
        form = CommitmentForm(instance=found)
        return render(request, "commitments/edit.html", {"form": form, "commitment": found})
    return _save(request, found)


def _save(request: Request, found: Commitment) -> HttpResponse:
    form = CommitmentForm(settled(request.POST), instance=found)
    if not form.is_valid():
        context = {"form": form, "commitment": seen(request, found.pk)}
        return render(request, "commitments/edit.html", context, status=422)
    try:
        actions.change(commitment=found, by=request.actor, **form.cleaned_data)
    except Conflict as conflict:
        return _conflict(request, form, conflict.current)
    messages.success(request, _("Saved."))
    return redirect(found)


def _conflict(request: Request, form: CommitmentForm, current: Commitment) -> HttpResponse:
    found = seen(request, current.pk)
    trail = [
        (reverse("commitments:board"), _("Commitments"), ""),
        (found.get_absolute_url(), found.title, found.language),
    ]
    back = found.get_absolute_url()
    return both_versions(
        request,
        mine=form,
        theirs=CommitmentForm(instance=current),
        record=current,
        place=Place(trail, back, "plans/sub.html", found.language),
    )
