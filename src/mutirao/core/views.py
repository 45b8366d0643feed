"""Pages of the house itself: health, persistent addresses, errors, the component gallery."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mutirao.core.languages import LANGUAGES

from .logs import request_id
from .typed import typed

LOW_DISK_BYTES = 200 * 1024 * 1024
QUEUE_LATE_SECONDS = 600
AWAY_SECONDS = 4  # after which a page asks again


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database, queue and disk are well, 503 otherwise; each says how it stands."""
    database = _database()
    checks = {"database": database, "queue": _queue() if database["ok"] else database}
    checks["disk"] = _disk()
    well = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": well, **checks}, status=200 if well else 503)


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "message": "the database does not answer"}
    return {"ok": True}


def _queue() -> dict[str, Any]:
    """Jobs waiting, and for how many seconds the oldest that could have started has waited."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), coalesce(extract(epoch FROM now() - min(e.at)), 0)"
                " FROM procrastinate_jobs j"
                " LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
                " WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())"
            )
            waiting, oldest = cursor.fetchone()
    except DatabaseError:
        return {"ok": False, "message": "the queue cannot be read"}
    oldest = int(oldest)
    if oldest > QUEUE_LATE_SECONDS:
        return {"ok": False, "waiting": waiting, "oldest_seconds": oldest, "message": "no worker"}
    return {"ok": True, "waiting": waiting, "oldest_seconds": oldest}


def _disk() -> dict[str, Any]:
    free = shutil.disk_usage(settings.HOME).free
    if free < LOW_DISK_BYTES:
        return {"ok": False, "free_mb": free // 2**20, "message": "less than 200 MB free"}
    return {"ok": True, "free_mb": free // 2**20}


@login_not_required
def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is gone: the session expired, or the form is forged."""
    return render(request, "core/expired.html", {"typed": typed(request)}, status=403)


@login_not_required
def refused(request: HttpRequest, message: str) -> HttpResponse:
    """An act that the record's state does not admit (any longer); `message` says why."""
    context = {"message": message, "typed": typed(request)}
    return render(request, "core/refused.html", context, status=409)


def _static(path: str) -> str:
    """A static file's address; the plain one when what broke is the list of hashed names."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


def alone(
    template: str, status: int, request: HttpRequest | None = None, **more: object
) -> HttpResponse:
    """A page that asks neither the database nor the session; `request` for a form's token."""
    code = (translation.get_language() or "pt")[:2]
    context = {
        "html_lang": "pt-BR" if code == "pt" else code,
        "home": f"/{code}/",
        "network_name": settings.NETWORK_NAME,
        "request_id": request_id.get(),
        "styles": [
            _static(f"core/{name}") for name in ("vendor/bootstrap.min.css", "css/mutirao.css")
        ],
        "request": request,
        "csrf_token": get_token(request) if request else "",
        **more,
    }
    return HttpResponse(loader.render_to_string(template, context), status=status)


@login_not_required
def away(request: HttpRequest) -> HttpResponse:
    """The database is away: a page that comes back by itself, with what was typed."""
    response = alone("core/away.html", 503, request, typed=typed(request))
    response["Retry-After"] = str(AWAY_SECONDS)
    response["Cache-Control"] = "no-store"
    response["HX-Retarget"] = "body"
    response["HX-Reswap"] = "innerHTML"
    if request.method == "GET" and not request.headers.get("HX-Request"):
        response["Refresh"] = str(AWAY_SECONDS)
    return response


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What searchers leave alone: sign-in, forms and what is made on request."""
    closed = ("accounts/", "plans/import/", "*?format=", "*/history/")
    lines = [f"Disallow: /{language}/{path}" for language in LANGUAGES for path in closed]
    return HttpResponse("\n".join(["User-agent: *", *lines, ""]), content_type="text/plain")
