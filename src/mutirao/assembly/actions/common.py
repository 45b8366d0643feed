"""What the acts of an assembly have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mutirao.network.acting import Actor
from mutirao.network.models import Membership
from mutirao.network.queries import live_on
from mutirao.network.states import DECIDING_ROLES

from ..models import Assembly, Election


def checked(rule: str, by: Actor, record: Any) -> None:
    if not rules.test_rule(rule, by, record):
        raise PermissionDenied


def locked_assembly(assembly: Assembly) -> Assembly:
    return (
        Assembly.objects.select_for_update(of=("self",)).select_related("term").get(pk=assembly.pk)
    )


def locked_election(election: Election) -> Election:
    """The office under lock: whatever happens to it, or is voted in it, comes one by one."""
    return (
        Election.objects.select_for_update(of=("self",))
        .select_related("assembly__term", "unit")
        .get(pk=election.pk)
    )


def deciders(organisations: Iterable[Any]) -> set[int]:
    """Accounts that may bind any of the organisations (ids or a query) today."""
    held = Membership.objects.filter(
        live_on(timezone.localdate()), organisation__in=organisations, role__in=DECIDING_ROLES
    )
    return set(held.values_list("person", flat=True))
