"""The plan to take away: PDF and Word."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mutirao.core.languages import LANGUAGES, current

from ..papers import KINDS, make
from .common import actor_of, plan_or_404


@login_not_required
@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan as it stands for this reader, labelled in `?language=` (default: the reader's)."""
    if kind not in KINDS:
        raise Http404
    plan = plan_or_404(request, pk)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGES else current()
    body = make(plan, kind=kind, language=language, actor=actor_of(request))
    response = HttpResponse(body, content_type=KINDS[kind])
    name = f"{slugify(plan.title)[:60] or 'plan'}-{language}.{kind}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    return response
