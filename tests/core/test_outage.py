"""The database goes away and comes back: pages say so, in the reader's language, and recover."""

from __future__ import annotations

import os
import re
import time
import urllib.error
import urllib.request
from http.client import HTTPMessage

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import RequestFactory

from mutirao.core.outage import is_outage
from mutirao.core.postgres import EmbeddedServer
from mutirao.core.views import away
from tests.installation import Installation


@pytest.fixture
def site(old: Installation) -> Installation:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("stops the server, which must be our own")
    return old


def answer(url: str) -> tuple[int, str, HTTPMessage]:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.read().decode(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_outage_is_said_in_the_readers_language_and_ends_by_itself(site: Installation) -> None:
    pages = {
        "pt": ("/pt/network/", "sendo reiniciado"),
        "es": ("/es/calendar/", "se está reiniciando"),
        "en": ("/en/plans/", "is being restarted"),
    }
    server = EmbeddedServer(site.home)
    for path, _words in pages.values():
        assert answer(site.url + path)[0] == 200
    server.stop()
    for path, words in pages.values():
        started = time.monotonic()
        status, text, headers = answer(site.url + path)
        assert (status, words in text) == (503, True), path
        assert headers["Retry-After"] == headers["Refresh"] == "4"
        assert headers["Cache-Control"] == "no-store"
        assert "Traceback" not in text
        assert time.monotonic() - started < 5
    status, text, headers = answer(f"{site.url}/health")
    assert (status, headers["Content-Type"]) == (503, "application/json")
    server.start()
    back = time.monotonic()
    while answer(f"{site.url}/pt/network/")[0] != 200:
        assert time.monotonic() - back < 5
        time.sleep(0.05)
    assert {answer(site.url + path)[0] for path, _words in pages.values()} == {200}
    assert answer(f"{site.url}/health")[0] == 200


def raised(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (raised(OperationalError(), psycopg.OperationalError("connection refused")), True),
        (raised(OperationalError(), psycopg.errors.AdminShutdown()), True),
        (raised(OperationalError(), psycopg.errors.CannotConnectNow()), True),
        (raised(OperationalError(), psycopg.errors.TooManyConnections()), True),
        (raised(OperationalError(), psycopg.errors.ReadOnlySqlTransaction()), True),
        (InterfaceError("connection already closed"), True),
        (raised(OperationalError(), psycopg.errors.DeadlockDetected()), False),
        (raised(OperationalError(), psycopg.errors.QueryCanceled()), False),
        (raised(ProgrammingError(), psycopg.errors.UndefinedTable()), False),
        (ValueError("something else"), False),
        (None, False),
    ],
)
def test_outage_is_told_from_other_errors(error: Exception | None, expected: bool) -> None:
    assert is_outage(error) is expected


def test_outage_keeps_what_was_typed_and_offers_to_send_it_again() -> None:
    words = "Reunimos as seis cidades e ficou decidido que a oficina será em março."
    request = RequestFactory().post(
        "/pt/commitments/1/steps/add/",
        {"text": words, "csrfmiddlewaretoken": "old"},
        HTTP_ORIGIN="http://testserver",
    )
    response = away(request)
    text = response.content.decode()
    assert response.status_code == 503
    assert "Refresh" not in response
    assert f">{words}</textarea>" in text
    [form] = re.findall(r'<form method="post".*?</form>', text, re.S)
    assert 'action="/pt/commitments/1/steps/add/"' in form
    assert f'name="text" value="{words}"' in form
    assert 'value="old"' not in form
