"""What every request passes through, whichever app answers it."""

from __future__ import annotations

import logging
import re
import time
import zoneinfo
from collections.abc import Callable
from urllib.parse import quote, urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from .languages import LANGUAGES, current
from .logs import request_id, without_secrets
from .models import Conflict, NotAllowed
from .typed import typed
from .views import expired, refused

log = logging.getLogger("mutirao.request")
GetResponse = Callable[[HttpRequest], HttpResponse]
_OWN_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


class RequestId:
    """Give each request an id (a proxy's, if sound), log one line for it, and send it back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identity = given if _OWN_ID.match(given) else uuid4().hex[:16]
        token = request_id.set(identity)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identity
            self._log(request, response, started)
            return response
        finally:
            request_id.reset(token)

    def _log(self, request: HttpRequest, response: HttpResponse, started: float) -> None:
        # The query string is left out: a search or a secret calendar address is nobody's business.
        path = without_secrets(request.path)
        log.info(
            "%s %s %s",
            request.method,
            path,
            response.status_code,
            extra={
                "method": request.method,
                "path": path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )


class ReadersLanguage(LocaleMiddleware):
    """The language of the address or, without one there, the reader's.

    Django's own would send people to `/pt-br/`; our prefix is `pt` (ADR 0003).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        prefix = request.path_info.lstrip("/").partition("/")[0]
        response.headers.setdefault("Content-Language", "pt-BR" if current() == "pt" else current())
        if prefix in LANGUAGES:
            return response
        patch_vary_headers(response, ("Accept-Language",))
        if response.status_code != 404:
            return response
        path = request.path_info if request.path_info.endswith("/") else f"{request.path_info}/"
        if not is_valid_path(f"/{current()}{path}"):
            return response
        query = request.META.get("QUERY_STRING", "")
        target = f"/{current()}{quote(path)}" + (f"?{query}" if query else "")
        redirect = HttpResponseRedirect(target)
        patch_vary_headers(redirect, ("Accept-Language",))
        return redirect


class ReadersTimeZone:
    """Dates are shown in the signed-in reader's zone, otherwise in the network's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only a signed-in reader has a session to look at: anonymous pages stay query-free here.
        zone = request.user.time_zone if request.user.is_authenticated else ""
        if zone and zone in zoneinfo.available_timezones():
            with timezone.override(zoneinfo.ZoneInfo(zone)):
                return self.get_response(request)
        return self.get_response(request)


class BodyLimit:
    """Refuse a request far larger than any form of ours before it is read and stored.

    What is only somewhat larger than a document may be is read, so that its form can say so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        most = 2 * settings.UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if size.isdecimal() and len(size) < 20 and int(size) <= most:
            return self.get_response(request)
        raise RequestDataTooBig(f"{size} bytes")


class SignInFirst(LoginRequiredMiddleware):
    """Whoever is not signed in (any longer) is sent to sign in; what they typed is kept.

    A form is not sent away from: its page says how to sign in beside it and send it again.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if typed(request) is not None:
            return as_whole_page(expired(request))
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request") and response.status_code == 302:
            # Followed by HTMX, the redirect would put the sign-in page into a part of this one.
            here = urlsplit(request.headers.get("HX-Current-URL", ""))
            back = here.path + (f"?{here.query}" if here.query else "")
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}?next={quote(back)}"
            return answer
        return response


def as_whole_page(response: HttpResponse) -> HttpResponse:
    """Ask HTMX to show this page itself, not to put it where a part was expected."""
    response["HX-Retarget"] = "body"
    response["HX-Reswap"] = "innerHTML"
    return response


class Private:
    """What a signed-in person sees is kept by nobody: no proxy, and no "back" after signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class Refusals:
    """An act that came too late, where its view has no page for that: why, and what was typed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, NotAllowed | Conflict):
            return None
        message = str(exception) if isinstance(exception, NotAllowed) else ""
        return as_whole_page(refused(request, message))


class FragmentsApart:
    """HTMX asks for a part of a page at the page's own address: caches must tell them apart.

    Without it "back" shows the bare fragment.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request",))
        return response


class WriteOnGet(AssertionError):
    """A page that is only read has written to the database."""


_WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|ALTER|CREATE|DROP)\b", re.I)
# Sessions and counters of the framework are renewed on reading; records never are.
_FRAMEWORK = re.compile(r'"(django_session|core_cache|accounts_user|usersessions_usersession)"')


class NoWritesOnGet:
    """Tests only: a GET that writes raises."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Another service leads a sign-in back to us by GET.
        if request.method not in ("GET", "HEAD") or request.path.startswith("/oidc/"):
            return self.get_response(request)
        with connection.execute_wrapper(self._refuse):
            return self.get_response(request)

    @staticmethod
    def _refuse(execute, sql, params, many, context):
        text = str(sql)
        if _WRITES.match(text) and not _FRAMEWORK.search(text):
            raise WriteOnGet(text[:200])
        return execute(sql, params, many, context)
