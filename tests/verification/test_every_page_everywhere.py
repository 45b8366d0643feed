"""Every page kind × three languages × two themes × two widths, for a visitor and the secretariat.

The pictures go to `screens/` when MUTIRAO_SCREENS is set, to be looked at by a person.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import OpenPage, browser, open_page, site  # noqa: F401
from tests.journeys.crawl import page_kinds
from tests.journeys.test_every_page import violations

pytestmark = pytest.mark.verify


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["pt", "es", "en"])
@pytest.mark.parametrize("account", [None, "secretariat"], ids=["visitor", "secretariat"])
def test_every_page_kind_everywhere(
    open_page: OpenPage,  # noqa: F811
    account: str | None,
    language: str,
    width: int,
    dark: bool,
) -> None:
    page = open_page(account, language, width=width, dark=dark)
    kinds = page_kinds(page, f"/{language}/desk/" if account else f"/{language}/")
    assert len(kinds) >= 20
    faults = []
    for kind, url in kinds.items():
        page.goto(url)
        faults += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 1:
            faults.append(f"{url}: {wide} px wider than the screen")
        if os.environ.get("MUTIRAO_SCREENS"):
            name = re.sub(r"\W+", "-", f"{account}-{kind}-{language}-{width}-{dark}")
            page.screenshot(path=Path("screens") / f"{name}.png", full_page=True)
    assert faults == []
