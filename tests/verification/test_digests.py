"""Digests of many notices while the real job worker is killed, counted in a real SMTP server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installation import MUTIRAO, Installation
from tests.letters.sink import Sink, listening

# People, notices each, and where the worker is killed (messages the server has by then).
SMALL = (40, 3, (5, 20))
WHOLE = (500, 20, (60, 180, 330))
LONGEST_SECONDS = 60


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    sink = Sink()
    with listening(sink) as port:
        yield sink, port


def prepared(home: Path, port: int) -> tuple[Installation, str]:
    """An installation with its database up to date, and that database's address."""
    made = Installation(home, extra={"MUTIRAO_EMAIL_URL": f"smtp://127.0.0.1:{port}"})
    made.run("manage", "prepare")
    url = made.extra.get("DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    return made, url


FILLING = """
from datetime import timedelta
from django.utils import timezone
from mutirao.accounts.models import User
from mutirao.notices.models import Notice
from procrastinate.contrib.django import app

before = timezone.now() - timedelta(days=2)
people = User.objects.bulk_create(
    User(email=f"p{{n}}@city.example", name=f"Person {{n}}", language=("pt", "es", "en")[n % 3])
    for n in range(1, {people} + 1)
)
Notice.objects.bulk_create(
    Notice(
        person=person,
        kind="notices.address_refused",
        facts={{"address": f"mark-{{person.pk}}-{{n}}-end", "reason": ""}},
        way="daily",
        created_at=before,
    )
    for person in people
    for n in range({each})
)
app.configure_task("notices.digests").defer()
"""


def filled(made: Installation, people: int, each: int) -> None:
    """People with notices of the day before yesterday that wait for their daily digest."""
    made.run("manage", "shell", "-c", FILLING.format(people=people, each=each))


def worker(made: Installation) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [MUTIRAO, "worker"],
        env={**made.environment, "MUTIRAO_ROLE": "worker"},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def marks(message: Any) -> list[str]:
    return re.findall(r"mark-\d+-\d+-end", message.get_body(("plain",)).get_content())


def killed_and_counted(
    home: Path, sink: Sink, port: int, people: int, each: int, kills: tuple[int, ...]
) -> float:
    """Run the digests, killing the worker with -9 on the way; returns the seconds it all took."""
    made, url = prepared(home, port)
    holder = None
    if not url:  # the embedded server, held here while workers die
        from mutirao.core.postgres import EmbeddedServer

        holder = EmbeddedServer(home)
        url = holder.hold()
        made.extra["DATABASE_URL"] = url
    filled(made, people, each)
    started = time.monotonic()
    process = worker(made)
    try:
        for kill in kills:
            wait_for(sink, kill, process)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process = worker(made)
        wait_for(sink, people, process, {f"p{n}@city.example" for n in range(1, people + 1)})
        seconds = time.monotonic() - started
        time.sleep(2)  # nothing more may come
        check(sink, url, people, each, len(kills))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if holder is not None:
            holder.stop()
    return seconds


def wait_for(
    sink: Sink, count: int, process: subprocess.Popen[bytes], everybody: set[str] | None = None
) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if everybody is None and len(sink.messages) >= count:
            return
        if everybody is not None and everybody <= {str(m["To"]) for m in sink.messages}:
            return
        assert process.poll() is None, "the worker ended by itself"
        time.sleep(0.01 if everybody is None else 0.2)
    raise AssertionError(f"{len(sink.messages)} of {count} messages")


def check(sink: Sink, url: str, people: int, each: int, kills: int) -> None:
    identities = Counter(sink.identities)
    twice = [identity for identity, times in identities.items() if times > 1]
    assert len(identities) == people  # one digest a person, each with an identity of its own
    assert sum(identities.values()) - people <= kills
    assert all(identities[identity] == 2 for identity in twice)
    first = {str(message["Message-ID"]): message for message in sink.messages}
    told = Counter(mark for message in first.values() for mark in marks(message))
    assert len(told) == people * each and set(told.values()) == {1}
    with psycopg.connect(url) as connection:
        asked = "SELECT count(*) FROM notices_notice WHERE mailed_at IS NULL OR letter_id IS NULL"
        assert connection.execute(asked).fetchone() == (0,)
        asked = "SELECT count(*) FROM letters_letter WHERE state <> 'sent'"
        assert connection.execute(asked).fetchone() == (0,)


def test_a_few_digests_survive_the_death_of_the_worker(
    tmp_path: Path, sink: tuple[Sink, int]
) -> None:
    home = Path(os.environ["MUTIRAO_HOME"]) / f"d-{tmp_path.name[-20:]}"
    killed_and_counted(home, *sink, *SMALL)


@pytest.mark.verify
def test_ten_thousand_notices_for_five_hundred_people_within_a_minute(
    tmp_path: Path, sink: tuple[Sink, int]
) -> None:
    home = Path(os.environ["MUTIRAO_HOME"]) / f"d-{tmp_path.name[-20:]}"
    seconds = killed_and_counted(home, *sink, *WHOLE)
    print(f"500 digests of 10,000 notices, three kills: {seconds:.1f} s", file=sys.stderr)
    assert seconds <= LONGEST_SECONDS
