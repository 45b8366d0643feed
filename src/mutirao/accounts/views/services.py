"""Sign-in with another service (OpenID Connect), and linking it to an account one has."""

from __future__ import annotations

from typing import Any

import requests
from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.socialaccount import views as social
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal.flows.connect import connect
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.languages import DJANGO_CODES, LANGUAGES, current

from ..forms.entrance import ServiceSignupForm
from ..provider import Adapter
from ..signing_out import over_there
from ..social import PENDING

SPEAKS = "oidc_language"
signup = social.SignupView.as_view(form_class=ServiceSignupForm)


@login_not_required
@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A POST leads to the other service; a GET asks whether one wants to go there."""
    if request.GET.get("language") in LANGUAGES:
        # The way back has no language in its address.
        request.session[SPEAKS] = request.GET["language"]
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the other service."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    language = request.session.get(SPEAKS, current())
    with override(DJANGO_CODES[language]):
        return _answered(view, request, provider_id)


def _answered(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except requests.RequestException as fault:
        adapter = get_adapter()
        return render_authentication_error(
            request, adapter.get_provider(request, provider_id), exception=fault
        )


def _pending(request: HttpRequest) -> SocialLogin | None:
    kept = request.session.get(PENDING)
    return SocialLogin.deserialize(kept) if kept else None


@login_not_required
@never_cache
@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """The address has an account here already: sign in to it first, then link."""
    pending = _pending(request)
    if pending is None:
        return redirect("account_login")
    if request.user.is_authenticated:
        return redirect("oidc_link")
    onward = f"{reverse('account_login')}?{urlencode({'next': reverse('oidc_link')})}"
    context = {"service": pending.account.get_provider().name, "onward": onward}
    return render(request, "socialaccount/known.html", context)


@reauthentication_required(app="allauth.socialaccount")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Signed in, and proven to the other service: both together make the link, on request."""
    pending = _pending(request)
    if pending is None:
        return redirect("mfa_index")
    if request.method == "POST":
        del request.session[PENDING]
        if request.POST.get("do") != "link":
            return redirect("home:desk")
        pending.state["next"] = reverse("mfa_index")
        pending.lookup()
        return connect(request, pending)
    context = {
        "service": pending.account.get_provider().name,
        "addresses": [one.email for one in pending.email_addresses],
    }
    return render(request, "socialaccount/link.html", context)


class SignOut(account.LogoutView):
    """Signed out here and, where the other service offers it, over there."""

    def get_redirect_url(self) -> str:
        return over_there(self.request) or super().get_redirect_url()


logout = SignOut.as_view()
connections = social.ConnectionsView.as_view(extra_context={"services": settings.OIDC})
