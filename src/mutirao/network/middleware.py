"""Puts the actor on the request, and the actor into the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from pghistory.middleware import HistoryMiddleware

from mutirao.core.logs import without_secrets
from mutirao.core.middleware import as_whole_page
from mutirao.core.typed import typed

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


# What one's own account is made of; the network's pages are not among it.
_OWN_ACCOUNT = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
_ALWAYS_OPEN = frozenset({"health", "robots", "network:act_for", "demonstration:sign_in"})
BACK_TO = "second_factor_back"


class SecondFactor:
    """Whoever acts in a guarded role without a second factor is led to set one up first.

    Until then only their own account, signing out and acting for another organisation work. Where
    they wanted to go is kept for afterwards, and a form they sent is shown with what they typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.actor.lacks_second_factor:  # type: ignore[attr-defined]
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in _ALWAYS_OPEN or name.startswith(_OWN_ACCOUNT):
            return None
        kept = typed(request)
        if kept is not None:
            page = render(request, "account/second_factor_first.html", {"typed": kept}, status=403)
            return as_whole_page(page)
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("mfa_index")
            return answer
        if request.method == "GET":
            request.session[BACK_TO] = request.get_full_path()
        return redirect("mfa_index")


class History(HistoryMiddleware):
    """Every change is kept as person for organisation (triggers write it, see ADR 0004)."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        actor = request.actor  # type: ignore[attr-defined]
        context = super().get_context(request)
        return {
            **context,
            "url": without_secrets(context.get("url") or ""),
            "organisation": actor.organisation_id,
        }
