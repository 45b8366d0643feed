"""Every row of the table as every role: by page, by forged form, by feed, by export."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.http.response import HttpResponseBase
from django.template.base import Template
from django.test import Client
from django.test.utils import _TestState

from mutirao.meetings import feeds, filters
from mutirao.meetings.views import pages
from mutirao.plans.review.samples import samples

from .table import AREAS, NEAREST, ROLES, Area, Row
from .world import World, world, written

Choose = Callable[[int, Row], list[str]]
HTMX = {"HX-Request": "true", "HX-Target": "work"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    """In the middle of a term, so that a mandate can have ended yesterday."""
    for kept in (feeds._kept, filters._units, filters._themes, pages._calendars, pages._events):
        kept.clear()
    # Some thousand requests: their log lines would cost more than the requests' own work.
    logging.disable(logging.ERROR)
    with time_machine.travel("2026-06-10T15:00:00+00:00", tick=True):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _plain_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's test client copies every context it renders; nobody looks at them here."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)  # type: ignore[attr-defined]


def _filled(text: str, here: World) -> str:
    return text.format(**vars(here.records), key=uuid4(), sample=samples()[0].name)


def _path(row: Row, here: World) -> str:
    before, brace, rest = row.path.partition("{")
    name, _end, after = rest.partition("}")
    if name.endswith(".get_absolute_url"):
        record = getattr(here.records, name.partition(".")[0])
        return "/en/" + record.get_absolute_url().split("/", 2)[2]
    return _filled(row.path, here) if brace else before + after


def _body(answer: HttpResponseBase) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode("utf-8", "replace")  # type: ignore[attr-defined]
    return answer.content.decode("utf-8", "replace")  # type: ignore[attr-defined]


def _read(browser: Client, path: str, htmx: bool) -> tuple[int, str]:
    """Status and text of a page; a list is asked for once, though many rows look into it."""
    known = browser.__dict__.setdefault("read", {})
    if (path, htmx) not in known:
        answer = browser.get(path, headers=HTMX if htmx else {})
        status = 401 if _to_sign_in(answer) else answer.status_code
        known[path, htmx] = (status, _body(answer))
    return known[path, htmx]


def _to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and "/accounts/login/" in answer.url


def _ask(row: Row, role: str, here: World) -> tuple[bool, str]:
    """Whether it worked for that role, and what was answered."""
    browser = here.browsers[role]
    path = _path(row, here)
    if not row.is_post:
        status, body = _read(browser, path, row.htmx)
        return status == row.status and _filled(row.shows, here) in body, str(status)
    data = {name: _filled(value, here) for name, value in (row.data or {}).items()}
    answer = browser.post(path, data, headers=HTMX if row.htmx else {})
    changed = written() != here.written
    if row.effect == "done":
        changed = answer.status_code == 302 and not _to_sign_in(answer)
    elif row.effect == "shown":
        changed = answer.status_code == 200
    return changed, str(answer.status_code)


def _tried(number: int, row: Row) -> list[str]:
    """Some roles for every row, others for the next: one that may, and four that may not."""
    may = [role for role in ROLES if role in row.allowed]
    may_not = [role for role in (ROLES if may else NEAREST) if role not in row.allowed]
    return [*_turned(may, number)[:1], *_turned(may_not, number)[:4]]


def _turned(roles: list[str], number: int) -> list[str]:
    at = number % len(roles) if roles else 0
    return roles[at:] + roles[:at]


def _everybody(number: int, row: Row) -> list[str]:
    return list(ROLES)


def _differences(area: Area, here: World, choose: Choose) -> Iterator[str]:
    for number, row in enumerate(area.rows):
        for role in choose(number, row):
            with transaction.atomic():
                worked, status = _ask(row, role, here)
                transaction.set_rollback(True)
            if worked != (role in row.allowed):
                verb = "could" if worked else "could not"
                yield f"{role} {verb} {row.what} ({row.record}): {status} {row.path}"


EACH_AREA = pytest.mark.parametrize("area", AREAS, ids=[area.title for area in AREAS])


@EACH_AREA
def test_roles_in_turn_can_do_what_the_table_says_and_nothing_else(area: Area) -> None:
    differences = list(_differences(area, world(), _tried))
    assert not differences, "\n".join(differences)


@pytest.mark.verify
@EACH_AREA
def test_each_role_can_do_what_the_table_says_and_nothing_else(area: Area) -> None:
    differences = list(_differences(area, world(), _everybody))
    assert not differences, "\n".join(differences)
