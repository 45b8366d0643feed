"""What the acts of the secretariat have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.templatetags.mutirao import day

from ..acting import Actor


def only_the_secretariat(by: Actor) -> None:
    if not rules.test_rule("network.manage", by):
        raise PermissionDenied


def period(record: Any) -> str:
    """ "from 1 Jan 2026 to 31 Dec 2026", or "since …", in the reader's language."""
    if record.ends_on is None:
        return _("since %(day)s") % {"day": day(record.starts_on, "medium")}
    days = {"first": day(record.starts_on, "medium"), "last": day(record.ends_on, "medium")}
    return _("from %(first)s to %(last)s") % days


def current(record: Any, version: int | None) -> Any:
    """The record under lock. Raises Conflict when it was saved since `version`, if one is given."""
    now = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if version is not None and now.version != version:
        raise Conflict(now)
    return now


@contextmanager
def refusals(**messages: str) -> Iterator[None]:
    """Say a refusal of the database in words: constraint's name (or its beginning) → message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        name = getattr(diag, "constraint_name", None) or ""
        known = next((text for key, text in messages.items() if name.startswith(key)), None)
        if known is None:
            raise
        raise NotAllowed(known) from error


def overlapping(rows: models.QuerySet, starts_on: date, ends_on: date | None) -> Any:
    """The first of `rows` with a day in common with starts_on … ends_on (None: for ever)."""
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return rows.filter(starts_on__lte=ends_on or date.max).order_by("starts_on").first()


def ended(record: Any, ends_on: date) -> Any:
    """The record with its last day set; refused before its first day."""
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if ends_on < record.starts_on:
        first = day(record.starts_on, "medium")
        raise NotAllowed(_("The last day cannot come before the first, %(day)s.") % {"day": first})
    record.ends_on = ends_on
    with refusals(
        member_once=_("These days overlap with another admission."),
        mandate_one_live=_("These days overlap with another holder of the office."),
        membership_once=_("These days overlap with another of the person's roles there."),
        suspension_once=_("These days overlap with another suspension."),
        suspension_inside=_("A suspension goes on after that day: end it first."),
    ):
        record.save(update_fields=["ends_on"])
    return record
