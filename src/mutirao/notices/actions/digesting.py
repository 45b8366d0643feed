"""Daily and weekly digests: one letter for each person and day, whatever crashes in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import override

from mutirao.accounts.models import User
from mutirao.core.alone import only_one
from mutirao.core.languages import DJANGO_CODES
from mutirao.letters import actions as letters
from mutirao.letters.queries import refusal_of
from mutirao.network.acting import Actor

from ..models import Habits, Notice
from ..queries.clock import digest_moment, pause_ends, quiet_ends, zone_of
from ..queries.seeing import actors_of
from ..queries.sentences import Line, lines_of, said, with_makers
from ..states import DIGESTS, Way
from .letters import held, keys_of, letter_for, mark

_WRITER = 0x44494745  # "DIGE": the number of the advisory lock
AT_ONCE = 100  # people whose ways of acting are looked up together


def write_due_digests(*, now: datetime | None = None) -> int:
    """Write a digest for everybody whose hour has come and for whom something waits.

    Each in a transaction of its own, together with the marks on its notices: killed in between,
    the next run goes on where this one stopped. Returns how many were written.
    """
    with only_one(_WRITER) as alone:
        return _write(list(_due(now or timezone.now()))) if alone else 0


def _write(due: list[tuple[int, str, datetime, date]]) -> int:
    written = 0
    for start in range(0, len(due), AT_ONCE):
        batch = due[start : start + AT_ONCE]
        people = {user.pk: user for user in User.objects.filter(pk__in=[item[0] for item in batch])}
        acting = actors_of(people.values())
        for pk, way, before, day in batch:
            written += write_digest(
                person=people[pk], way=way, before=before, day=day, acting=acting[pk]
            )
    return written


def _due(now: datetime) -> Iterator[tuple[int, str, datetime, date]]:
    """(person, way, moment, day) of each digest that is due: two queries, asked every few seconds.

    Whose oldest notice came after their last hour waits for the next one.
    """
    waiting = Notice.objects.filter(way__in=DIGESTS, mailed_at=None).order_by("person", "way")
    rows = waiting.values_list("person", "way", "person__time_zone").annotate(Min("created_at"))
    chosen = Habits.objects.filter(person__in=waiting.order_by().values("person"))
    habits = {row.person_id: row for row in chosen}
    for pk, way, zone_name, oldest in rows:
        theirs, zone = habits.get(pk) or Habits(person_id=pk), zone_of(zone_name)
        before, day = digest_moment(way, theirs, zone, now)
        if oldest >= before or pause_ends(theirs, zone, now) or quiet_ends(theirs, zone, now):
            continue
        yield pk, way, before, day


@transaction.atomic
def write_digest(
    *, person: User, way: str, before: datetime, day: date, acting: list[Actor]
) -> bool:
    """One digest of what waits for the person since before the moment `before`.

    `day` is the day at the person's place: there is one digest for it at most. `acting` are the
    ways the person acts today. Returns whether a letter was written.
    """
    if not held(person):
        return False
    waiting = list(
        with_makers(Notice.objects.filter(person=person, way=way, mailed_at=None))
        .filter(created_at__lt=before)
        .select_for_update(of=("self",))
        .order_by("-created_at", "-pk")
    )
    if not waiting:
        return False
    if not person.is_active or refusal_of(person.email):
        keys_of(waiting).update(way=Way.PAGE)
        return False
    with override(DJANGO_CODES[person.language]), timezone.override(zone_of(person.time_zone)):
        # What was read in the page meanwhile is no news.
        found = said([notice for notice in waiting if notice.read_at is None], acting)
        lines = lines_of(found, anywhere=True)
    if not lines:
        mark(keys_of(waiting), None)
        return False
    letter = _letter(person, way, day, lines, len(found))
    if letters.keep(letter) is None:  # today's is out already: tomorrow's takes these along
        return False
    told = {item.notice.pk for item in found}
    mark(keys_of(notice for notice in waiting if notice.pk in told), letter)
    mark(keys_of(notice for notice in waiting if notice.pk not in told), None)
    return True


def _letter(person: User, way: str, day: date, lines: list[Line], count: int):
    return letter_for(
        person,
        "notices/mail/digest",
        lines,
        what=way,
        key=f"{way}:{person.pk}:{day.isoformat()}",
        way=way,
        day=day,
        count=count,
    )
