"""Who may do what: one row an action on a record, with the roles for which it works.

The one source of `docs/permissions.md` (tools/permissions_doc.py) and of `test_permissions.py`,
which tries every row as every role over HTTP: each role that is not named must be refused, and
nothing may have been written. Each module of this package brings its `AREAS`, in the order of
their names; the records they speak of are made in `world.py` and `more_world/`. No Django here:
the tool reads it without an installation.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from .base import NEAREST, ROLES, SHORT, Area, Row

__all__ = ["AREAS", "NEAREST", "ROLES", "SHORT", "Area", "Row"]


def _areas() -> list[Area]:
    names = sorted(module.name for module in iter_modules(__path__) if module.name != "base")
    found = [import_module(f"{__name__}.{name}") for name in names]
    return [area for module in found for area in module.AREAS]


AREAS: list[Area] = _areas()
