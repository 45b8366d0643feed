"""What every request passes through, whichever app answers it."""

from __future__ import annotations

import logging
import re
import time
import zoneinfo
from collections.abc import Callable
from urllib.parse import quote
from uuid import uuid4

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from .languages import LANGUAGES, current
from .logs import request_id

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
        path = re.sub(r"(/calendar/my/)[^/]+", r"\1…", request.path)
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
_FRAMEWORK = re.compile(r'"(django_session|core_cache|accounts_user)"')


class NoWritesOnGet:
    """Tests only: a GET that writes raises."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(self._refuse):
            return self.get_response(request)

    @staticmethod
    def _refuse(execute, sql, params, many, context):
        text = str(sql)
        if _WRITES.match(text) and not _FRAMEWORK.search(text):
            raise WriteOnGet(text[:200])
        return execute(sql, params, many, context)
