"""How one is told: ways, hours, the address; and stopping with one click."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from mutirao.accounts.models import User
from mutirao.core.happenings import KINDS
from mutirao.letters import actions as letters
from mutirao.letters.queries import refusal_of

from .. import actions
from ..actions.letters import SALT
from ..forms import HabitsForm, WaysForm
from ..queries import habits_of
from ..queries.clock import zone_of
from ..states import MAILED, Way
from .requests import Request

UNDO_SALT = "notices.undo"
UNDO_SECONDS = 30 * 24 * 3600
# A link cut in two by a mail program is tried a few times; somebody who guesses tries more.
MOST_A_MINUTE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """One form: how one is told of each kind, and when mail may come."""
    data = request.POST if request.method == "POST" else None
    habits = HabitsForm(data, instance=habits_of(request.user))
    ways = WaysForm(data, person=request.user)
    if request.method == "POST" and habits.is_valid() and ways.is_valid():
        actions.save_habits(person=request.user, **habits.cleaned_data)
        actions.save_choices(person=request.user, ways=ways.cleaned_data)
        messages.success(request, _("Saved. This is how you are told from now on."))
        return redirect("notices:preferences")
    context = {
        "habits": habits,
        "ways": ways,
        "refusal": refusal_of(request.user.email),
        "zone": zone_of(request.user.time_zone).key.replace("_", " "),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "notices/preferences.html", context, status=status)


@require_POST
def try_again(request: Request) -> HttpResponse:
    """Mail may go to one's own address again; a first letter shows whether it arrives."""
    if letters.try_again(address=request.user.email):
        letters.post(
            to=request.user.email,
            template="notices/mail/again",
            context={"person": request.user},
            language=request.user.language,
            person=request.user,
        )
        messages.success(
            request,
            _("A message is on its way to %(address)s. If it does not arrive, choose another one.")
            % {"address": request.user.email},
        )
    return redirect("notices:preferences")


# No sign-in and no token of a form: the mail program itself posts here (RFC 8058), and the
# address, which nobody can guess, is the permission.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail. A GET only asks: scanners follow every link of a mail."""
    try:
        person, what = _token(token)
    except Http404:
        if _guesses(request):
            return render(request, "429.html", status=429)
        raise
    context: dict[str, Any] = {"what": what, "label": _label(what), "token": token}
    if request.method != "POST":
        return render(request, "notices/unsubscribe.html", context)
    if undo := request.POST.get("undo"):
        actions.take_back(person=person, before=_undo(undo, person))
        return render(request, "notices/unsubscribe.html", {**context, "undone": True})
    before = actions.stop(person=person, what=what)
    sealed = signing.dumps([person.pk, before], salt=UNDO_SALT)
    return render(request, "notices/unsubscribe.html", {**context, "done": True, "undo": sealed})


def _guesses(request: HttpRequest) -> bool:
    """Too many addresses that do not exist, from one place within a minute."""
    key = f"notices.unsubscribe:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, 60)
    try:
        return int(cache.incr(key)) > MOST_A_MINUTE
    except ValueError:  # it expired in between
        return False


def _token(token: str) -> tuple[User, str]:
    try:
        pk, what = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    return get_object_or_404(User, pk=pk, is_active=True), str(what)


def _undo(sealed: str, person: User) -> dict[str, str]:
    try:
        pk, before = signing.loads(sealed, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if pk != person.pk:
        raise Http404
    return dict(before)


def _label(what: str) -> str:
    """What stops, as the page says it."""
    if what in MAILED:
        return {
            Way.NOW: _("mails sent at once"),
            Way.DAILY: _("the daily digest"),
            Way.WEEKLY: _("the weekly digest"),
        }[Way(what)]
    kind = KINDS.get(what)
    return str(kind.label) if kind else what
