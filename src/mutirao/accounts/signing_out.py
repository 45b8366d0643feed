"""Signing out of the service somebody signed in with (RP-Initiated Logout 1.0)."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from allauth.socialaccount.models import SocialApp
from django.conf import settings

from .provider import Adapter
from .social import TOKEN

log = logging.getLogger(__name__)


def over_there(request: Any) -> str:
    """Where signing out goes on, or "" when this session was begun otherwise.

    Whatever is wrong over there, one is signed out here.
    """
    kept = request.session.get(TOKEN)
    if not kept:
        return ""
    try:
        end = Adapter(request, kept["provider"]).openid_config.get("end_session_endpoint", "")
    except (requests.RequestException, SocialApp.DoesNotExist, ValueError):
        log.warning("the sign-in service %s does not answer", kept["provider"])
        return ""
    if urlsplit(end).scheme not in ("https", "http"):
        return ""
    back = {
        "id_token_hint": kept["id_token"],
        "client_id": kept["client_id"],
        "post_logout_redirect_uri": f"{settings.BASE_URL}/",
    }
    return f"{end}{'&' if '?' in end else '?'}{urlencode(back)}"
