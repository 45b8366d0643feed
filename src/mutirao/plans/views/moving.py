"""Moving a plan on, with a page that asks first."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from mutirao.core.models import NotAllowed

from .. import actions
from ..forms import MoveForm
from ..states import VERBS
from .common import actor_of, plan_or_404, sent

# What is said when it is done: what happened, and whose turn it is.
_DONE = {
    "submit": _("The plan is submitted. The executive board reads it next."),
    "approve": _("The plan is approved: everyone can read it now."),
    "return": _("The plan went back to its authors with your remarks."),
    "withdraw": _("The plan is a draft again."),
    "start": _("The work has begun. Commitments can be followed from here."),
    "close": _("The plan is closed. It stays readable by everyone."),
    "reopen": _("The plan is open again."),
}


def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask, then submit, approve, return, withdraw, start, close or reopen."""
    plan = plan_or_404(request, pk)
    if verb not in VERBS:
        raise Http404
    actor, step = actor_of(request), VERBS[verb]
    if not rules.test_rule(f"plans.{verb}_plan", actor, plan):
        raise PermissionDenied
    former = actions.in_force_beside(plan) if verb == "approve" else None
    replacing = former.pk if former else None
    form = MoveForm(sent(request), needed=step.remark_needed, initial={"replacing": replacing})
    if request.method == "POST" and form.is_valid():
        said = {"remark": form.cleaned_data["remark"]}
        if verb == "approve":
            said["replacing"] = form.cleaned_data["replacing"]
        try:
            moved = actions.ACTIONS[verb](plan=plan, by=actor, **said)
        except (NotAllowed, ValidationError) as error:
            form.add_error(None, str(error) if isinstance(error, NotAllowed) else error.messages)
        else:
            messages.success(request, str(_DONE[verb]))
            return redirect(moved)
    context = {"plan": plan, "form": form, "verb": verb, "step": step, "former": former}
    return render(request, "plans/move.html", context)
