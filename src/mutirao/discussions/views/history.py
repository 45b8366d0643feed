"""What changed in a record, when, by whom and for whom; and the way back to a former text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.lists import exported, paginate
from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.records import RecordKind

from .. import actions
from ..forms import HistoryFilter
from ..history import Act, Acts, Change, Difference, Former, former_text, who_acted
from .common import Request, page_of, record_or_404

PER_PAGE = 25


def _historical(request: Request, app: str, model: str, pk: int) -> tuple[RecordKind, Any]:
    """A record with a history the actor may read: 404 for who does not see it, 403 for others."""
    kind, record = record_or_404(request, app, model, pk)
    if not kind.history:
        raise Http404
    if not rules.test_rule("discussions.read_history", request.actor, record):
        raise PermissionDenied
    return kind, record


@require_safe
def history(request: Request, app: str, model: str, pk: int) -> HttpResponseBase:
    """The acts on a record, the latest first."""
    kind, record = _historical(request, app, model, pk)
    everything = Acts(kind, record, request.actor)
    form = HistoryFilter(request.GET, fields=everything.fields(), who=who_acted(everything))
    acts = Acts(kind, record, request.actor, form.narrowed)
    if taken := _taken(request, acts, f"history-{model}-{pk}"):
        return taken
    page = paginate(request, acts, PER_PAGE)
    context = {
        "kind": kind, "record": record, "page": page, "form": form, "back": page_of(record),
        "app": app, "model": model,
    }  # fmt: skip
    part = "#results" if request.htmx and request.htmx.target == "results" else ""
    return render(request, f"discussions/history.html{part}", context)


@dataclass
class _Line:
    act: Act
    change: Change
    difference: Difference | None


def _taken(request: Request, acts: Acts, name: str) -> HttpResponseBase | None:
    """The history as a table: one row for each field that changed."""
    if not request.GET.get("format"):
        return None
    columns = [
        (_("When"), lambda row: row.act.at),
        (_("Person"), lambda row: row.act.person),
        (_("Organisation"), lambda row: row.act.organisation),
        (_("What"), lambda row: row.change.subject),
        (_("What happened"), lambda row: act_word(row.change.act)),
        (_("Field"), lambda row: row.difference.label if row.difference else ""),
        (_("Before"), lambda row: row.difference.before if row.difference else ""),
        (_("After"), lambda row: row.difference.after if row.difference else ""),
    ]
    return exported(request, list(_lines(acts)), columns, name)  # type: ignore[arg-type]


def _lines(acts: Acts) -> Iterator[_Line]:
    for act in acts[:]:
        for change in act.changes:
            for difference in change.differences or [None]:
                yield _Line(act, change, difference)


def act_word(act: str) -> str:
    words = {"insert": _("added"), "delete": _("deleted"), "update": _("edited")}
    return words.get(act, _("moved"))


@require_http_methods(["GET", "POST"])
def restore(
    request: Request, app: str, model: str, pk: int, part: int, event: int, key: str
) -> HttpResponse:
    """A former text beside the present one; a POST takes it back."""
    kind, record = _historical(request, app, model, pk)
    found = former_text(kind, record, request.actor, part=part, event=event, key=key)
    if found is None:
        raise Http404
    restoring = found.part.restoring
    if restoring is None or not restoring.may(request.actor, record):
        raise PermissionDenied
    status = 200
    if request.method == "POST":
        answer = _take_back(request, record, found)
        if isinstance(answer, HttpResponse):
            return answer
        found, status = answer, 409
    context = {
        "kind": kind, "record": record, "former": found, "back": page_of(record), "app": app,
        "model": model, "conflict": status == 409,
    }  # fmt: skip
    return render(request, "discussions/restore.html", context, status=status)


def _take_back(request: Request, record: Any, found: Former) -> HttpResponse | Former:
    """Back to the record; the same page with the newer text when somebody just changed it."""
    try:
        actions.take_back(former=found, seen=request.POST.get("seen", ""), by=request.actor)
    except Conflict as conflict:
        found.row = conflict.current
        return found
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(record))
    messages.success(request, _("The former text stands again, as a new version."))
    return redirect(page_of(record))
