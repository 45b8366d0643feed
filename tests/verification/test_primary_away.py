"""The primary is stopped under a load of writes: pages say so, come back, and nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest

from mutirao.core.postgres import EmbeddedServer
from tests.core.conftest import OLD
from tests.core.keeping.kit import Reader, database
from tests.installation import Installation

pytestmark = [pytest.mark.verify, pytest.mark.xdist_group("away")]
WRITERS = 4
BACK_SECONDS = 5


@pytest.fixture(scope="module")
def site() -> Iterator[Installation]:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("stops the server, which must be our own")
    home = Path(os.environ["MUTIRAO_HOME"]) / "away"
    # What an answered write is worth is tried here: PostgreSQL waits for the disk.
    site = Installation(home, extra={"MUTIRAO_PG_FAST": "0", "MUTIRAO_DEMO": "1"})
    site.run("restore", str(OLD))
    site.start("serve")
    yield site
    site.stop()


class Writer(threading.Thread):
    """Sends one form after another; remembers the answers, and which were accepted."""

    def __init__(self, site: Installation, number: int, page: str) -> None:
        super().__init__(daemon=True)
        self.number, self.page, self.port = number, page, site.port
        reader = Reader(site, "secretariat")
        self.cookies = "; ".join(f"{c.name}={c.value}" for c in reader.cookies)
        self.csrf = reader.token()
        self.accepted: list[str] = []
        self.answers: Counter[int] = Counter()
        self.odd: list[str] = []
        self.ending = threading.Event()

    def run(self) -> None:
        count = 0
        while not self.ending.is_set():
            count += 1
            self._write(f"Prova {self.number}-{count}")

    def _write(self, text: str) -> None:
        form = urlencode({"text": text, "csrfmiddlewaretoken": self.csrf})
        headers = {
            "Cookie": self.cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", f"{self.page}steps/add/", form, headers)
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.odd.append(repr(error))
            return
        finally:
            connection.close()
        self.answers[answer.status] += 1
        if answer.status == 302:
            self.accepted.append(text)
        elif answer.status != 503 or text not in body or "Traceback" in body:
            self.odd.append(f"{answer.status}: {body[:300]}")


def good(reader: Reader, path: str) -> bool:
    try:
        return "<h1" in reader.get(path)
    except OSError:
        return False


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_primary_stopped_under_load(
    site: Installation, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is started again from here: with the disk waited for, as before.
    monkeypatch.setenv("MUTIRAO_PG_FAST", "0")
    with database(site) as connection:
        [number] = connection.execute(
            "SELECT id FROM commitments_commitment WHERE state = 'in_progress' ORDER BY id LIMIT 1"
        ).fetchone()
    page = f"/pt/commitments/{number}/"
    writers = [Writer(site, n, page) for n in range(WRITERS)]
    visitor = Reader(site)
    for writer in writers:
        writer.start()
    time.sleep(3)
    server = EmbeddedServer(site.home)
    if how == "fast":
        server.stop()
    else:
        pid = int((site.home / "pg/cluster/postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
    time.sleep(4)
    assert not good(visitor, page)
    before = sum(len(writer.accepted) for writer in writers)
    server.start()
    back = time.monotonic()
    while not good(visitor, page):
        assert time.monotonic() - back < BACK_SECONDS
        time.sleep(0.05)
    first = time.monotonic() - back
    time.sleep(max(0.0, BACK_SECONDS - first))
    assert all(good(visitor, page) for _time in range(20))
    time.sleep(2)
    for writer in writers:
        writer.ending.set()
    for writer in writers:
        writer.join(30)
    accepted = [text for writer in writers for text in writer.accepted]
    answers = sum((writer.answers for writer in writers), Counter())
    print(f"{how}: first good page after {first:.2f} s; answers {dict(answers)}")
    assert [odd for writer in writers for odd in writer.odd] == []
    assert answers[503] > 0
    assert len(accepted) > before  # writing goes on by itself
    with database(site) as connection:
        kept = {
            text
            for (text,) in connection.execute(
                "SELECT text FROM commitments_step"
                " WHERE text LIKE 'Prova %%' AND commitment_id = %s",
                [number],
            )
        }
        connection.execute(
            "DELETE FROM commitments_step WHERE text LIKE 'Prova %%' AND commitment_id = %s",
            [number],
        )
    assert set(accepted) - kept == set()
