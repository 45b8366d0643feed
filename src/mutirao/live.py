"""The live door: tells open pages that something is new for their reader. (ADR: live-door.)

An ASGI application of its own on the next port (or `/live/` behind a proxy). It loads no Django
and reads no records: one connection LISTENs, and each open page has a stream of server-sent
events. What passes is only "something is new"; the page fetches what it may see itself.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from mutirao.core import tickets

log = logging.getLogger("mutirao.live")

CHANNEL = "mutirao_notices"
COOKIE = "mutirao_session"
MOST_STREAMS = 8  # of one person; the oldest gives way
MOST_PEOPLE_STREAMS = 5000
MOST_WAITING = 4  # messages a slow reader may be behind before the stream is closed
HEARTBEAT = 20.0  # seconds; proxies close a silent connection after 30 to 60
LONGEST_STREAM = 3600.0  # the page comes back with a new ticket
LONGEST_PAUSE = 15.0

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Queue = asyncio.Queue[str | None]


class Streams:
    """The open streams of each person."""

    def __init__(self) -> None:
        self._of: dict[int, list[Queue]] = defaultdict(list)
        self.count = 0

    def open(self, person: int) -> Queue | None:
        """A new stream for the person; None when the house is full."""
        mine = self._of[person]
        if len(mine) >= MOST_STREAMS:
            self._end(person, mine[0])
        if self.count >= MOST_PEOPLE_STREAMS:
            return None
        queue: Queue = asyncio.Queue(MOST_WAITING)
        self._of[person].append(queue)
        self.count += 1
        return queue

    def close(self, person: int, queue: Queue) -> None:
        mine = self._of.get(person, [])
        if queue in mine:
            mine.remove(queue)
            self.count -= 1
        if not mine:
            self._of.pop(person, None)

    def _end(self, person: int, queue: Queue) -> None:
        """End a stream, however full: its reader is told nothing more and comes back."""
        self.close(person, queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    def tell(self, person: int) -> None:
        """Something is new for that person, on all their open pages."""
        for queue in list(self._of.get(person, ())):
            try:
                queue.put_nowait("new")
            except asyncio.QueueFull:
                self._end(person, queue)

    def tell_everybody(self) -> None:
        """What happened while the database was away is not known: every page looks once."""
        for person in list(self._of):
            self.tell(person)

    def end_all(self) -> None:
        for person, queues in list(self._of.items()):
            for queue in list(queues):
                self._end(person, queue)


class Listener:
    """One connection that LISTENs, made again by itself whenever it is lost."""

    def __init__(self, url: str, streams: Streams) -> None:
        self._url, self._streams = url, streams
        self.connected = False

    async def run(self) -> None:
        pause, before = 0.25, False
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, connect_timeout=5, **_KEEP_ALIVE
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.connected, pause = True, 0.25
                    if before:
                        log.warning("the live door hears the database again")
                        self._streams.tell_everybody()
                    before = True
                    async for notify in connection.notifies():
                        if notify.payload.isdecimal() and len(notify.payload) < 19:
                            self._streams.tell(int(notify.payload))
            except (psycopg.Error, OSError) as error:
                if self.connected:
                    log.warning("the live door lost the database: %s", error)
            self.connected = False
            # Several doors do not all knock at the same moment.
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  no secret
            pause = min(LONGEST_PAUSE, 2 * pause)


_KEEP_ALIVE: dict[str, Any] = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


class Live:
    """The ASGI application. `origins` are the pages that may open a stream across ports."""

    def __init__(self, *, url: str, secret: str, origins: Iterable[str]) -> None:
        self.streams = Streams()
        self.listener = Listener(url, self.streams)
        self._secret, self._origins = secret, frozenset(origins)
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._task = asyncio.create_task(self.listener.run())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.streams.end_all()
                if self._task:
                    self._task.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if scope["path"].rstrip("/").endswith("/health"):
            well = self.listener.connected
            text = f"{'ok' if well else 'no database'} {self.streams.count}\n"
            return await _text(send, 200 if well else 503, text)
        if scope["method"] != "GET":
            return await _text(send, 405, "GET only\n")
        origin = headers.get("origin", "")
        if origin and origin not in self._origins:
            return await _text(send, 403, "another origin\n")
        person = self._person(scope, headers)
        if person is None:
            return await _text(send, 403, "no ticket\n", origin)
        queue = self.streams.open(person)
        if queue is None:
            return await _text(send, 503, "full\n", origin)
        try:
            await self._stream(queue, receive, send, origin)
        finally:
            self.streams.close(person, queue)

    def _person(self, scope: dict[str, Any], headers: dict[str, str]) -> int | None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return None
        session = cookies[COOKIE].value if COOKIE in cookies else ""
        ticket = query.get("ticket", [""])[0]
        return tickets.check(self._secret, ticket, session, time.time())

    async def _stream(self, queue: Queue, receive: Receive, send: Send, origin: str) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"cache-control", b"no-store"),
                    (b"x-accel-buffering", b"no"),  # nginx must not wait for more
                    *_cors(origin),
                ],
            }
        )
        gone = asyncio.create_task(_until_gone(receive))
        ends = time.monotonic() + LONGEST_STREAM
        try:
            await _piece(send, ": open\n\n")
            while not gone.done() and time.monotonic() < ends:
                told = asyncio.create_task(queue.get())
                done, _waiting = await asyncio.wait(
                    {told, gone}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
                )
                if told not in done:
                    told.cancel()
                    if not done:
                        await _piece(send, ": still here\n\n")
                    continue
                if told.result() is None:
                    break
                await _piece(send, "event: notices\ndata: new\n\n")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _piece(send: Send, text: str) -> None:
    # A reader who takes nothing for so long is gone; without the limit a dead one stays for ever.
    body = {"type": "http.response.body", "body": text.encode(), "more_body": True}
    await asyncio.wait_for(send(body), timeout=HEARTBEAT)


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def _text(send: Send, status: int, text: str, origin: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, *_cors(origin)]}
    )
    await send({"type": "http.response.body", "body": text.encode()})


def from_environment() -> Live:
    """The application as the operator's settings say. Raises SystemExit without a database.

    Read here once more: the settings package is Django's, which this process does without.
    """
    from mutirao.core.home import data_folder

    env = os.environ
    names = ("DATABASE_DIRECT_URL", "DATABASE_URL", "MUTIRAO_EMBEDDED_URL")
    url = next((env[name] for name in names if env.get(name)), "")
    if not url:
        raise SystemExit("mutirao: the live door needs DATABASE_URL, or `mutirao serve` beside it")
    secret = env.get("MUTIRAO_SECRET_KEY") or (data_folder() / "secret_key").read_text()
    base = urlsplit(env.get("MUTIRAO_BASE_URL") or "http://localhost:8000")
    hosts = [host.strip() for host in env.get("MUTIRAO_HOSTS", "").split(",") if host.strip()]
    origins = {f"{base.scheme}://{base.netloc}"}
    if port := env.get("MUTIRAO_WEB_PORT"):
        origins |= {f"http://{host}:{port}" for host in hosts or ("localhost", "127.0.0.1")}
    return Live(url=url, secret=secret, origins=origins)


def application(scope: Any, receive: Any, send: Any) -> Awaitable[None]:
    """What granian calls; made at the first call, so that importing this starts nothing."""
    global _live
    if _live is None:
        _live = from_environment()
    return _live(scope, receive, send)


_live: Live | None = None
