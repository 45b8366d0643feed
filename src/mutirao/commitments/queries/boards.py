"""The board: commitments narrowed by filters and laid out in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutirao.core.languages import local
from mutirao.network.acting import Actor
from mutirao.network.models import Term
from mutirao.network.text import Folded, fold

from ..models import Commitment
from ..states import OPEN, State
from .seen import LATE, in_brief, overdue, standing_of, stands

# What is still owed comes first, by date; what is over comes after, the latest first.
OPEN_FIRST = (
    Case(When(state__in=OPEN, then=Value(0)), default=Value(1)).asc(),
    Case(When(state__in=OPEN, then=F("due_on"))).asc(nulls_last=True),
    F("done_on").desc(nulls_last=True),
    F("pk").asc(),
)
NONE = "none"  # in the address: without a unit, without a date
NOW, ALL = "now", "all"  # in the address: the current term and what has none; every term
BY = ("state", "unit", "owner", "month")
CARDS = 8  # in one column; the rest is a click away
_COLUMNS_OF_STATE = (
    State.PLANNED,
    State.IN_PROGRESS,
    LATE,
    State.DONE,
    State.CANCELLED,
    State.CARRIED,
)


@dataclass
class Group:
    """One column of the board: its value in the address, its name, how many, and the first ones.

    `first` are the ids of its cards.
    """

    key: Any
    value: str
    label: str
    count: int
    first: list[int]
    day: date | None = None
    cards: list[Commitment] = field(default_factory=list)


def _expression(by: str) -> Any:
    """What the columns of a board are grouped by."""
    return {
        "state": standing_of(),
        "unit": F("unit_id"),
        "owner": F("owner_id"),
        "month": TruncMonth("due_on"),
    }[by]


def filtered(
    found: QuerySet[Commitment], chosen: Mapping[str, Any], actor: Actor
) -> QuerySet[Commitment]:
    """Narrow `found` by the board's filters (see forms.BoardFilter)."""
    if words := str(chosen.get("q", "")):
        found = found.alias(folded=Folded("title"), folded_more=Folded("description"))
        for word in fold(words).split():
            found = found.filter(Q(folded__contains=word) | Q(folded_more__contains=word))
    found = _of_term(found, chosen.get("term"))
    for name in ("unit", "owner"):
        if value := chosen.get(name):
            wanted = {f"{name}__isnull": True} if value == NONE else {f"{name}_id": int(value)}
            found = found.filter(**wanted)
    if standing := chosen.get("state"):
        found = found.filter(stands(str(standing)))
    return _of_whom(_in_month(found, chosen.get("month")), chosen.get("whose"), actor)


def _of_term(found: QuerySet[Commitment], value: Any) -> QuerySet[Commitment]:
    """A term by its id; `NOW`, or nothing said: the current one and what belongs to none.

    Between two terms nothing is left out: there is no current one.
    """
    if value == ALL:
        return found
    if value and value != NOW:
        return found.filter(term_id=int(value))
    return of_now(found)


def of_now(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those of the current term or of none; all of them while no term is under way.

    What was carried over belongs to the current term, so it is among them.
    """
    today = timezone.localdate()
    current = Term.objects.filter(starts_on__lte=today, ends_on__gte=today)
    return found.filter(Q(term__isnull=True) | Q(term__in=current) | ~Exists(current))


def _in_month(found: QuerySet[Commitment], month: Any) -> QuerySet[Commitment]:
    if month == NONE:
        return found.filter(due_on__isnull=True)
    if isinstance(month, date):
        return found.filter(due_on__year=month.year, due_on__month=month.month)
    return found


def _of_whom(found: QuerySet[Commitment], whose: Any, actor: Actor) -> QuerySet[Commitment]:
    if whose == "ours":
        return found.filter(owner_id=actor.organisation_id or 0)
    if whose == "mine":
        named = Commitment.people.through.objects.filter(
            commitment_id=OuterRef("pk"), user_id=actor.person.pk if actor.person else 0
        )
        return found.filter(Exists(named))
    return found


def choices(seen: QuerySet[Commitment]) -> dict[str, list[tuple[str, str]]]:
    """Units, owners and terms that occur, as choices (one query).

    Returns {"unit": [(id, name)…], "owner": […], "term": […]} in the reader's order.
    """
    rows = (
        seen.order_by()
        .values_list(
            "unit_id",
            "unit__name",
            "owner_id",
            "owner__name",
            "owner__short_name",
            "term_id",
            "term__code",
        )
        .distinct()
    )
    units, owners, terms = {}, {}, {}
    for unit, unit_name, owner, name, short, term, code in rows:
        units[unit] = local(unit_name) if unit else ""
        owners[owner] = short or name
        terms[term] = code
    return {
        "unit": _sorted(units) + ([(NONE, _("without a unit"))] if None in units else []),
        "owner": _sorted(owners),
        "term": list(reversed(_sorted(terms))),
    }


def _sorted(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    known = [(str(key), name) for key, name in names.items() if key is not None]
    return sorted(known, key=lambda pair: fold(pair[1]))


def groups(found: QuerySet[Commitment], by: str) -> list[Group]:
    """The columns of the board, in order, with their counts and first cards (one query)."""
    names = {"unit": ["unit__name"], "owner": ["owner__name", "owner__short_name"]}.get(by, [])
    rows = (
        found.order_by()
        .annotate(group=_expression(by))
        .values_list("group", *names)
        .annotate(count=Count("pk"), first=_First("pk", order_by=OPEN_FIRST))
    )
    made = [_group(by, key, name, count, first) for key, *name, count, first in rows]
    return sorted(made, key=lambda group: _place(by, group))


class _First(ArrayAgg):
    """The first CARDS of an ordered array: one query less than ranking every row in a window."""

    template = f"({ArrayAgg.template})[1:{CARDS}]"


def _group(by: str, key: Any, name: Sequence[Any], count: int, first: list[int]) -> Group:
    if key is None:
        label = _("without a date") if by == "month" else _("without a unit")
        return Group(key, NONE, label, count, first)
    if by == "month":
        return Group(key, f"{key:%Y-%m}", "", count, first, day=key)
    labels = {
        "state": lambda: pgettext("commitment", "late") if key == LATE else State(key).label,
        "unit": lambda: local(name[0]),
        "owner": lambda: name[1] or name[0],
    }
    return Group(key, str(key), str(labels[by]()), count, first)


def _place(by: str, group: Group) -> tuple[bool, Any]:
    if group.key is None:
        return (True, 0)
    if by == "state":
        return (False, _COLUMNS_OF_STATE.index(group.key))
    return (False, group.key if by == "month" else fold(group.label))


def shown(columns: Sequence[Group]) -> Sequence[Group]:
    """Give `columns` the cards of their `first` (one query)."""
    wanted = [pk for group in columns for pk in group.first]
    rows = {row.pk: row for row in in_brief(Commitment.objects.filter(pk__in=wanted))}
    for group in columns:
        group.cards = [rows[pk] for pk in group.first if pk in rows]
    return columns


def overdue_by_unit(actor: Actor, term: str = NOW) -> QuerySet[Commitment]:
    """Overdue commitments, unit by unit: the unit with the longest late first, and so inside.

    `term` is `NOW`, `ALL`, or a term's id.
    """
    oldest = Window(Min("due_on"), partition_by=[F("unit_id")])
    return (
        _of_term(overdue(actor), term)
        .annotate(unit_since=oldest)
        .order_by("unit_since", "unit_id", "due_on")
    )
