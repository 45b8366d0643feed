"""What happened that concerns somebody: any app says so here, and `notices` carries it to people.

An app declares what it tells in its room `happenings.py` (found at the start), and
its actions call `tell`, inside the transaction of the act. Nothing below `notices` needs to know
how, when or whether a person is reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.dispatch import Signal

happened = Signal()  # kind, people, record, by, followers, url, facts


@dataclass(frozen=True)
class Kind:
    """One kind of notice, as a person chooses it and reads it.

    `key` is "app.what". `label` names it where people choose how they are told. `line` is one
    sentence in the reader's language, a %-format: `%(record)s`, `%(person)s`, `%(organisation)s`
    (who did it, for whom) and the facts given to `tell`. `default` is how it reaches somebody who
    never chose: "now" (in the page and a mail at once), "daily", "weekly" (a digest) or "page".
    `must` ones cannot be switched off and do not wait for quiet hours (security, the law).
    """

    key: str
    label: Any
    line: Any
    default: str = "daily"
    must: bool = False


KINDS: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Register kinds of notices. Raises ValueError when two have the same key."""
    for kind in kinds:
        if KINDS.setdefault(kind.key, kind) is not kind:
            raise ValueError(f"two kinds of notices are called {kind.key}")


def tell(
    kind: str,
    *,
    people: Iterable[int] = (),
    record: Model | None = None,
    by: Any = None,
    followers: bool = False,
    url: str = "",
    **facts: Any,
) -> None:
    """Say that something happened, to `people` (ids of accounts) and, if asked, to followers.

    `record` is what it is about: its page is where the notice leads, unless `url` (a path without
    language prefix trouble: made with `reverse` in any language) says otherwise. `followers` adds
    those who follow the record or what it belongs to (its unit, its cities, its themes and goals)
    and may see it. `by` is the `Actor`; nobody is told of what they did themselves. `facts` fill
    the sentence: text, numbers, dates, or `{pt, es, en}` labels, which are read in the reader's
    language. Raises KeyError for a kind that was not declared.
    """
    happened.send(
        sender=KINDS[kind],
        kind=KINDS[kind],
        people=set(people),
        record=record,
        by=by,
        followers=followers,
        url=url,
        facts=facts,
    )
