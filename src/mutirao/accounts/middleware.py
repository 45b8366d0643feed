"""What every signed-in person passes through."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mutirao.core.middleware import as_whole_page
from mutirao.core.typed import typed

from .states import SEEN

SEEN_EVERY_SECONDS = 15 * 60
_OPEN = frozenset({"health", "robots", "network:act_for", "demonstration:sign_in"})
# One's own account, with what is kept in it and the way out of it.
_OWN_ACCOUNT = ("account_", "consent", "mfa_", "personal_", "usersessions_")


class LastSeen:
    """A browser's line in the list of sessions says when it was last used, to a quarter of an hour.

    Only sessions begun by a sign-in have such a line (see `signals`); writing it at every request
    would cost each page an update.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, seen = time.time(), request.session.get(SEEN)
            if seen is not None and now - seen > SEEN_EVERY_SECONDS:
                request.session[SEEN] = now
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=timezone.now()
                )
        return self.get_response(request)


class Agreed:
    """Whoever owes an agreement to a text is asked once, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not (request.user.is_authenticated and request.user.owes_consent):
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in _OPEN or name.startswith(_OWN_ACCOUNT):
            return None
        kept = typed(request)
        if kept is not None:
            page = render(request, "account/consent_first.html", {"typed": kept}, status=403)
            return as_whole_page(page)
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("consent")
            return answer
        back = request.get_full_path() if request.method == "GET" else ""
        return redirect(reverse("consent") + (f"?next={quote(back)}" if back else ""))
