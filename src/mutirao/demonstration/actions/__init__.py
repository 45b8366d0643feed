"""Brings the demonstration network to life: all of it at once, or nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from mutirao.accounts.models import User
from mutirao.network.models import Organisation
from mutirao.topics.actions import load_vocabularies
from mutirao.topics.models import Theme

from .. import queries
from .assembly import load_assemblies
from .calendar import load_events
from .discussions import load_discussions
from .network import load_network
from .people import load_people
from .plans import load_plans
from .registry import load_registry
from .reports import load_reports
from .told import load_told

# Two first starts at once: the second waits here, and then finds it loaded.
_LOCK = 0x4D757469


class NotEmpty(Exception):
    """The database already holds a network of its own."""


@dataclass(frozen=True)
class Loaded:
    """What a loading made; nothing when it was there before."""

    organisations: int = 0
    seconds: float = 0


@transaction.atomic
def load(*, today: date | None = None) -> Loaded:
    """Load the demonstration network, its days relative to `today` (default: the network's).

    Loading again changes nothing. Raises NotEmpty when the database holds organisations or
    people that are not the demonstration's.
    """
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if queries.is_loaded():
        return Loaded()
    if Organisation.objects.exists() or User.objects.exists():
        raise NotEmpty
    with pghistory.context(source="demonstration"):
        _load_all(today or timezone.localdate())
    return Loaded(Organisation.objects.count(), time.perf_counter() - started)


def _load_all(today: date) -> None:
    if not Theme.objects.exists():
        load_vocabularies()
    network = load_network(today)
    with _files_undone_on_failure() as files:
        plans = load_plans(network, today, files)
        load_events(network, plans, today)
        load_registry(network, today, files)
        load_reports(network, plans)
    load_discussions(network, plans)
    load_told(network, today)
    load_assemblies(network, today)
    load_people(network, today)


@contextmanager
def _files_undone_on_failure() -> Iterator[list]:
    """A list of the files written; a rollback does not reach them, so they are taken away here."""
    files: list = []
    try:
        yield files
    except BaseException:
        for file in files:
            file.storage.delete(file.name)
        raise
