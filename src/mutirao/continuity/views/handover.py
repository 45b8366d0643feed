"""Handing over: what would pass, doing it, and the sheet of what passed."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.languages import LANGUAGES, current
from mutirao.network.models import Membership
from mutirao.network.queries import deciders
from mutirao.network.states import DECIDING_ROLES
from mutirao.network.views.manage.common import answered

from .. import actions, papers, queries
from ..forms import HandOverForm
from ..models import HandOver
from ..states import Kept


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role: everything its person holds is listed, and passes on with one click."""
    held = get_object_or_404(Membership.objects.select_related("organisation", "person"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    if held == actor.membership and actor.is_secretariat:
        messages.error(
            request, _("Nobody takes the key from themselves: ask a colleague to do this.")
        )
        return redirect("network:team", held.organisation_id)
    if not rules.test_rule("network.end_membership", actor, held):
        raise PermissionDenied
    lines = queries.held_by(held)
    colleagues, invited = queries.successors(held)
    form = HandOverForm(request.POST or None, lines=lines, colleagues=colleagues, invited=invited)
    others = deciders(held.organisation).exclude(person=held.person)
    context = {
        "form": form,
        "held": held,
        "groups": _groups(form, lines),
        "follows": queries.follows(held),
        "own": actor.person == held.person,
        "last_decider": held.role in DECIDING_ROLES and not others.exists(),
    }
    return answered(
        request,
        form,
        act=partial(actions.hand_over, membership=held),
        done=_("It is handed over. The sheet says what passed to whom."),
        then=lambda handover: handover.get_absolute_url(),
        page=lambda: render(request, "continuity/handover/leave.html", context),
    )


def _groups(form: HandOverForm, lines: list[Any]) -> list[tuple[str, list[Any]]]:
    return [
        (str(Kept(kind).label), [(line, form.line_field(line)) for line in items])
        for kind, items in groupby(lines, key=lambda line: line.kind)
    ]


def _seen(request: HttpRequest, pk: int) -> HandOver:
    return get_object_or_404(queries.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet, as it was when things passed."""
    done = _seen(request, pk)
    return render(
        request,
        "continuity/handover/sheet.html",
        {"done": done, "groups": papers.groups_of(done), "languages_of_paper": LANGUAGES},
    )


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as PDF, labelled in `?language=` (default: the reader's)."""
    done = _seen(request, pk)
    language = request.GET.get("language", current())
    if language not in LANGUAGES:
        raise Http404
    response = HttpResponse(papers.as_pdf(done, language=language), content_type="application/pdf")
    name = f"{slugify(str(done.organisation))[:40]}-{done.last_day}-{language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
