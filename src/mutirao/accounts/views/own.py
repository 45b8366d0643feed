"""One's own settings, and how one's account is kept safe."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.languages import DJANGO_CODES

from .. import actions, queries
from ..forms.own import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """One's own name, language and time zone; after a change of language the page follows."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        actions.save_settings(person=request.user, **chosen)  # type: ignore[arg-type]
        with override(DJANGO_CODES[chosen["language"]]):
            messages.success(request, _("Your settings are saved."))
            return redirect("account_settings")
    return render(request, "account/settings.html", {"form": form})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """How this account is kept safe, on one page: what is on, and what is missing."""
    context = {
        "state": queries.security(request.user),  # type: ignore[arg-type]
        "services": django_settings.OIDC,
        "back": request.session.get("second_factor_back", ""),
    }
    return render(request, "mfa/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; a POST signs out everywhere else."""
    if request.method == "POST":
        count = actions.end_sessions(person=request.user, but=request.session.session_key)  # type: ignore[arg-type]
        if count:
            messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    here = request.session.session_key
    found = list(queries.live_sessions(request.user))  # type: ignore[arg-type]
    found.sort(key=lambda session: session.session_key != here)
    return render(request, "usersessions/usersession_list.html", {"sessions": found, "here": here})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one other browser."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key != request.session.session_key:
        session.end()
        messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")
