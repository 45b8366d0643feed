"""What the views of this app share: finding a plan or a part, or saying that there is none."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mutirao.network.acting import Actor

from .. import queries
from ..models import Activity, Axis, Plan


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    """The plan with unit, term and presenter; 404 when this reader may not see it."""
    return get_object_or_404(queries.for_page(actor_of(request)), pk=pk)


def part_or_404(request: HttpRequest, model: type[Any], pk: int) -> Any:
    """An axis or activity of a plan that this reader may see."""
    return get_object_or_404(queries.parts_visible_to(actor_of(request), model), pk=pk)


def require(rule: str, request: HttpRequest, plan: Plan) -> None:
    """403 for who may see the plan but not do this."""
    if not rules.test_rule(rule, actor_of(request), plan):
        raise PermissionDenied


def edit_url(plan: Plan, part: Axis | Activity | None = None) -> str:
    """The plan's workbench, at one of its parts."""
    anchor = f"#{part.anchor}" if part is not None else ""
    return reverse("plans:edit", args=[plan.pk]) + anchor


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a POST, even if it is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
