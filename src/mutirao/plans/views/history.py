"""What changed in a plan, when, by whom and for whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mutirao.core.lists import paginate

from ..changes import entries
from .common import plan_or_404, require


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require("plans.see_history", request, plan)
    page = paginate(request, entries(plan), per_page=30)
    return render(request, "plans/history.html", {"plan": plan, "page": page})
