"""`mutirao doctor`: what an installation lacks, and what to do about it.

Each app declares its checks in a room `checks`; a check looks and never mends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """How one thing stands; a message that is not `ok` says what to do."""

    ok: bool
    message: str


def well(message: str) -> Finding:
    return Finding(True, message)


def ill(message: str) -> Finding:
    return Finding(False, message)


@dataclass(frozen=True)
class Check:
    """A thing to look at: its name for machines, and whether it asks the database."""

    name: str
    look: Callable[[], Finding | None]
    asks_database: bool


_checks: dict[str, Check] = {}


def declare(name: str, look: Callable[[], Finding | None], *, asks_database: bool = True) -> None:
    """Have `look` run by the doctor; it returns None when it does not concern this installation."""
    _checks[name] = Check(name, look, asks_database)


TABLES = "migrations"  # the check without which the others that ask the database make no sense


def findings(database: Finding) -> Iterator[tuple[str, Finding]]:
    """Each check's name and finding; those that ask the database are left out when it is away."""
    yield "database", database
    # Whether its tables are ours is asked before what is in them.
    in_order = sorted(_checks.values(), key=lambda c: (c.asks_database, c.name != TABLES))
    readable = database.ok
    for check in in_order:
        if check.asks_database and not readable:
            continue
        if finding := _looked(check):
            yield check.name, finding
            readable = readable and (finding.ok or check.name != TABLES)


def _looked(check: Check) -> Finding | None:
    try:
        return check.look()
    except Exception as error:  # a check that breaks is a finding, not the end of the others
        words = {"error": f"{type(error).__name__}: {error}"}
        return ill(_("This could not be looked at: %(error)s") % words)


def counts() -> dict[str, int]:
    """How many records there are of each model; history and tables not made yet are left out."""
    from pghistory.models import Event

    found: dict[str, int] = {}
    tables = set(connection.introspection.table_names())
    for model in apps.get_models():
        meta = model._meta
        if meta.managed and meta.db_table in tables and not issubclass(model, Event):
            found[meta.label] = model._base_manager.count()
    return found


def report(database: Finding) -> dict[str, Any]:
    """The whole as JSON takes it: `ok`, `checks` of name, ok and message, `counts`."""
    checks = [
        {"name": name, "ok": finding.ok, "message": finding.message}
        for name, finding in findings(database)
    ]
    try:
        numbers = counts() if database.ok else {}
    except DatabaseError:
        numbers = {}
    return {"ok": all(check["ok"] for check in checks), "checks": checks, "counts": numbers}
