"""The outbox: what was written to people, where no mail server takes it away."""

from __future__ import annotations

import rules
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from mutirao.core.lists import paginate

from .forms import OutboxFilter
from .models import Letter
from .queries import found, visible_to


def _letter(request: HttpRequest, pk: int) -> Letter:
    return get_object_or_404(visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every letter, the newest first; 404 where letters are their receivers' affair."""
    if not rules.test_rule("letters.see_outbox", request.actor):  # type: ignore[attr-defined]
        raise Http404
    form = OutboxFilter(request.GET)
    letters = found(visible_to(request.actor), str(form.chosen.get("q", "")))  # type: ignore[attr-defined]
    page = paginate(request, letters.defer("text", "html"))
    return render(request, "letters/outbox.html", {"form": form, "page": page})


@login_not_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it is sent: its headers, its plain text and its HTML."""
    return render(request, "letters/letter.html", {"letter": _letter(request, pk)})


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],  # letters are styled in place
        "img-src": ["'self'", "data:"],
        "base-uri": ["'self'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def letter_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a letter by itself, in which nothing runs."""
    return HttpResponse(_letter(request, pk).html)
