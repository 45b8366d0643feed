"""What the house keeps about a person, said by each app in its room `personal.py`.

From this list a person sees and downloads what is theirs, and an erasure knows what to do with
each row. A test holds that every pointer to a person in the database is declared here, so that no
new table is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Holding:
    """Rows of `model` whose `field` is the person.

    `label` names them to the person ("Comments you wrote"). `erasure`: "keep" leaves the row, an
    act of the organisation, shown as "a person for the organisation"; "delete" removes it.
    `fields` are shown and downloaded, in that order; empty: all but keys to other tables.
    `rows` narrows or widens which rows are meant (default: those whose `field` is the person).
    """

    model: type[Model]
    field: str
    label: Any
    erasure: Literal["keep", "delete"]
    fields: tuple[str, ...] = ()
    rows: Callable[[Any], QuerySet] | None = None

    def of(self, person: Any) -> QuerySet:
        """The rows that are about `person` (an account)."""
        if self.rows is not None:
            return self.rows(person)
        return self.model._default_manager.filter(**{self.field: person})


HOLDINGS: list[Holding] = []


def declare(*holdings: Holding) -> None:
    HOLDINGS.extend(holdings)


@dataclass(frozen=True)
class Period:
    """How long something is kept: `setting` is the name of a Django setting in days."""

    setting: str
    label: Any


PERIODS: list[Period] = []


def keep_for(*periods: Period) -> None:
    """Declare a period of retention; the privacy page names each with its days."""
    PERIODS.extend(periods)


# Asked before an account is erased: why it cannot be, in the reader's language, or "".
OBSTACLES: list[Callable[[Any], str]] = []
# What an app does besides when an account is erased, such as ending what the person holds.
FAREWELLS: list[Callable[[Any], None]] = []
