"""Every kind of page, as a visitor, an officer and the secretariat meet it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import OpenPage
from tests.journeys.crawl import page_kinds

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FIRST_VIEW_BYTES = 150_000
# What a visitor reaches by links, and must go on reaching.
PUBLIC_KINDS = {
    "home:home",
    "home:about",
    "home:door",
    "network:directory",
    "network:map",
    "network:organisation",
    "network:units",
    "network:unit",
    "network:terms",
    "topics:goals",
    "topics:goal",
    "plans:plans",
    "plans:plan",
    "commitments:board",
    "commitments:overdue",
    "commitments:commitment",
    "meetings:calendar",
    "meetings:event",
    "meetings:feeds",
    "account_login",
}


def violations(page) -> list[str]:
    """What axe finds on the page now open, one line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url}: {item['id']} ({item['impact']}): {node['html'][:160]}"
        for item in found
        for node in item["nodes"]
    ]


@pytest.mark.parametrize(
    ("account", "language", "width", "dark"),
    [
        (None, "pt", 1280, False),
        (None, "es", 360, True),
        ("secretariat", "es", 1280, True),
        ("coordinator-economy", "pt", 360, False),
    ],
)
def test_every_page_kind_is_accessible(
    open_page: OpenPage, account: str | None, language: str, width: int, dark: bool
) -> None:
    page = open_page(account, language, width=width, dark=dark)
    start = f"/{language}/desk/" if account else f"/{language}/"
    kinds = page_kinds(page, start)
    assert len(kinds) >= 20
    if account is None:
        assert PUBLIC_KINDS - {kind.split()[0] for kind in kinds} == set()
    faults = []
    for url in kinds.values():
        page.goto(url)
        faults += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 1:
            faults.append(f"{url}: {wide} px wider than the screen at {width} px")
    assert faults == []


@pytest.mark.parametrize("path", ["/pt/", "/pt/network/", "/pt/plans/", "/pt/calendar/"])
def test_first_view_is_small_and_from_one_host(open_page: OpenPage, path: str) -> None:
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    blocking = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(r => r.renderBlockingStatus === 'blocking').length"
    )
    assert sum(sizes) <= FIRST_VIEW_BYTES
    assert blocking <= 2
