"""The main job, with the first real input: a unit's document becomes a plan the network works with.

Once in Portuguese and once in Spanish, once without JavaScript, once by keyboard alone.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.installation import Installation
from tests.journeys.conftest import OpenPage

DOCUMENT = Path(__file__).resolve().parents[3] / "shared" / "data" / "plans" / "plano-2018.pt.txt"
pytestmark = pytest.mark.skipif(
    not DOCUMENT.exists(), reason="../shared with the real plan is absent"
)

EVENTS = {
    ("2018-04-16", "2018-04-16", "São Paulo, Brasil"),
    ("2018-04-24", "2018-04-24", "Barueri, Brasil"),
    ("2018-04-30", "2018-04-30", "New Orleans, Estados Unidos"),
    ("2018-05-03", "2018-05-03", "Barueri, Brasil"),
    ("2018-06-13", "2018-06-16", "Santana de Parnaíba, Brasil"),
    ("2018-07-25", "2018-07-25", "Johanesburg, África do Sul"),
}


def own_copy(tmp_path: Path, mark: str) -> Path:
    """The document with one more empty line for each run: the same words, another file."""
    copy = tmp_path / "plano-2018.pt.txt"
    copy.write_text(
        DOCUMENT.read_text(encoding="utf-8") + "\n" * (sum(map(ord, mark)) % 97 + 1),
        encoding="utf-8",
    )
    return copy


def bring_in(page: Page, language: str, document: Path) -> None:
    """From the upload page to the review screen."""
    page.goto(f"/{language}/plans/import/")
    page.set_input_files("main input[type=file]", document)
    page.locator("main form:has(input[type=file]) button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plans/import/[0-9a-f-]{36}/"))
    page.locator("button[name=do][value=accept]").wait_for()


def counted(page: Page, name: str) -> str:
    """The number the review screen gives for a kind of part."""
    text = page.locator(f".tally a[href='#list-{name}']").inner_text()
    return re.sub(r"\D.*", "", text)


def move(page: Page, verb: str) -> None:
    """One step of the plan's life, with its page of confirmation."""
    page.locator(f"a[href$='/moves/{verb}/']").first.click()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/plans/\d+-"))


def read_by_icalendar(text: str) -> set[tuple[str, ...]]:
    found = set()
    for event in Calendar.from_ical(text).walk("VEVENT"):
        found.add(
            (
                str(event["UID"]),
                str(event["SUMMARY"]),
                event["DTSTART"].dt.isoformat(),
                event["DTEND"].dt.isoformat(),
                str(event["LOCATION"]),
            )
        )
    return found


def read_by_vobject(text: str) -> set[tuple[str, ...]]:
    found = set()
    for event in vobject.readOne(text).vevent_list:
        found.add(
            (
                event.uid.value,
                event.summary.value,
                event.dtstart.value.isoformat(),
                event.dtend.value.isoformat(),
                event.location.value,
            )
        )
    return found


def accept(page: Page) -> str:
    """Accept the reading; returns the path of the new plan."""
    page.locator("button[name=do][value=accept]").click()
    page.wait_for_url(re.compile(r"/plans/\d+-"))
    return re.sub(r"^https?://[^/]+/\w\w", "", page.url).split("?")[0].split("#")[0]


def pill(page: Page) -> Locator:
    return page.locator(".page-head .pill").first


APPROVED = {"pt": "aprovado", "es": "aprobado"}
DONE = {"pt": "cumprido", "es": "cumplido"}


@pytest.mark.parametrize("language", ["pt", "es"])
def test_plan_of_2018_is_accepted_approved_worked_on_and_on_the_calendar(
    open_page: OpenPage, site: Installation, tmp_path: Path, language: str
) -> None:
    page = open_page("secretariat", language)
    bring_in(page, language, own_copy(tmp_path, language))
    assert [counted(page, name) for name in ("action", "work", "activity", "event")] == list("7356")
    assert page.locator(".bar a[href='#list-line']").count() == 0
    assert page.locator("[name=head-term] option:checked").inner_text() == "2018"
    unit = page.locator("[name=head-unit] option:checked").inner_text()
    assert re.search("Inovação|Innovación", unit)

    # Equal numbers are not joined; a person joins the first activity to the first axis.
    assert page.locator("[name$=-axes]:checked").count() == 0
    page.locator("details.serves").first.locator("summary").click()
    page.locator("details.serves").first.locator("[name$=-axes]").first.check()
    plan = accept(page)
    assert "@" not in page.locator("main").inner_text()

    move(page, "submit")
    board = open_page("presidency", language)
    board.goto(f"/{language}{plan}")
    move(board, "approve")
    expect(pill(board)).to_have_text(re.compile(APPROVED[language], re.I))

    page.goto(f"/{language}{plan}")
    move(page, "start")
    promise_and_keep(page, language, plan)

    visitor = open_page(None, language)
    visitor.goto(f"/{language}{plan}")
    expect(visitor.locator("main")).to_contain_text("Redigir o protocolo modelo")
    visitor.goto(f"/{language}/calendar/?view=month&month=2018-06")
    visitor.get_by_role("link", name=re.compile("Feira de Negócios de Santana")).first.click()
    expect(visitor.locator("h1")).to_contain_text("Feira de Negócios de Santana de Parnaíba")

    address = "/calendar/units/vp-innovation-governance.ics"
    text = visitor.request.get(address).text()
    events = read_by_icalendar(text)
    assert events == read_by_vobject(text)
    assert {
        (start, (date.fromisoformat(end) - date.resolution).isoformat(), place)
        for _uid, _title, start, end, place in events
        if start.startswith("2018-")
    } >= EVENTS


def promise_and_keep(page: Page, language: str, plan: str) -> None:
    """Add a commitment to the first activity, take its steps, show evidence, mark it done."""
    number = re.search(r"/plans/(\d+)-", plan)
    assert number
    page.goto(f"/{language}/plans/{number[1]}/edit/")
    href = page.locator("a[href*='/commitments/new/']").first.get_attribute("href")
    assert href
    page.goto(href)
    page.fill("[name=title]", "Redigir o protocolo modelo")
    page.fill("[name=due_on]", "2018-05-31")
    owner = page.locator("[name=owner] option", has_text="Santana de Parnaíba").first
    page.locator("[name=owner]").select_option(value=owner.get_attribute("value"))
    page.locator("main form button.btn-primary").last.click()
    page.goto(f"/{language}{plan}")
    page.get_by_role("link", name="Redigir o protocolo modelo").first.click()
    page.locator("#move-start").click()
    expect(page.locator("#move-start")).to_have_count(0)
    page.fill("#work input[name=text]", "Reunir as agências")
    page.locator("#work form:has(input[name=text]) button.btn-quiet").last.click()
    expect(page.locator("#work [role=checkbox]")).to_have_count(1)
    page.locator("#work [role=checkbox]").first.click()
    expect(page.locator("#work [role=checkbox]").first).to_have_attribute("aria-checked", "true")
    page.locator("#evidence summary").click()
    page.fill("#evidence [name=title]", "Texto publicado")
    page.fill("#evidence [name=url]", "https://example.org/protocolo")
    page.locator("#evidence button.btn-primary").click()
    expect(page.locator("#evidence")).to_contain_text("Texto publicado")
    page.locator("#move-done").click()
    expect(page.locator("#standing")).to_have_text(re.compile(DONE[language], re.I))


def test_plan_of_2018_is_brought_in_without_javascript(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("secretariat", "es", js=False)
    bring_in(page, "es", own_copy(tmp_path, "nojs"))
    page.fill("[name=head-title]", "Plan traído sin JavaScript")
    page.locator(".bar button[name=do][value=save]").click()
    assert page.locator("[name=head-title]").input_value() == "Plan traído sin JavaScript"
    accept(page)
    expect(page.locator("h1")).to_have_text("Plan traído sin JavaScript")


def press_until(page: Page, selector: str, presses: int = 400) -> None:
    """Walk with the Tab key until an element has the focus, and see that the focus is visible."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none"
            return
    raise AssertionError(f"{selector} was never reached by Tab")


def choose_by_key(page: Page, document: Path) -> None:
    """Open the file chooser with a key, as often as a busy machine needs, and choose."""
    for key in ("Space", "Enter", "Space"):
        try:
            with page.expect_file_chooser(timeout=8000) as chooser:
                page.keyboard.press(key)
        except PlaywrightTimeout:
            continue
        chooser.value.set_files(document)
        return
    raise AssertionError("no key opened the file chooser")


def test_plan_of_2018_is_brought_in_by_keyboard_alone(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("secretariat", "pt")
    page.goto("/pt/plans/import/")
    press_until(page, "input[type=file]")
    choose_by_key(page, own_copy(tmp_path, "keyboard"))
    press_until(page, "form:has(input[type=file]) button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plans/import/[0-9a-f-]{36}/"))
    page.locator("button[name=do][value=accept]").wait_for()
    press_until(page, "[name=head-title]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Plano trazido pelo teclado")
    press_until(page, "button[name=do][value=accept]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plans/\d+-"))
    expect(page.locator("h1")).to_have_text("Plano trazido pelo teclado")
