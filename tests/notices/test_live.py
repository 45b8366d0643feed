"""The live door: who is let in, who hears what, and what happens when the database goes away."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Coroutine
from typing import Any

import pytest

from mutirao.core import tickets
from mutirao.live import MOST_STREAMS, MOST_WAITING, Live, Streams

SECRET = "a secret key of the house, long enough for this"
ORIGIN = "http://localhost:8000"


class Page:
    """A browser's page at the door, as an ASGI server shows it."""

    def __init__(self, live: Live, **asked: Any) -> None:
        self.live, self.asked = live, asked
        self.status, self.headers, self.body = 0, {}, ""
        self.left = asyncio.Event()
        self.heard = asyncio.Event()

    async def visit(self) -> None:
        headers = [(b"cookie", f"mutirao_session={self.asked.get('session', 's1')}".encode())]
        if origin := self.asked.get("origin", ORIGIN):
            headers.append((b"origin", origin.encode()))
        scope = {
            "type": "http",
            "method": self.asked.get("method", "GET"),
            "path": self.asked.get("path", "/"),
            "query_string": f"ticket={self.asked.get('ticket', '')}".encode(),
            "headers": headers,
        }
        await self.live(scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"").decode()
            self.heard.set()


def door() -> Live:
    return Live(url="postgresql://nowhere.invalid/x", secret=SECRET, origins=[ORIGIN])


def ticket(person: int = 7, session: str = "s1", now: float | None = None) -> str:
    return tickets.make(SECRET, person, session, now or time.time())


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 10))


@pytest.mark.parametrize(
    "wrong",
    [
        {"ticket": ""},
        {"ticket": "7.99999999999.x"},
        {"ticket": ticket(now=time.time() - tickets.SECONDS - 2)},
        {"ticket": ticket().replace("7.", "8.", 1)},
        {"ticket": ticket(), "session": "another"},
        {"ticket": ticket(session=""), "session": ""},
        {"ticket": tickets.make("another secret", 7, "s1", time.time())},
        {"ticket": ticket(), "origin": "http://evil.example"},
        {"ticket": ticket(), "origin": "null"},
    ],
)
def test_nobody_enters_without_a_ticket_of_their_own(wrong: dict[str, str]) -> None:
    async def test() -> None:
        page = Page(door(), **wrong)
        await page.visit()
        assert page.status == 403 and page.live.streams.count == 0

    run(test())


def test_only_the_persons_own_pages_hear_and_nothing_but_that_there_is_something() -> None:
    async def test() -> None:
        live = door()
        mine, other = Page(live, ticket=ticket(7)), Page(live, ticket=ticket(8, "s2"), session="s2")
        visits = [asyncio.create_task(page.visit()) for page in (mine, other)]
        await asyncio.sleep(0.05)
        live.streams.tell(7)
        await asyncio.sleep(0.05)
        assert mine.body == ": open\n\nevent: notices\ndata: new\n\n"
        assert other.body == ": open\n\n"
        assert mine.headers["access-control-allow-origin"] == ORIGIN
        assert mine.headers["content-type"].startswith("text/event-stream")
        for page in (mine, other):
            page.left.set()
        await asyncio.gather(*visits)
        assert live.streams.count == 0

    run(test())


def test_behind_a_proxy_no_origin_is_sent_and_none_is_needed() -> None:
    async def test() -> None:
        page = Page(door(), ticket=ticket(), origin="", path="/live/")
        visit = asyncio.create_task(page.visit())
        await page.heard.wait()
        assert page.status == 200 and "access-control-allow-origin" not in page.headers
        page.left.set()
        await visit

    run(test())


def test_one_person_has_few_streams_and_the_oldest_gives_way() -> None:
    async def test() -> None:
        streams = Streams()
        queues = [streams.open(7) for _n in range(MOST_STREAMS + 1)]
        assert streams.count == MOST_STREAMS
        assert queues[0] is not None and queues[0].get_nowait() is None

    run(test())


def test_a_reader_that_is_too_slow_is_let_go() -> None:
    async def test() -> None:
        streams = Streams()
        queue = streams.open(7)
        for _n in range(MOST_WAITING + 1):
            streams.tell(7)
        assert queue is not None and queue.get_nowait() is None
        assert streams.count == 0

    run(test())


def test_other_verbs_are_refused_and_health_is_honest() -> None:
    async def test() -> None:
        page = Page(door(), method="POST", ticket=ticket())
        await page.visit()
        assert page.status == 405
        page = Page(door(), path="/health")
        await page.visit()
        assert page.status == 503 and page.body == "no database 0\n"

    run(test())


def test_the_door_loads_no_django() -> None:
    code = (
        "import sys, mutirao.live; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_ticket_cannot_be_altered_in_any_letter() -> None:
    good = ticket()
    now = time.time()
    assert tickets.check(SECRET, good, "s1", now) == 7
    for place in range(len(good)):
        changed = good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :]
        # The last letter of base64 carries bits that say nothing.
        if place < len(good) - 1:
            assert tickets.check(SECRET, changed, "s1", now) is None
    assert tickets.check(SECRET, "9" * 400 + ".1.x", "s1", now) is None
    assert tickets.check(SECRET, "²." + "1" * 10 + ".x", "s1", now) is None
