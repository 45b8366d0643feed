"""A commitment's page and its history."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import rules
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import queries
from ..forms import EvidenceForm, ProgressForm, StepForm
from ..models import Commitment
from ..states import TRANSITIONS, State
from .requests import Request


def seen(request: Request, pk: int) -> Commitment:
    """The commitment, or 404 for who may not see it."""
    return get_object_or_404(queries.visible_to(request.actor), pk=pk)


def workable(request: Request, pk: int) -> Commitment:
    """The commitment, or 404 for who may not see it, 403 for who may not work on it."""
    found = seen(request, pk)
    if not rules.test_rule("commitments.work_commitment", request.actor, found):
        raise PermissionDenied
    return found


@login_not_required
@require_safe
def commitment(request: Request, pk: int) -> HttpResponse:
    return page(request, seen(request, pk))


def page(request: Request, found: Commitment, **given: Any) -> HttpResponse:
    """The page, with the forms of `given` as they came in; 422 when there are any."""
    context = {
        **work_context(request, found),
        "evidence": found.evidence.select_related("person", "organisation"),
        "source": _source(request, found),
        "continuing": _seen(request, found.continues_id),
        "continued": _seen(request, _next(found)),
        "evidence_form": EvidenceForm(),
        **given,
    }
    if request.actor.is_member:
        context |= {
            "people": found.people.order_by("name"),
        }
    return render(request, "commitments/commitment.html", context, status=422 if given else 200)


def _next(found: Commitment) -> int | None:
    """The id of the one that goes on with it (asked only of one that was carried over)."""
    if found.state != State.CARRIED:
        return None
    return Commitment.objects.filter(continues=found).values_list("pk", flat=True).first()


def _seen(request: Request, pk: int | None) -> Commitment | None:
    return queries.visible_to(request.actor).filter(pk=pk).first() if pk else None


def work_context(request: Request, found: Commitment) -> dict[str, Any]:
    """What the part of the page needs that is swapped when work goes on."""
    return {
        "commitment": found,
        "may_work": found.state != State.CARRIED
        and rules.test_rule("commitments.work_commitment", request.actor, found),
        "moves": TRANSITIONS[found.state],
        "steps": list(found.steps.all()),
        "step_form": StepForm(auto_id="step_%s"),
        "progress_form": ProgressForm(initial={"progress": found.progress}),
        "today": timezone.localdate(),
        "key": uuid4(),
    }


def _source(request: Request, found: Commitment) -> Any:
    """What brought it about, unless its app says that this reader may not see it."""
    source = found.source
    if source is None:
        return None
    name = f"{source._meta.app_label}.see_{source._meta.model_name}"
    if rules.rule_exists(name) and not rules.test_rule(name, request.actor, source):
        return None
    return source
