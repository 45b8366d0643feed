"""Puts the actor on the request, and the actor into the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware

from .acting import NOBODY, actor_for

SESSION_KEY = "acting_for"


class Acting:
    """`request.actor`: the person and the organisation they act for on this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = actor_for(  # type: ignore[attr-defined]
                request.user, request.session.get(SESSION_KEY)
            )
        else:
            request.actor = NOBODY  # type: ignore[attr-defined]
        return self.get_response(request)


class History(HistoryMiddleware):
    """Every change is kept as person for organisation (triggers write it, see ADR 0004)."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        actor = request.actor  # type: ignore[attr-defined]
        return {
            **super().get_context(request),
            "organisation": actor.organisation_id,
        }
