"""What the calendar's tests share: a fixed today, and people who act."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from mutirao.meetings import feeds, filters
from mutirao.meetings.views import pages
from mutirao.network.acting import Actor

TODAY = "2026-06-10T15:00:00+00:00"  # a Wednesday


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False), translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What a process keeps belongs to one database; each test has its own."""
    for kept in (feeds._kept, filters._units, filters._themes, pages._calendars, pages._events):
        kept.clear()


@pytest.fixture
def enter(client: Client):
    """Sign in as an actor: `enter(actor)` gives the browser back."""

    def _enter(actor: Actor) -> Client:
        client.force_login(actor.person)
        return client

    return _enter
