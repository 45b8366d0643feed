"""The house's own pages: front page, desk, doors, persistent addresses, errors."""

from __future__ import annotations

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import (
    ObjectDoesNotExist,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mutirao.core.languages import DJANGO_CODES
from mutirao.core.outage import is_outage
from mutirao.core.typed import typed
from mutirao.core.views import alone, away
from mutirao.network.acting import Actor

from . import queries
from .doors import DOORS
from .gallery import gallery_context
from .kept import front_html


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; the middleware of `network` put it on the request."""
    return request.actor  # type: ignore[attr-defined]


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    content = front_html(request, signed_in=actor_of(request).is_authenticated)
    return render(request, "home/home.html", {"content": content})


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_member:
        return render(request, "home/no_organisation.html")
    return render(request, "home/desk.html", {"desk": queries.desk(actor)})


@login_not_required
@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """What a door is for, while what lies behind it is being built."""
    if slug not in DOORS:
        raise Http404
    return render(request, "home/door.html", {"door": DOORS[slug]})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    cookies = {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "messages": CookieStorage.cookie_name,
    }
    return render(request, "home/about.html", {"cookies": cookies})


@login_not_required
@require_safe
def persistent(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A record's address for good: to its page in the reader's language, if they may see it."""
    try:
        record = queries.record(actor_of(request), kind, pk)
    except (ObjectDoesNotExist, KeyError):
        raise Http404 from None
    with translation.override(_readers_language(request)):
        response = HttpResponseRedirect(record.get_absolute_url())
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _readers_language(request: HttpRequest) -> str:
    """Chosen on this device, else the person's own, else what the browser asks for."""
    person = actor_of(request).person
    if person and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        return DJANGO_CODES[person.language]
    return translation.get_language_from_request(request)


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; for developers and the demonstration only."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "core/gallery.html", gallery_context())


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/not_found.html", {"typed": typed(request)}, status=404)


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/not_allowed.html", {"typed": typed(request)}, status=403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """The page of last resort: no context processor, no database, no session."""
    if is_outage(sys.exc_info()[1]):  # in a middleware, where no exception passes by
        return away(request)
    return alone("core/broken.html", 500)


@login_not_required
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came in cannot be read at all: too large, too many fields, damaged, another host."""
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return alone("core/unreadable.html", 413 if large else 400, too_large=large)
