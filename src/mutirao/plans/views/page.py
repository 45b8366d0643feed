"""The page of one plan: what was promised, and how it stands."""

from __future__ import annotations

from urllib.parse import urlencode

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import queries
from ..reading_page import PlanPage
from ..rules import verbs_of
from ..states import VERBS
from ..timeline import draw
from .common import actor_of, plan_or_404, require


@login_not_required
@require_safe
def plan(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything about one plan that this reader may see."""
    actor = actor_of(request)
    found = plan_or_404(request, pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    page = PlanPage.of(found, actor)
    concerned = rules.test_rule("plans.see_remarks", actor, found)
    context = {
        "plan": found,
        "page": page,
        "timeline": draw(found, page.activities, page.events, timezone.localdate()),
        "verbs": [(verb, VERBS[verb]) for verb in verbs_of(actor, found)],
        "board_query": urlencode({"unit": found.unit_id, "term": found.term_id, "by": "list"}),
        "moves": queries.moves_of(found) if concerned else [],
        # What the board reads before it decides has no page of its own for it yet.
        "unlinked": queries.reads_all_of(actor, found)
        and not actor.is_secretariat
        and not actor.serves(found.unit_id, found.term_id),
    }
    return render(request, "plans/plan.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The document the plan was read from. It holds contacts: only for those concerned."""
    found = plan_or_404(request, pk)
    require("plans.see_document", request, found)
    draft = found.document
    name = draft.file.name if draft else None
    if draft is None or not name or not draft.file.storage.exists(name):
        raise Http404
    response = FileResponse(
        draft.file.open("rb"),
        as_attachment=True,  # a browser must not run what somebody sent in
        filename=draft.filename,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response
