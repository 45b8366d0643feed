"""Notices that are mailed at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from mutirao.accounts.models import User
from mutirao.core.happenings import KINDS
from mutirao.core.languages import DJANGO_CODES
from mutirao.letters import actions as letters
from mutirao.letters.queries import refusal_of
from mutirao.network.acting import Actor

from ..models import Notice
from ..queries.clock import pause_ends, quiet_ends, zone_of
from ..queries.own import habits_of
from ..queries.seeing import actors_of
from ..queries.sentences import Line, lines_of, said, with_makers
from ..states import Way
from .letters import held, keys_of, letter_for, mark

AT_ONCE = 100  # people whose ways of acting are looked up together


def mail_due(*, now: datetime | None = None) -> int:
    """Write the mails that are due; returns how many. May run twice, or twice at the same time."""
    now = now or timezone.now()
    due = Notice.objects.filter(way=Way.NOW, mailed_at=None, due_at__lte=now)
    ids = list(due.order_by().values_list("person", flat=True).distinct())
    written = 0
    for start in range(0, len(ids), AT_ONCE):
        people = User.objects.filter(pk__in=ids[start : start + AT_ONCE])
        ways = actors_of(people)
        for person in people:
            written += _mail(person, ways[person.pk], now)
    return written


@transaction.atomic
def _mail(person: User, ways: list[Actor], now: datetime) -> int:
    if not held(person):
        return 0
    waiting = list(
        with_makers(Notice.objects.filter(person=person, way=Way.NOW, mailed_at=None))
        .filter(due_at__lte=now)
        .select_for_update(of=("self",))
        .order_by("-created_at", "-pk")
    )
    waiting = _allowed(person, waiting, now)
    if not waiting:
        return 0
    with override(DJANGO_CODES[person.language]), timezone.override(zone_of(person.time_zone)):
        found = said([notice for notice in waiting if notice.read_at is None], ways)
        lines = lines_of(found, anywhere=True)
    for line in lines:
        _send(person, line)
    told = {item.notice.pk for item in found}
    mark(keys_of(notice for notice in waiting if notice.pk not in told), None)
    return len(lines)


def _allowed(person: User, waiting: list[Notice], now: datetime) -> list[Notice]:
    """Those that may be mailed now; the others are put off, or stay in the page only."""
    if not person.is_active or refusal_of(person.email):
        keys_of(waiting).update(way=Way.PAGE)
        return []
    habits = habits_of(person)
    zone = zone_of(person.time_zone)
    kept_back = [notice for notice in waiting if not _must(notice)]
    if pause_ends(habits, zone, now):
        keys_of(kept_back).update(way=Way.DAILY)  # one digest after the pause, not a flood
    elif ends := quiet_ends(habits, zone, now):
        keys_of(kept_back).update(due_at=ends)
    else:
        return waiting
    return [notice for notice in waiting if _must(notice)]


def _must(notice: Notice) -> bool:
    kind = KINDS.get(notice.kind)
    return kind is not None and kind.must


def _send(person: User, line: Line) -> None:
    kinds = {item.notice.kind for item in line.items}
    if any(_must(item.notice) for item in line.items):
        what = ""
    else:
        what = kinds.pop() if len(kinds) == 1 else str(Way.NOW)
    letter = letter_for(person, "notices/mail/now", [line], what=what)
    letters.keep(letter)
    mark(keys_of(item.notice for item in line.items), letter)
