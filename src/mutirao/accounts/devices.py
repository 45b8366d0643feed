"""The cookie by which a browser is known again: 256 random bits, kept here as a hash only.

It opens nothing. It says "this person signed in here before", so that they are told of browsers
that are new, and so that strangers who guess at a password do not lock them out of their own.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from django.conf import settings

from .actions import note_device

COOKIE = "mutirao_browser"
SECONDS = 400 * 24 * 3600  # browsers keep no cookie longer
_OURS = re.compile(r"^[A-Za-z0-9_-]{43}$")


def key_of(request: Any) -> str:
    """What is kept of the browser's cookie; "" without one."""
    token = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(token.encode()).hexdigest() if _OURS.match(token) else ""


def remember(request: Any, response: Any, person: Any) -> None:
    """Note that `person` signed in here, and give the browser its cookie for a long time."""
    token = request.COOKIES.get(COOKIE, "")
    if not _OURS.match(token):
        token = secrets.token_urlsafe(32)
    note_device(
        person=person,
        key=hashlib.sha256(token.encode()).hexdigest(),
        user_agent=request.headers.get("User-Agent", ""),
    )
    response.set_cookie(
        COOKIE,
        token,
        max_age=SECONDS,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
