"""All commitments at a glance, and those that are late."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutirao.core.lists import Column, exported, paginate

from .. import queries
from ..forms import BoardFilter
from ..models import Commitment
from ..queries.boards import OPEN_FIRST
from .requests import Request

COLUMNS_A_PAGE = 12
LATE_A_PAGE = 50


def _columns(request: Request) -> list[Column]:
    """What is taken along in an export; people stay behind."""
    return [
        ("id", lambda row: row.pk),
        (_("commitment"), lambda row: row.title),
        (_("description"), lambda row: row.description),
        (_("who answers for it"), lambda row: row.owner.name),
        (_("unit"), lambda row: str(row.unit or "")),
        (_("term"), lambda row: str(row.term or "")),
        (_("state"), lambda row: row.standing_label),
        (_("due on"), lambda row: row.due_on),
        (_("days late"), lambda row: row.late_days()),
        (_("done on"), lambda row: row.done_on),
        (_("progress"), lambda row: row.progress),
        (_("address"), lambda row: request.build_absolute_uri(row.get_absolute_url())),
    ]


@login_not_required
@require_safe
def board(request: Request) -> HttpResponseBase:
    """Commitments in columns by state, unit, owner or month, or as a list."""
    seen = queries.visible_to(request.actor)
    form = BoardFilter(request.GET, actor=request.actor, choices=queries.choices(seen))
    chosen = form.chosen
    found = queries.filtered(seen, chosen, request.actor)
    by = str(chosen.get("by", "state"))
    file = exported(request, found.order_by(*OPEN_FIRST), _columns(request), "commitments")
    if file:
        return file
    laid_out = _laid_out(request, found, by)
    context = {
        "form": form,
        "by": by,
        "ways": _ways(),
        "month": chosen.get("month"),
        "counts": _known_counts(laid_out, by, chosen)
        or queries.standing_counts(_whatever_state(seen, chosen, request)),
        **laid_out,
    }
    name = "commitments/board.html" + ("#results" if request.htmx else "")
    return render(request, name, context)


def _whatever_state(
    seen: QuerySet[Commitment], chosen: dict[str, Any], request: Request
) -> QuerySet[Commitment]:
    """The figures on top say how the filtered ones stand, so the state filter is left out."""
    rest = {name: value for name, value in chosen.items() if name != "state"}
    return queries.filtered(seen, rest, request.actor)


def _known_counts(
    laid_out: dict[str, Any], by: str, chosen: dict[str, Any]
) -> dict[str, int] | None:
    """The figures on top, when the columns of the board say them already."""
    if by != "state" or "state" in chosen:
        return None
    return queries.counts_from((column.key, column.count) for column in laid_out["columns"])


def _laid_out(request: Request, found: QuerySet[Commitment], by: str) -> dict[str, Any]:
    if by == "list":
        page = paginate(request, queries.in_brief(found).order_by(*OPEN_FIRST))
        return {"page": page, "empty": not page.object_list}
    page = Paginator(queries.groups(found, by), COLUMNS_A_PAGE).get_page(request.GET.get("page"))
    columns = queries.shown(list(page.object_list))
    return {"page": page, "columns": columns, "empty": not columns}


def _ways() -> list[tuple[str, str]]:
    return [
        ("state", _("By state")),
        ("unit", _("By unit")),
        ("owner", _("By owner")),
        ("month", _("By month")),
        ("list", _("List")),
    ]


@login_not_required
@require_safe
def overdue(request: Request) -> HttpResponseBase:
    """What is late, unit by unit, the longest late first."""
    term = request.GET.get("term", "")
    everything = term == queries.ALL
    late = queries.overdue_by_unit(request.actor, queries.ALL if everything else queries.NOW)
    file = exported(request, late, _columns(request), "overdue-commitments")
    if file:
        return file
    page = paginate(request, late, LATE_A_PAGE)
    context = {
        "page": page,
        "units": [
            (unit, list(rows)) for unit, rows in groupby(page.object_list, lambda row: row.unit)
        ],
        "board": reverse("commitments:board"),
        "everything": everything,
    }
    return render(request, "commitments/overdue.html", context)
