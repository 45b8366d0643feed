"""A real browser on a real installation with the demonstration network.

Every page a journey opens is watched: an error in the console, a request to another host or an
answer of 500 fails the test that caused it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.installation import Installation

CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
# Without the background flags Chromium calls its maker's servers at every start.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[Installation]:
    """The demonstration network, served as `make demo` serves it."""
    home = Path(os.environ["MUTIRAO_HOME"]) / f"j-{worker_id}"
    installation = Installation(home).start("demo")
    yield installation
    installation.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    # Playwright keeps an event loop in this thread; without this Django would refuse the database
    # to the tests that run after a journey in the same process.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watch:
    """What went wrong on the pages of one context."""

    def __init__(self, site: Installation) -> None:
        # The pages' door and, on the next port, the one for what stays open.
        self.hosts = {f"127.0.0.1:{port}" for port in (site.port, site.port + 1)}
        self.faults: list[str] = []
        self.forgiven: set[int] = set()

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message) -> None:
        # A refused form is answered with 4xx on purpose, and Chromium calls that an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.netloc not in self.hosts:
            self.faults.append(f"other host: {request.url}")

    def _response(self, response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(site: Installation, browser: Browser) -> Iterator[OpenPage]:
    """`open_page(account=None, language="pt", width=1280, dark=False, js=True)` → a page."""
    watch = Watch(site)
    contexts: list[BrowserContext] = []

    def make(
        account: str | None = None,
        language: str = "pt",
        width: int = 1280,
        dark: bool = False,
        js: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale={"pt": "pt-BR", "es": "es-UY", "en": "en-GB"}[language],
            timezone_id="America/Montevideo",
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        watch.follow(page)
        context.on("page", watch.follow)
        if account:
            enter(page, account, language)
        return page

    yield make
    for context in contexts:
        context.close()
    assert watch.faults == []


def enter(page: Page, account: str, language: str = "pt") -> None:
    """Sign in through the demonstration's page, in one click."""
    page.goto(f"/{language}/demonstration/")
    page.locator(f"form:has([name=account][value='{account}']) button").first.click()
    page.wait_for_url(f"**/{language}/desk/")
