"""The vocabularies' public pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import queries


@login_not_required
@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    return render(request, "topics/goals.html", {"goals": queries.goals()})


@login_not_required
@require_safe
def goal(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(queries.goals(), pk=number)
    return render(
        request,
        "topics/goal.html",
        {
            "goal": found,
            "targets": queries.targets_of(found),
            "previous": found.number - 1 or None,
            "next": found.number + 1 if found.number < 17 else None,
        },
    )


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    return render(request, "topics/agenda.html", {"sections": queries.agenda_by_section()})


@login_not_required
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "topics/themes.html", {"groups": queries.themes_by_parent()})
