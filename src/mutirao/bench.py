"""`mutirao bench`: what a page costs, as CPU time of this process and of PostgreSQL together.

Seconds on the clock depend on the machine's mood; the ratio to a floor page in the same run does
not. The floor is a bare view behind the same middleware: one query, 20 rows, one template.
"""

from __future__ import annotations

import gc
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import django
import psutil  # type: ignore[import-untyped]
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

ROUNDS, BATCH = 7, 20
FLOOR_BATCH = 80  # PostgreSQL's CPU is told in steps of 10 ms, too coarse for 20 floor pages
FEED_EVENTS = 500
FLOOR = """{% for row in rows %}
<p><a href="/{{ row.pk }}">{{ row.name }}</a> {{ row.country }}</p>
{% endfor %}"""


@dataclass
class Cost:
    """One page: milliseconds of CPU a request, times the floor, queries, kilobytes sent."""

    page: str
    cpu_ms: float
    floor: float
    queries: int
    kilobytes: float


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """The floor page."""
    from mutirao.network.models import Organisation

    rows = Organisation.objects.only("pk", "name", "country")[:20]
    return HttpResponse(engines["django"].from_string(FLOOR).render({"rows": rows}))


def run(as_json: bool) -> int:
    """Measure on the demonstration network in a database of its own; print a table or JSON."""
    django.setup()
    from mutirao import urls
    from mutirao.wsgi import application as handler

    urls.urlpatterns.insert(0, path("bench-floor", floor))
    settings.ALLOWED_HOSTS = ["bench"]
    pages = [("floor", "/bench-floor"), *_pages()]
    costs = [_cost(handler, name, address) for name, address in pages]
    if as_json:
        print(json.dumps([asdict(cost) for cost in costs], indent=2))
    else:
        _print_table(costs)
    return 0


def _pages() -> list[tuple[str, str]]:
    from mutirao.meetings.models import Event
    from mutirao.network.models import Organisation
    from mutirao.plans.models import Plan
    from mutirao.plans.states import State

    _fill_calendar(Event)
    plan = Plan.objects.filter(state=State.IN_PROGRESS).first()
    city = Organisation.objects.filter(kind="city").first()
    assert plan and city
    return [
        ("home", "/pt/"),
        ("directory", "/pt/network/"),
        ("organisation", f"/pt{city.get_absolute_url()[3:]}"),
        ("plans", "/pt/plans/"),
        ("plan", f"/pt{plan.get_absolute_url()[3:]}"),
        ("board", "/pt/commitments/"),
        ("calendar month", "/pt/calendar/"),
        ("calendar list", "/pt/calendar/?view=list"),
        (f"feed of {FEED_EVENTS}, cold", "/calendar/network.ics"),
        (f"feed of {FEED_EVENTS}, warm", "/calendar/network.ics"),
    ]


def _fill_calendar(event: type[Model]) -> None:
    """Fill the calendar up to 500 public events."""
    from datetime import timedelta

    from django.utils import timezone

    from mutirao.core.states import Visibility

    today = timezone.localdate()
    missing = (
        FEED_EVENTS
        - event._default_manager.filter(
            visibility=Visibility.PUBLIC, starts_on__isnull=False
        ).count()
    )
    event._default_manager.bulk_create(
        event(
            title=f"Encontro {number}",
            description="Um encontro de medida, com um texto de tamanho comum para um encontro.",
            starts_on=(day := today + timedelta(days=number % 300)),
            ends_on=day,
            place="Montevideo",
            country="UY",
            visibility=Visibility.PUBLIC,
        )
        for number in range(missing)
    )


def _request(handler: WSGIHandler, address: str) -> bytes:
    """One GET through the whole stack; raises when the answer is not 200."""
    where, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": where,
        "QUERY_STRING": query,
        "SERVER_NAME": "bench",
        "SERVER_PORT": "80",
        "HTTP_HOST": "bench",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    status: list[str] = []

    def start_response(code: str, headers: object, exc_info: object = None) -> Callable:
        status.append(code)
        return body.append

    body: list[bytes] = []
    answer = handler(environ, start_response)
    body.extend(answer)
    answer.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address}: {status[0]}")
    return b"".join(body)


def _backend() -> psutil.Process | None:
    """The PostgreSQL process that serves this connection, when it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        return psutil.Process(pid)
    except psutil.Error:
        return None


def _spent(backend: psutil.Process | None) -> float:
    own = time.process_time()
    if backend is None:
        return own
    times = backend.cpu_times()
    return own + times.user + times.system


def _cpu_ms(
    handler: WSGIHandler, address: str, before: Callable[[], None] | None = None
) -> tuple[float, float]:
    """Median CPU milliseconds a request over several batches, warmed up first, and × the floor.

    The floor is measured beside each batch: on a busy machine it doubles within a minute.
    """
    for _ in range(3):
        _request(handler, address)
    backend = _backend()
    costs = [
        (
            _batch(handler, address, BATCH, backend, before),
            _batch(handler, "/bench-floor", FLOOR_BATCH, backend),
        )
        for _ in range(ROUNDS)
    ]
    milliseconds = statistics.median(page for page, _floor in costs)
    return milliseconds, statistics.median(page / floor for page, floor in costs)


def _batch(
    handler: WSGIHandler,
    address: str,
    times: int,
    backend: psutil.Process | None,
    before: Callable[[], None] | None = None,
) -> float:
    gc.collect()
    start = _spent(backend)
    for _ in range(times):
        if before:
            before()
        _request(handler, address)
    return (_spent(backend) - start) / times * 1000


def _cost(handler: WSGIHandler, name: str, address: str) -> Cost:
    forget = _forget_feeds if name.endswith("cold") else None
    milliseconds, ratio = _cpu_ms(handler, address, forget)
    if forget:
        forget()
    connections["default"].force_debug_cursor = True
    connection.queries_log.clear()
    body = _request(handler, address)
    queries = len(connection.queries_log)
    connections["default"].force_debug_cursor = False
    return Cost(name, round(milliseconds, 2), round(ratio, 2), queries, round(len(body) / 1024, 1))


def _forget_feeds() -> None:
    """Empty what the feeds keep between requests."""
    from mutirao.meetings import feeds

    feeds.forget()


def _print_table(costs: list[Cost]) -> None:
    print(f"{'page':<24}{'CPU ms':>9}{'× floor':>9}{'queries':>9}{'kB sent':>9}")
    for cost in costs:
        print(
            f"{cost.page:<24}{cost.cpu_ms:>9.2f}{cost.floor:>9.2f}"
            f"{cost.queries:>9}{cost.kilobytes:>9.1f}"
        )
    print(f"\n{os.cpu_count()} CPUs; CPU of the web process and PostgreSQL; gzip included.")
