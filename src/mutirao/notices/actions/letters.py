"""Notices as letters: what a mail at once and a digest have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mutirao.accounts.models import User
from mutirao.core.happenings import KINDS
from mutirao.core.languages import DJANGO_CODES
from mutirao.letters import actions as letters
from mutirao.letters.models import Letter

from ..models import Notice
from ..queries.clock import zone_of
from ..queries.sentences import Line
from ..states import Way

SALT = "notices.unsubscribe"
# A mail is read on a phone: what is beyond waits in the page, one click away.
MOST_LINES = 40


def unsubscribe_token(person: User, what: str) -> str:
    """Nobody can guess or alter it; it holds for one person and one kind (or way), for ever."""
    return signing.dumps([person.pk, what], salt=SALT)


def letter_for(
    person: User,
    template: str,
    lines: Sequence[Line],
    *,
    what: str,
    key: str | None = None,
    **context: Any,
) -> Letter:
    """A letter (not yet kept) of these lines, in the person's language and time zone.

    `what` is the kind or the way it stops when the person unsubscribes; empty for what must be
    told.
    """
    with override(DJANGO_CODES[person.language]), timezone.override(zone_of(person.time_zone)):
        stop_url = ""
        if what:
            path = reverse("notices:unsubscribe", args=[unsubscribe_token(person, what)])
            stop_url = settings.BASE_URL + path
        kind = KINDS.get(what)
        subject, text, html = letters.written(
            template,
            {
                "person": person,
                "lines": lines[:MOST_LINES],
                "more": max(0, len(lines) - MOST_LINES),
                "first": lines[0].newest,
                "notices_url": settings.BASE_URL + reverse("notices:notices"),
                "preferences_url": settings.BASE_URL + reverse("notices:preferences"),
                "stop_url": stop_url,
                "what": what,
                "kind_label": kind.label if kind else "",
                "because_followed": all(
                    item.notice.because_followed for line in lines for item in line.items
                ),
                **context,
            },
            person.language,
        )
    headers = {}
    if stop_url:
        headers = {
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if not any(item.notice.way == Way.NOW for line in lines for item in line.items):
        headers["Precedence"] = "bulk"
    return Letter(
        to=person.email,
        person=person,
        language=person.language,
        subject=subject,
        text=text,
        html=html,
        headers=headers,
        key=key,
    )


def held(person: User) -> bool:
    """Take the person's lock until the transaction ends, unless another worker has it.

    Notices alone would not do: two workers that lock them at once would each get a part.
    """
    mine = User.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=person.pk)
    return bool(list(mine.values_list("pk", flat=True)))


def mark(notices: QuerySet[Notice], letter: Letter | None) -> int:
    """These have been mailed, in `letter` (None: there was nothing left to say)."""
    return notices.update(mailed_at=timezone.now(), letter=letter)


def keys_of(notices: Iterable[Notice]) -> QuerySet[Notice]:
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])
