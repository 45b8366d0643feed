"""What the views of this app have in common."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mutirao.accounts.models import User
from mutirao.network.acting import Actor


class Request(HttpRequest):
    """With what the middlewares put on it, said to the type checker."""

    actor: Actor
    htmx: HtmxDetails
    user: User  # every page here is behind the sign-in
