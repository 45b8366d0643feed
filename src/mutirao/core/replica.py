"""Anonymous pages read from a replica, where the operator has one, and nothing stale is served.

Before such a page is made, the primary says how far its log is on disk, which is as far as any
answered write goes; the replica is read only if it has replayed that much. If it is late, away or
gives up midway, the page is made from the primary. See docs/adr.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)
ALIAS = "replica"
REST_SECONDS = 5.0  # for which a replica that failed is not asked again
# Replay follows within a few milliseconds; waiting longer would cost more than the primary.
_PAUSES = (0.0, 0.002, 0.006)
_reads_replica: ContextVar[bool] = ContextVar("reads_replica", default=False)


class Router:
    """Sends reads to the replica while an anonymous page is made; every write to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        # Counters in the cache's table are read to be written.
        cached = model._meta.app_label == "django_cache"
        return ALIAS if _reads_replica.get() and not cached else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != ALIAS


class ReadFromReplica:
    """Makes the pages of visitors from the replica, where there is one that is up to date."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._rests_until = 0.0  # of this process

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may(request) or not self._is_level():
            return self.get_response(request)
        token = _reads_replica.set(True)
        try:
            response = self.get_response(request)
        finally:
            _reads_replica.reset(token)
        if response.status_code < 500:
            return response
        self._rest("failed while a page was made")
        return self.get_response(request)

    def _may(self, request: HttpRequest) -> bool:
        return (
            ALIAS in settings.DATABASES
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and time.monotonic() >= self._rests_until
        )

    def _is_level(self) -> bool:
        """Whether the replica has replayed all that was answered before this request."""
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_flush_lsn()")
            [needed] = cursor.fetchone()
        try:
            return any(_has_replayed(needed, pause) for pause in _PAUSES)
        except (DatabaseError, InterfaceError) as error:
            self._rest(str(error).strip())
            return False

    def _rest(self, why: str) -> None:
        log.warning("the replica is left alone for %s s: %s", REST_SECONDS, why)
        self._rests_until = time.monotonic() + REST_SECONDS


def _has_replayed(needed: str, pause: float) -> bool:
    time.sleep(pause)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [needed])
        return cursor.fetchone()[0] is True  # NULL: this server is no replica
