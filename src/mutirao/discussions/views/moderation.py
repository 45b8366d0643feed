"""The moderators' desk, and what they do from it or from a record's page."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.accounts.models import User
from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import NotAllowed
from mutirao.network.models import Unit

from .. import actions, queries
from ..forms import BarForm, OpennessForm
from ..models import Bar, Openness
from ..states import MOVES, Admits
from ..wording import plain, shown
from .common import Request, page_of, record_or_404

PER_PAGE = 25


@never_cache
@require_safe
def desk(request: Request) -> HttpResponseBase:
    """What waits and what was reported, the longest first; below, what was decided."""
    if not rules.test_rule("discussions.moderate", request.actor):
        raise PermissionDenied
    columns: list[Column] = [
        (_("When"), lambda row: row.created_at),
        (_("Comment"), lambda row: plain(row, to_members=True)),
    ]
    if taken := exported(
        request, _with_all(queries.waiting(request.actor)), columns, "waiting-comments"
    ):
        return taken
    waiting = paginate(request, _with_all(queries.waiting(request.actor)), PER_PAGE)
    reported = list(_with_all(queries.reported(request.actor))[:PER_PAGE])
    for comment in [*waiting.object_list, *reported]:
        comment.html = shown(comment, to_members=True)
    context = {
        "waiting": waiting,
        "reported": reported,
        "settled": queries.settled(request.actor)[:PER_PAGE],
        "bars": queries.bars()[:PER_PAGE] if request.actor.is_secretariat else [],
    }
    return render(request, "discussions/desk.html", context)


def _with_all(comments: Any) -> Any:
    return queries.with_mentions(comments).prefetch_related("record")


@require_POST
def moderate(request: Request) -> HttpResponse:
    """One verb for one comment or for several; each that somebody else settled first is said so."""
    verb = request.POST.get("verb", "")
    ids = [pk for pk in request.POST.getlist("comment") if pk.isdigit() and len(pk) < 19]
    if verb not in MOVES:
        raise Http404
    if not rules.test_rule("discussions.moderate", request.actor):
        raise PermissionDenied
    found = list(queries.moderated_by(request.actor).filter(pk__in=ids[:200]))
    if ids and not found:
        raise Http404
    done = 0
    for comment in found:
        try:
            actions.moderate(
                comment=comment, verb=verb, by=request.actor, reason=request.POST.get("reason", "")
            )
            done += 1
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            break
    if done:
        words = ngettext("%(number)d comment settled.", "%(number)d comments settled.", done)
        messages.success(request, words % {"number": done})
    return redirect(_back(request))


def _back(request: Request) -> str:
    """The page of ours the form stood on."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return "discussions:desk"


@require_POST
def close(request: Request, app: str, model: str, pk: int) -> HttpResponse:
    """Close a record's discussion, or open it again."""
    kind, record = record_or_404(request, app, model, pk)
    if not kind.discussed:
        raise Http404
    if request.POST.get("open"):
        actions.reopen_thread(record=record, by=request.actor)
    else:
        actions.close_thread(record=record, by=request.actor, reason=request.POST.get("reason", ""))
    return redirect(page_of(record, "discussion"))


@require_http_methods(["GET", "POST"])
def citizens(request: Request, pk: int) -> HttpResponse:
    """Whether citizens may comment on a unit's public records."""
    unit = get_object_or_404(Unit, pk=pk)
    if not rules.test_rule("discussions.open_to_citizens", request.actor, unit):
        raise PermissionDenied
    openness = Openness.objects.filter(unit=unit).first()
    start = {"admits": openness.admits if openness else Admits.NOBODY}
    form = OpennessForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.open_to_citizens(unit=unit, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(unit)
    return render(request, "discussions/citizens.html", {"unit": unit, "form": form})


@require_http_methods(["GET", "POST"])
def bar(request: Request, pk: int) -> HttpResponse:
    """Bar the author of a comment from commenting until a day."""
    if not rules.test_rule("discussions.bar_person", request.actor):
        raise PermissionDenied
    comment = get_object_or_404(queries.moderated_by(request.actor), pk=pk)
    person: User = comment.person
    form = BarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.bar_person(person=person, by=request.actor, **form.cleaned_data)
            messages.success(request, _("Barred; the person is told why and until when."))
            return redirect("discussions:desk")
        except NotAllowed as refusal:
            form.add_error("until", str(refusal))
    context = {"comment": comment, "person": person, "form": form, "bar": Bar.of(person.pk)}
    status = 422 if request.method == "POST" else 200
    return render(request, "discussions/bar.html", context, status=status)


@require_POST
def lift(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Bar, pk=pk)
    actions.lift_bar(bar=found, by=request.actor)
    messages.success(request, _("The person may comment again."))
    return redirect("discussions:desk")
