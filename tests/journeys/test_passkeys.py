"""The first person of the secretariat: from the operator's console to a passkey, and in with it.

The browser's own virtual authenticator (CDP, WebAuthn domain) makes and uses a real key pair.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.installation import Installation, free_port

EMAIL, PASSWORD = "key@network.example", "a short sentence of mine"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def house(worker_id: str) -> Iterator[Installation]:
    """Served under a name: a passkey belongs to a host name, never to an address in numbers."""
    port = free_port()
    home = Path(os.environ["MUTIRAO_HOME"]) / f"p-{worker_id}"
    base = {"MUTIRAO_BASE_URL": f"http://localhost:{port}"}
    installation = Installation(home, port, base).start("serve")
    yield installation
    installation.stop()


@pytest.fixture
def page(house: Installation, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://localhost:{house.port}", locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()
    assert faults == []


def test_passkey_is_made_and_opens_the_house(house: Installation, page: Page) -> None:
    words = house.run("manage", "open_secretariat", EMAIL, "Key keeper").stdout
    page.goto(re.search(r"https?://\S+", words).group().replace("/pt/", "/en/"))
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("button", name="Save the password").click()

    page.goto("/en/accounts/login/?next=/en/network/manage/")
    page.locator("[name=login]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    # First what one agrees to, then the second factor that the role asks for.
    page.get_by_label("I have read this and agree").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in and security")
    page.get_by_role("link", name="Create a passkey").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("office computer")
    page.get_by_role("button", name="Create it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert len(re.findall(r"\d{8}", page.locator("#codes").input_value())) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r":\d+/en/network/manage/$"))

    page.locator("details.me summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/accounts/login/?next=/en/network/manage/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r":\d+/en/network/manage/$"))

    # With the password, the passkey is the second step.
    page.context.clear_cookies()
    page.goto("/en/accounts/login/")
    page.locator("[name=login]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.goto("/en/network/manage/")
    # Half signed in, every way leads back to the second step.
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/en/desk/"))
