"""The notices page, the bell, and marking as read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutirao.core.lists import Column, exported, paginate

from .. import actions
from ..forms import NoticesFilter
from ..models import Notice
from ..queries import actors_of, lines_of, said, unread, visible_to
from ..queries.kinds import TITLES, app_of
from ..queries.sentences import with_makers
from .requests import Request

PER_PAGE = 30
MOST_TAKEN = 5_000


def _of_app(chosen: str) -> Q:
    of_app = Q()
    for app in (app for app in TITLES if app_of(f"{app}.") == chosen):
        of_app |= Q(kind__startswith=f"{app}.")
    return of_app or Q(kind__startswith=f"{chosen}.")


@require_safe
def notices(request: Request) -> HttpResponseBase:
    """What one was told, the newest first; what happened to one record together."""
    form = NoticesFilter(request.GET)
    mine = with_makers(visible_to(request.actor))
    if about := form.chosen.get("about"):
        mine = mine.filter(_of_app(str(about)))
    if form.chosen.get("unread"):
        mine = mine.filter(read_at=None)
    ways = actors_of([request.user])[request.user.pk]
    if taken := _exported(request, mine, ways):
        return taken
    page = paginate(request, mine, PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(said(page.object_list, ways)),
        "newest": max((notice.pk for notice in page.object_list), default=0),
        "unread": unread(request.user),
        "here": f"{request.path}?{urlencode(request.GET)}" if request.GET else request.path,
    }
    return render(request, "notices/notices.html", context)


def _exported(request: Request, mine: QuerySet[Notice], ways: Any) -> HttpResponseBase | None:
    """The latest notices as sentences, if a file is asked for."""
    if "format" not in request.GET:
        return None
    columns: list[Column] = [
        (_("When"), lambda row: row.notice.created_at),
        (_("Notice"), lambda row: row.sentence),
        (_("About"), lambda row: row.title),
        (_("Address"), lambda row: row.url and request.build_absolute_uri(row.url)),
    ]
    rows = said(list(mine[:MOST_TAKEN]), ways)
    return exported(request, rows, columns, "notices")  # type: ignore[arg-type]


@require_safe
def bell(request: Request) -> HttpResponse:
    """The bell by itself, for pages that were told that something is new."""
    return render(request, "notices/partials/bell.html")


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice (and its record's earlier ones) as read, and go where it leads."""
    notice = get_object_or_404(with_makers(visible_to(request.actor)), pk=pk)
    actions.read(person=request.user, notice=notice)
    found = said([notice], actors_of([request.user])[request.user.pk])
    return redirect((found and found[0].url) or "notices:notices")


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    actions.read(person=request.user, notice=notice)
    return _back(request)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark as read what one saw: not what arrived since the page was made."""
    form = NoticesFilter(request.POST)
    about = str(form.chosen.get("about", ""))
    apps = tuple(app for app in {*TITLES, about} if about and app_of(f"{app}.") == about)
    upto = request.POST.get("upto", "")
    if upto.isdecimal() and len(upto) < 19:
        actions.read_all(person=request.user, upto=int(upto), apps=apps)
    return _back(request)


def _back(request: Request) -> HttpResponse:
    """To the list, filtered as it was."""
    form = NoticesFilter(request.POST)
    query = urlencode(form.chosen)
    return redirect(reverse("notices:notices") + (f"?{query}" if query else ""))
