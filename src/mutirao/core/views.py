"""Pages of the house itself: health, persistent addresses, errors, the component gallery."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mutirao.core.languages import LANGUAGES

from .typed import typed

LOW_DISK_BYTES = 200 * 1024 * 1024
QUEUE_LATE_SECONDS = 600


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database, queue and disk are well, 503 otherwise; each says how it stands."""
    checks = {"database": _database(), "queue": _queue(), "disk": _disk()}
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


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What searchers leave alone: sign-in, forms and what is made on request."""
    closed = ("accounts/", "plans/import/", "*?format=", "*/history/")
    lines = [f"Disallow: /{language}/{path}" for language in LANGUAGES for path in closed]
    return HttpResponse("\n".join(["User-agent: *", *lines, ""]), content_type="text/plain")
