"""What the views of this app share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from mutirao.core.records import RecordKind, kind_called
from mutirao.network.acting import Actor


class Request(HttpRequest):
    """With what the middlewares put on it, said to the type checker."""

    actor: Actor
    htmx: HtmxDetails


def record_or_404(request: Request, app: str, model: str, pk: int) -> tuple[RecordKind, Any]:
    """The record an address names, of a declared kind, if the actor may see it."""
    kind = kind_called(app, model)
    if kind is None:
        raise Http404
    return kind, get_object_or_404(kind.visible_to(request.actor), pk=pk)


def page_of(record: Any, anchor: str = "") -> str:
    """The record's page, at one of its places."""
    page = record.get_absolute_url().partition("#")[0]
    return f"{page}#{anchor}" if anchor else page
