"""The follow button, and what one follows."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutirao.core.lists import PER_PAGE, Column, exported
from mutirao.core.records import kind_of
from mutirao.network.text import fold

from .. import actions
from ..forms import FollowingFilter
from ..models import Follow
from ..queries import actors_of, follows_of, seen_records
from .requests import Request


@require_POST
def follow(request: Request, app: str, model: str, pk: int) -> HttpResponse:
    """Follow a record, or stop (`on` is 0); the button alone comes back to HTMX."""
    kind = get_object_or_404(ContentType, app_label=app, model=model)
    if request.POST.get("on") == "0":
        actions.unfollow(record_type=kind, record_id=pk, by=request.actor)
        record = _seen(request, kind, pk)
        if record is None:
            return redirect("notices:following")
    else:
        record = _seen(request, kind, pk)
        if record is None:
            raise Http404
        actions.follow(record=record, by=request.actor)
    if request.htmx:
        return render(request, "notices/partials/follow.html", {"record": record})
    if request.POST.get("list"):
        return redirect("notices:following")
    return redirect(record)


def _seen(request: Request, kind: ContentType, pk: int) -> Any:
    """The record, if it is of a declared kind and the actor sees it; else None."""
    found = kind.model_class()
    known = kind_of(found) if found else None
    return known.visible_to(request.actor).filter(pk=pk).first() if known else None


@require_safe
def following(request: Request) -> HttpResponseBase:
    """Everything one follows, with a way to stop."""
    form = FollowingFilter(request.GET)
    rows = _rows(request)
    if kind := form.chosen.get("kind"):
        rows = [row for row in rows if row["model"] == kind]
    if q := fold(str(form.chosen.get("q", ""))):
        rows = [row for row in rows if q in fold(row["title"])]
    columns: list[Column] = [
        (_("What"), lambda row: row["title"]),
        (_("Kind"), lambda row: str(row["kind"])),
        (_("Since"), lambda row: row["follow"].created_at),
    ]
    if taken := exported(request, rows, columns, "following"):  # type: ignore[arg-type]
        return taken
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/following.html", {"form": form, "page": page})


def _rows(request: Request) -> list[dict[str, Any]]:
    """Each follow with its record's title; what can be seen no more is there to be let go."""
    follows = list(follows_of(request.actor))
    pairs: dict[int, tuple[Any, int]] = {}
    for row in follows:
        model = row.record_type.model_class()
        if model is not None:
            pairs[row.pk] = (model, row.record_id)
    found = seen_records(actors_of([request.user])[request.user.pk], pairs.values())
    return [_row(row, found.get(pairs[row.pk])) for row in follows if row.pk in pairs]


def _row(row: Follow, record: Any) -> dict[str, Any]:
    kind = kind_of(row.record_type.model_class())  # type: ignore[arg-type]  # known to be there
    return {
        "follow": row,
        "record": record,
        "model": f"{row.record_type.app_label}.{row.record_type.model}",
        "title": str(record) if record is not None else str(_("No longer open to you")),
        "kind": kind.label if kind else "",
    }
