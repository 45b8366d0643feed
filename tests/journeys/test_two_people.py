"""Two people edit the same activity: the second is shown both versions and loses nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage

EDIT = re.compile(r"/plans/activities/\d+/edit/")


def draft_with_an_activity(page: Page) -> str:
    """Write a plan from nothing; returns the address that edits its one activity."""
    page.goto("/pt/plans/new/")
    page.locator("[name=unit]").select_option(index=3)
    page.locator("[name=presented_by]").select_option(index=1)
    page.fill("[name=title]", "Plano a duas mãos")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plans/\d+/edit/"))
    number = re.search(r"/plans/(\d+)/edit/", page.url)
    assert number
    page.goto(f"/pt/plans/{number[1]}/activities/new/")
    page.fill("[name=number]", "1")
    page.fill("[name=text]", "Reunir as agências.")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plans/\d+/edit/"))
    link = page.locator("a[href*='/plans/activities/'][href$='/edit/']").first
    return link.get_attribute("href") or ""


def test_two_people_edit_one_activity_and_nothing_is_lost(open_page: OpenPage) -> None:
    first = open_page("secretariat", "pt")
    address = draft_with_an_activity(first)
    second = open_page("secretariat", "es", js=False)
    spanish = address.replace("/pt/", "/es/")

    first.goto(address)
    second.goto(spanish)
    first.fill("[name=text]", "Reunir as agências em março.")
    first.locator("main form button.btn-primary").click()
    first.wait_for_url(re.compile(r"/plans/\d+/edit/"))

    second.fill("[name=text]", "Reunir as agências e os bancos.")
    second.fill("[name=title]", "Agências e bancos")
    second.locator("main form button.btn-primary").click()
    expect(second.locator("main")).to_contain_text("Reunir as agências em março.")
    assert second.locator("[name=text]").input_value() == "Reunir as agências e os bancos."
    assert second.locator("[name=title]").input_value() == "Agências e bancos"

    both = "Reunir as agências e os bancos em março."
    second.fill("[name=text]", both)
    second.locator("main form button.btn-primary").last.click()
    second.wait_for_url(re.compile(r"/plans/\d+/edit/"))
    expect(second.locator("main")).to_contain_text(both)
    first.reload()
    expect(first.locator("main")).to_contain_text(both)
    expect(first.locator("main")).to_contain_text("Agências e bancos")
