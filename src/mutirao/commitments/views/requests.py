"""What the middlewares put on a request, said to the type checker."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mutirao.network.acting import Actor


class Request(HttpRequest):
    actor: Actor
    htmx: HtmxDetails
