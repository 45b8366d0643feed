"""When the database is away: being restarted, moved, or out of reach.

Pages then say so with 503 at once, ask nothing of the pool and wait for nothing, and are
themselves again with the first request after its return.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from psycopg import pq
from psycopg.conninfo import make_conninfo

from .views import away

HEALTH = "/health"  # says by itself what is wrong, for machines
# Going down, starting, crashed; no more connections; a standby that was the primary before.
_STATES = {"57P01", "57P02", "57P03", "53300", "25006"}


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the database is away, not that a query was wrong."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return isinstance(error, InterfaceError)
    state = cause.sqlstate
    if state is None:  # the connection itself: refused, broken, none to be had from the pool
        return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    return state in _STATES or state.startswith("08")


class Outage:
    """Answers for pages whose database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._away = False  # of this process; races between its threads cost one question

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._away and request.path_info != HEALTH:
            if not answers():
                return away(request)
            self._away = False
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_outage(error):
            return None
        self._away = True
        return away(request)


def answers() -> bool:
    """Ask the server, past the pool and within a second, whether it takes connections."""
    parts = connection.get_connection_params()
    names = ("host", "port", "dbname", "user")
    address = make_conninfo(
        "", connect_timeout=1, **{name: parts[name] for name in names if parts.get(name)}
    )
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK
