"""Sending what waits: one letter after the other, over one connection, each kept at once."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from mutirao.core.alone import only_one
from mutirao.core.gateways.post_office import (
    AddressRefused,
    LetterRefused,
    NobodyThere,
    PostOffice,
    TryLater,
)

from ..models import Letter
from ..states import State
from .refusing import refuse
from .writing import wake

log = logging.getLogger(__name__)

# 1, 2, 4 … 240 minutes, then every four hours: five days in all, as RFC 5321 (4.5.4.1) advises.
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 37
# While no server answers, it is asked again after 15 s, 30 s … 10 minutes.
_PAUSE, _LONGEST_PAUSE = 15, 600
_DOWN = "letters.down"
_SENDER = 0x4C455454  # "LETT": the number of the advisory lock


def send_waiting(*, seconds: float = 60) -> int:
    """Send what waits for up to `seconds`; returns how many letters the server took.

    Each letter is locked while it is handed over and marked in the same transaction: after a
    kill -9 the one in flight, and no other, is sent again; two workers never send the same one.
    """
    with only_one(_SENDER) as alone:
        # A slow mail server must not take up every job there is.
        return _send(seconds) if alone else 0


def _send(seconds: float) -> int:
    down = cache.get(_DOWN)
    if down and down["until"] > time.time():
        return 0
    until, sent = time.monotonic() + seconds, 0
    with PostOffice() as office:
        while time.monotonic() < until:
            try:
                state = _send_next(office)
            except NobodyThere as error:
                _wait_for_the_server(str(error), down)
                return sent
            if state is None:
                break
            sent += state == State.SENT
        else:
            wake()
    if down and sent:
        cache.delete(_DOWN)
    return sent


def _wait_for_the_server(said: str, before: dict[str, float] | None) -> None:
    pause = min(_LONGEST_PAUSE, 2 * before["pause"]) if before else _PAUSE
    # Kept longer than the pause: the next failure must know how long this one was.
    cache.set(_DOWN, {"pause": pause, "until": time.time() + pause}, timeout=pause + 300)
    log.warning("the mail server takes nothing (%s); asked again in %d s", said, pause)


@transaction.atomic
def _send_next(office: PostOffice) -> str | None:
    """Send the letter that has waited longest; returns how it stands now, None without any."""
    letter = (
        Letter.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=State.WAITING, due_at__lte=timezone.now())
        .order_by("due_at", "pk")
        .first()
    )
    if letter is None:
        return None
    try:
        office.hand_over(letter.message())
    except AddressRefused as error:
        letter.state, letter.reply = State.REFUSED, str(error)[:500]
        refuse(address=letter.to, reason=letter.reply, letter=letter)
    except LetterRefused as error:
        letter.state, letter.reply = State.FAILED, str(error)[:500]
        log.error("letter %s was refused: %s", letter.pk, error)
    except TryLater as error:
        _put_off(letter, str(error))
    else:
        letter.state, letter.sent_at, letter.reply = State.SENT, timezone.now(), ""
        if letter.secret and settings.MAIL_LEAVES:
            letter.text = letter.html = ""
    letter.save(update_fields=["state", "reply", "sent_at", "attempts", "due_at", "text", "html"])
    return letter.state


def _put_off(letter: Letter, said: str) -> None:
    letter.attempts += 1
    letter.reply = said[:500]
    if letter.attempts >= MOST_ATTEMPTS:
        letter.state = State.FAILED
        log.error("letter %s given up after %d attempts: %s", letter.pk, letter.attempts, said)
        return
    wait = min(LONGEST_WAIT, timedelta(minutes=2 ** min(letter.attempts - 1, 10)))
    letter.due_at = timezone.now() + wait


def clear_away() -> int:
    """Remove letters that are done with and older than `MUTIRAO_LETTERS_DAYS`."""
    before = timezone.now() - timedelta(days=settings.LETTERS_DAYS)
    done = Letter.objects.exclude(state=State.WAITING).filter(written_at__lt=before)
    return done.delete()[0]
