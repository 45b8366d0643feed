"""Every list can be taken along; a guessed address of an export gives no more than its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import mutirao
from tests.factories import MembershipFactory, actor

HERE = Path(mutirao.__file__).parent
PAGED = re.compile(r"<c-pager\b")
# A page of its own list that is taken along elsewhere, or is no list of the product.
ELSEWHERE = {
    "letters/outbox.html": "letters of the demonstration, each of them a file already",
    "meetings/partials/coming.html": "part of the calendar's page, which has them",
}


def _templates() -> list[Path]:
    return [path for path in HERE.rglob("templates/**/*.html") if "cotton" not in path.parts]


def _name(path: Path) -> str:
    return str(path).split("/templates/", 1)[1]


def test_every_list_with_pages_offers_its_export() -> None:
    lists = [path for path in _templates() if PAGED.search(path.read_text())]
    assert len(lists) > 15
    without = {_name(path) for path in lists if "<c-export" not in path.read_text()}
    assert without == set(ELSEWHERE)


def test_every_view_that_cuts_a_list_into_pages_can_export_it() -> None:
    views = [path for path in HERE.rglob("*.py") if "paginate(request" in path.read_text()]
    without = {
        f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        for path in views
        if "exported(" not in path.read_text()
    }
    assert {name for name in without if "core/lists" not in name} == {"mutirao/letters/views.py"}


def _addresses() -> list[str]:
    """Every page of the house whose address takes nothing, in English."""
    found: list[str] = []

    def walk(patterns: list, prefix: str) -> None:
        for item in patterns:
            part = str(item.pattern)
            if isinstance(item, URLResolver):
                walk(item.url_patterns, prefix + part)
            elif isinstance(item, URLPattern) and "<" not in prefix + part:
                found.append("/" + (prefix + part).replace("^", "").replace("$", ""))

    walk(get_resolver().url_patterns, "")
    return sorted({re.sub(r"^/pt/|^/es/", "/en/", path) for path in found if "(" not in path})


def _answer(client: Client, path: str, **query: str) -> HttpResponseBase:
    return client.get(path, query)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["visitor", "citizen", "member"])
def test_guessed_address_of_an_export_gives_no_more_than_the_page(client: Client, who: str) -> None:
    client.raise_request_exception = False
    if who == "citizen":
        client.force_login(MembershipFactory(starts_on="2001-01-01", ends_on="2002-01-01").person)
    elif who == "member":
        client.force_login(actor().person)
    addresses = [path for path in _addresses() if path.startswith("/en/")]
    assert len(addresses) > 30
    leaks = []
    for path in addresses:
        page = _answer(client, path)
        if page.status_code == 200:
            continue  # what it shows, its export may hold
        for kind in ("csv", "xlsx", "json"):
            file = _answer(client, path, format=kind)
            if file.status_code == 200 or "attachment" in file.get("Content-Disposition", ""):
                leaks.append(f"{path}?format={kind}")
    assert not leaks
