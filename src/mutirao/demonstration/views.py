"""One-click sign-in as each role, in demonstration mode only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import queries
from .states import TRIES


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The accounts to enter as; a POST of `account` (its key) enters, and makes a new session.

    404 unless this is a demonstration. Settings refuse MUTIRAO_DEMO in production; asking again
    here keeps one slip there from opening the house.
    """
    if not settings.DEMO or settings.PRODUCTION:
        raise Http404
    if request.method == "POST":
        return _enter(request)
    accounts = [{**account, "tries": TRIES.get(account["key"])} for account in queries.accounts()]
    context = {
        "featured": [account for account in accounts if account["featured"]],
        "others": [account for account in accounts if not account["featured"]],
    }
    return render(request, "demonstration/sign_in.html", context)


def _enter(request: HttpRequest) -> HttpResponse:
    person = queries.account(request.POST.get("account", ""))
    if person is None:
        raise Http404(_("There is no such demonstration account."))
    # A session of its own, even for the same person again: nothing of the last one comes along.
    request.session.flush()
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home:desk")
