"""Puts the actor on the request, and the actor into the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from pghistory.middleware import HistoryMiddleware

from mutirao.core.logs import without_secrets
from mutirao.core.middleware import as_whole_page
from mutirao.core.typed import typed

from .acting import NOBODY, actor_for
from .models import Organisation

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


# Whom these concern is said by the form itself, or it is nobody's act but one's own.
_WHOEVER_ACTS = frozenset(
    {
        "network:act_for",
        "network:accept_invitation",
        "network:decline_invitation",
        "network:ask_for_invitation",
        "network:switch_for_invitation",
        "demonstration:sign_in",
    }
)
OPENED_FOR, CHOSEN = "acting_for", "acting_for_chosen"


class OpenedFor:
    """A form is taken for the organisation it was opened for, or for the one its sender chooses.

    Every form carries it (`{% csrf_token %}`). When the person acts for another one by now, in
    another window or because a membership ended, the page asks for which of the two it is meant;
    what was typed is kept. What a programme of ours saves by itself goes where it was opened.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        opened = self._opened_for(request)
        actor = request.actor  # type: ignore[attr-defined]
        if opened is None or opened == str(actor.organisation_id or ""):
            return self.get_response(request)
        live = {str(item.organisation_id): item.organisation for item in actor.memberships}
        by_programme = "application/json" in request.headers.get("Accept", "")
        if opened in live and (by_programme or CHOSEN in request.POST):
            request.actor = actor_for(request.user, int(opened))  # type: ignore[attr-defined, arg-type]
            return self.get_response(request)
        former = Organisation.objects.filter(pk=int(opened)).first() if opened.isdecimal() else None
        context = {
            "typed": typed(request, without=(OPENED_FOR, CHOSEN)),
            "opened_for": former,
            "still": opened in live,
            "acting": actor.organisation,
        }
        return as_whole_page(render(request, "network/opened_for.html", context, status=409))

    @staticmethod
    def _opened_for(request: HttpRequest) -> str | None:
        """The organisation a form names, "" for none; None where nobody needs to ask."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        try:
            name = resolve(request.path_info).view_name
            opened = request.POST.get(OPENED_FOR)
        except (Resolver404, UnreadablePostError):
            return None
        if name in _WHOEVER_ACTS or name.startswith(_OWN_ACCOUNT):
            return None
        return opened


# What one's own account is made of; the network's pages are not among it.
_OWN_ACCOUNT = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
# By name, not as a family: publishing such a text is the secretariat's work and stays closed.
_TEXTS = {"consent", "consent_text", "consent_version"}
_ALWAYS_OPEN = frozenset({"health", "robots", "network:act_for", "demonstration:sign_in", *_TEXTS})
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
