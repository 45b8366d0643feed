"""iCalendar feeds: for programs, so without sign-in, language prefix or cookies."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mutirao.core.languages import DJANGO_CODES, LANGUAGES
from mutirao.network.models import Unit

from .. import feeds, queries
from ..filters import readable
from ..models import page_slug


def _language(request: HttpRequest) -> str:
    """`?language=`, else Portuguese. Not what the browser prefers: an address has one text."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else "pt"


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponseBase:
    language = _language(request)
    feed = feeds.network_feed(**readable(request.GET))
    return _answer(request, feed, language, "network", "public, max-age=300")


@login_not_required
@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponseBase:
    language = _language(request)
    feed = feeds.unit_feed(get_object_or_404(Unit, slug=slug), language)
    return _answer(request, feed, language, slug, "public, max-age=300")


@login_not_required
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponseBase:
    language = _language(request)
    with override(DJANGO_CODES[language]):
        feed = feeds.my_feed(token)
    if feed is None:
        raise Http404
    return _answer(request, feed, language, "my-calendar", "private, no-cache")


@login_not_required
@require_safe
def event(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    seen = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    found = get_object_or_404(seen, uid=uid, starts_on__isnull=False)
    feed, name = feeds.event_feed(found), page_slug(found.title)
    return _answer(request, feed, _language(request), name, "private, no-cache")


def _answer(
    request: HttpRequest, feed: feeds.Feed, language: str, name: str, caching: str
) -> HttpResponseBase:
    """The feed, or 304 to who has it already; compressed once, not at every request."""
    made, changed = feeds.rendered(feed, language)
    response = HttpResponse(content_type="text/calendar; charset=utf-8")
    response["ETag"] = made.etag
    seconds = int(changed.timestamp()) if changed else None
    if seconds:
        response["Last-Modified"] = http_date(seconds)
    response["Cache-Control"] = caching
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    patch_vary_headers(response, ["Accept-Encoding"])
    unchanged = get_conditional_response(request, made.etag, seconds, response)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content, response["Content-Encoding"] = made.compressed, "gzip"
    else:
        response.content = made.body
    return response
