"""Killed in the middle (kill -9): after a restart nothing is lost, doubled or stuck."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import APIRequestContext, Browser

from tests.installation import Installation
from tests.journeys.conftest import browser  # noqa: F401

pytestmark = pytest.mark.verify
ACTIVITIES = 6000


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = Path(os.environ["MUTIRAO_HOME"]) / f"f-{tmp_path_factory.mktemp('x').name}"
    # Durability is what is tested here: PostgreSQL waits for the disk.
    installation = Installation(home, extra={"MUTIRAO_PG_FAST": "0"}).start("demo")
    yield installation
    installation.stop()


@pytest.fixture
def http(site: Installation, browser: Browser) -> Iterator[APIRequestContext]:  # noqa: F811
    """A signed-in secretariat that speaks HTTP only."""
    context = browser.new_context(base_url=site.url)
    request = context.request
    page = request.get("/pt/demonstration/").text()
    answer = request.post("/pt/demonstration/", form={"account": "secretariat", **token(page)})
    assert answer.url.endswith("/pt/desk/")
    yield request
    context.close()


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def long_document(folder: Path) -> Path:
    """A plan so long that its reading takes seconds."""
    lines = ["PLANO DE TRABALHO 2026", "", "Atividades", ""]
    for number in range(1, ACTIVITIES + 1):
        lines += [f"{number}. Realizar a oficina número {number} com as cidades da rede.", ""]
    path = folder / "longo.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def kill_everything(site: Installation) -> None:
    """kill -9 for the server, its web processes and its worker, all at once."""
    assert site.process
    family = [psutil.Process(site.process.pid)]
    family += family[0].children(recursive=True)
    mutirao = [process for process in family if "postgres" not in process.name()]
    for process in mutirao:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(mutirao, timeout=10)
    site.process.wait()


def test_killed_during_an_import_the_reading_is_taken_up_again(
    site: Installation, http: APIRequestContext, tmp_path: Path
) -> None:
    document = long_document(tmp_path)
    upload = http.get("/pt/plans/import/").text()
    answer = http.post(
        "/pt/plans/import/",
        multipart={
            **token(upload),
            "document": {
                "name": document.name,
                "mimeType": "text/plain",
                "buffer": document.read_bytes(),
            },
        },
    )
    review = answer.url
    assert re.search(r"/plans/import/[0-9a-f-]{36}/", review)
    assert 'name="do" value="accept"' not in answer.text(), "read too fast to be interrupted"
    time.sleep(0.7)
    kill_everything(site)

    site.start("demo")
    until = time.monotonic() + 180
    while 'value="accept"' not in (page := http.get(review).text()):
        assert time.monotonic() < until, page[-2000:]
        time.sleep(1)
    mine = http.get("/pt/plans/import/").text()
    assert mine.count("longo.txt") == 1
    assert http.get("/health").json()["queue"]["waiting"] == 0


def test_killed_during_saves_every_accepted_save_is_there_once(
    site: Installation, http: APIRequestContext
) -> None:
    board = http.get("/pt/commitments/?by=list&state=in_progress").text()
    found = re.search(r'href="/pt/commitments/(\d+)/"', board)
    assert found
    page = f"/pt/commitments/{found[1]}/"
    accepted = []
    for number in range(30):
        form = {**token(http.get(page).text()), "text": f"Passo {number} da prova"}
        answer = http.post(f"{page}steps/add/", form=form, max_redirects=0)
        if answer.status == 302:
            accepted.append(form["text"])
    kill_everything(site)
    site.start("demo")
    after = http.get(page).text()
    texts = re.findall(r"aria-label=\"(Passo \d+ da prova)\"", after)
    assert sorted(texts) == sorted(accepted)
