"""What was said becomes notices, for many people at once."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mutirao.accounts.models import User
from mutirao.core.happenings import Kind
from mutirao.core.languages import DJANGO_CODES
from mutirao.core.records import kind_of

from ..models import Notice
from ..queries.following import follower_ids
from ..queries.kinds import ways_of
from ..queries.seeing import who_sees
from ..states import Way

# What comes in quick succession goes out in one mail: a breath before the first one …
BREATH = timedelta(seconds=20)
# … and after a mail about a record, the next one about it waits so long.
APART = timedelta(minutes=10)
CHANNEL = "mutirao_notices"


@transaction.atomic
def deliver(
    *,
    kind: Kind,
    people: Collection[int],
    record: Model | None,
    by: Any,
    followers: bool,
    url: str,
    facts: dict[str, Any],
) -> int:
    """Write a notice for everybody it concerns who may see the record; returns how many.

    The number of statements does not depend on how many people there are, unless the record is
    closed to members.
    """
    named = set(people)
    following = follower_ids(record) if followers and record is not None else set()
    author = by.person.pk if by is not None and by.person is not None else None
    found = User.objects.filter(pk__in=named | following, is_active=True).exclude(pk=author or 0)
    record, kept = _about(record, facts)
    told = who_sees(found, record)
    ways = ways_of(kind, [person.pk for person in told])
    to_tell = [person for person in told if ways.get(person.pk) != Way.OFF]
    if not to_tell:
        return 0
    type_id = ContentType.objects.get_for_model(record).pk if record is not None else None
    common: dict[str, Any] = {
        "kind": kind.key,
        "record_type_id": type_id,
        "record_id": record.pk if record is not None else None,
        "url": url[:500],
        "facts": kept,
        "by_person_id": author,
        "by_organisation_id": by.organisation_id if by is not None else None,
    }
    due = _due(kind, to_tell, ways, common)
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                person=person,
                way=ways.get(person.pk, kind.default),
                because_followed=person.pk not in named,
                created_at=now,
                due_at=due.get(person.pk, now if kind.must else now + BREATH),
                **common,
            )
            for person in to_tell
        ],
        batch_size=1000,
    )
    ring(person.pk for person in to_tell)
    if kind.must:
        transaction.on_commit(_ask_for_mail, robust=True)
    return len(to_tell)


def _about(record: Model | None, facts: dict[str, Any]) -> tuple[Model | None, dict[str, Any]]:
    """The record if it has a page, else its name among the facts: nobody may look it up later."""
    if record is not None and kind_of(record) is None:
        return None, {name: _kept(value) for name, value in {"record": record, **facts}.items()}
    return record, {name: _kept(value) for name, value in facts.items()}


def _kept(value: Any) -> Any:
    """A fact as JSON; what reads differently in each language is kept in all three."""
    if value is None or isinstance(value, bool | int | float | dict):
        return value
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Promise | Model):
        words = {}
        for code, django_code in DJANGO_CODES.items():
            with override(django_code):
                words[code] = str(value)
        return words if len(set(words.values())) > 1 else words["en"]
    return str(value)


def _due(
    kind: Kind, people: list[User], ways: dict[int, str], common: dict[str, Any]
) -> dict[int, datetime]:
    """For whom a mail about this record went out just now: the next one waits for company."""
    at_once = [person.pk for person in people if ways.get(person.pk, kind.default) == Way.NOW]
    if kind.must or not at_once or common["record_id"] is None:
        return {}
    recent = Notice.objects.filter(
        person__in=at_once,
        record_type_id=common["record_type_id"],
        record_id=common["record_id"],
        way=Way.NOW,
        mailed_at__gt=timezone.now() - APART,
    )
    last = recent.order_by().values("person").annotate(last=Max("mailed_at"))
    return {row["person"]: row["last"] + APART for row in last}


def ring(people: Any) -> None:
    """Tell the live door, at the commit, that these people have something new (ids only)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_notify('{CHANNEL}', person::text) FROM unnest(%s::bigint[]) AS person",  # noqa: S608  a constant
            [list(people)],
        )


def _ask_for_mail() -> None:
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("notices.mail_soon", queueing_lock="notices.mail_soon").defer()
