"""Pages of the calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from . import queries


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    events = queries.upcoming(request.actor)[:50]
    return render(request, "meetings/calendar.html", {"events": events})


@login_not_required
@require_safe
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.for_page(request.actor), pk=pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render(request, "meetings/event.html", {"event": found})


@login_not_required
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    return render(request, "meetings/feeds.html")
