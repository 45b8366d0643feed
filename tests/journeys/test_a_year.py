"""A year in the life of a city in the network, in a real browser, on a clock that is moved on.

Somebody is invited, confirmed, works, hands over; the term closes, the next one is opened; who
comes finds everything, who went can do nothing more, and last year's page is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from mutirao.accounts.models import User
from mutirao.commitments.models import Commitment
from mutirao.continuity.tasks import carry_due_work
from mutirao.letters.models import Letter
from mutirao.network.models import Membership
from mutirao.network.states import Role
from mutirao.plans.models import Plan
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
    actor,
    secretariat,
)
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "uma frase longa e boa"
WORDS = "Levantar quem faz o quê em cada cidade"


@dataclass
class Year:
    """The network of the story, its clock, and a browser for each person."""

    url: str
    browser: Browser
    clock: Any
    contexts: list[BrowserContext] = field(default_factory=list)
    people: dict[User, Page] = field(default_factory=dict)

    def visitor(self) -> Page:
        """A browser in which nobody is signed in."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": 1280, "height": 900}
        )
        self.contexts.append(context)
        return context.new_page()

    def signed_in(self, person: User) -> Page:
        page = self.visitor()
        self.people[person] = page
        self._enter(person, page)
        return page

    def move_to(self, moment: str) -> None:
        """Move the clock on; sessions have ended by then, and people sign in again."""
        self.clock.move_to(moment)
        for person, page in self.people.items():
            self._enter(person, page)

    def _enter(self, person: User, page: Page) -> None:
        client = Client()
        client.force_login(person, BACKEND)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}]
        )


@pytest.fixture
def year(live_server: Any, browser: Browser) -> Iterator[Year]:
    with time_machine.travel("2026-11-24T15:00:00+00:00", tick=True) as clock:
        story = Year(live_server.url, browser, clock)
        yield story
        for context in story.contexts:
            context.close()


def send(page: Page, form: str = "main form:has(button.btn-primary)") -> None:
    """Press the form's button and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"{form} button.btn-primary").first.click()


def status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def text(page: Page, path: str) -> str:
    """What the main part of a page says."""
    assert status(page, path) == 200, path
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def agree(page: Page) -> None:
    """Where the house's texts are put before a person at the first visit, agree to them."""
    page.goto("/pt/desk/")
    if "/agree/" in page.url:
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        send(page)


def with_password(page: Page, email: str) -> None:
    """Sign in on the page one was sent to."""
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    send(page)


def link_in_letter_to(address: str) -> str:
    letter = Letter.objects.get(to=address)
    found = re.search(r"https?://\S+/invitations/\S+", letter.text)
    assert found, letter.text
    return urlsplit(found[0]).path


@pytest.mark.django_db(transaction=True)
def test_a_year_of_a_city_leaves_everything_to_the_next(year: Year) -> None:
    term, unit = TermFactory(closes_on=date(2027, 3, 1)), UnitFactory()
    city, next_city = OrganisationFactory(name="Osasco"), OrganisationFactory(name="Rosario")
    for member in (city, next_city):
        MemberFactory(organisation=member)
    MandateFactory(organisation=city, unit=unit, term=term)
    focal = actor(city, Role.FOCAL_POINT)
    plan = PlanFactory(unit=unit, term=term, presented_by=city, state="in_progress")
    AxisFactory(plan=plan)
    activity = ActivityFactory(plan=plan)
    promise = CommitmentFactory(
        title=WORDS, owner=city, unit=unit, term=term, source=activity, language="pt"
    )

    # Invited by the city; the letter's link opens an account.
    focal_page = year.signed_in(focal.person)
    focal_page.goto(f"/pt/network/organisations/{city.pk}/team/invite/")
    focal_page.fill("[name=email]", "ana@osasco.example")
    focal_page.fill("[name=name]", "Ana")
    focal_page.locator("[name=role]").select_option(Role.COORDINATOR)
    send(focal_page)
    ana = year.visitor()
    ana.goto(link_in_letter_to("ana@osasco.example"))
    ana.fill("[name=password]", PASSWORD)
    ana.fill("[name=password_again]", PASSWORD)
    send(ana)
    agree(ana)
    hers = Membership.objects.get(person__email="ana@osasco.example", organisation=city)

    # Another person asks, and is confirmed by the city.
    bruno = UserFactory(name="Bruno")
    bruno_page = year.signed_in(bruno)
    bruno_page.goto(f"/pt/network/organisations/{city.pk}/ask/")
    bruno_page.locator("[name=role]").select_option(Role.OFFICER)
    send(bruno_page)
    focal_page.goto(f"/pt/network/organisations/{city.pk}/team/")
    focal_page.locator("main a[href*='/network/requests/']").first.click()
    send(focal_page, "form:has([name=starts_on])")
    assert Membership.objects.filter(person=bruno, organisation=city).exists()

    # She works: takes the promise on, and says how it stands.
    ana.goto(f"/pt/commitments/{promise.pk}/edit/")
    ana.locator(f"[name=people][value='{hers.person_id}']").check()
    send(ana)
    ana.goto(f"/pt/commitments/{promise.pk}/")
    ana.locator("[name=text]").first.fill("Combinei com três cidades.")
    ana.locator("form:has([name=text]) button").first.click()
    ana.wait_for_load_state("networkidle")
    assert list(promise.people.all()) == [hers.person]

    # She leaves, and hands over to him.
    year.move_to("2026-12-10T15:00:00+00:00")
    ana.goto(f"/pt/continuity/leave/{hers.pk}/")
    with_password(ana, "ana@osasco.example")
    assert WORDS in ana.locator("main").inner_text()
    ana.fill("[name=last_day]", "2026-12-09")
    ana.locator("[name=successor]").select_option(f"person-{bruno.pk}")
    ana.fill("[name=word]", "Falta ouvir duas cidades.")
    send(ana)
    assert list(promise.people.all()) == [bruno]
    assert status(ana, f"/pt/commitments/{promise.pk}/edit/") in (403, 404)
    assert status(ana, f"/pt/network/organisations/{city.pk}/team/") in (403, 404)

    # The term closes; the secretariat opens the next one, in other hands.
    boss = year.signed_in(secretariat().person)
    newcomer = actor(next_city, Role.COORDINATOR)
    year.move_to("2026-12-20T15:00:00+00:00")
    boss.goto("/pt/continuity/terms/")
    boss.fill("[name=code]", "2027")
    boss.fill("[name=starts_on]", "2027-01-01")
    boss.fill("[name=ends_on]", "2027-12-31")
    send(boss, "form:has([name=code])")
    guide = re.search(r"/continuity/terms/(\d+)/", boss.url)
    assert guide
    boss.goto(f"/pt/continuity/terms/{guide[1]}/offices/")
    boss.locator("select[name^=choice-]").first.select_option("new")
    boss.locator("input[name^=city-]").first.fill("Rosario (Brasil)")
    send(boss)
    boss.goto(f"/pt/continuity/terms/{guide[1]}/preview/")
    send(boss)

    reader = year.visitor()
    last_year = "/pt/network/terms/2026/?on=2026-12-20"
    before = text(reader, last_year)
    assert "Osasco" in before and "em curso" in before

    # January: who comes finds everything.
    year.move_to("2027-01-04T15:00:00+00:00")
    carry_due_work(0)
    carried = Commitment.objects.get(title=WORDS, term__code="2027")
    new_page = year.signed_in(newcomer.person)
    assert WORDS in text(new_page, f"/es/continuity/units/{unit.pk}/inherited/")
    assert str(unit.pk) in new_page.content()
    text(new_page, "/es/desk/")
    next_plan = Plan.objects.get(unit=unit, term__code="2027")
    assert status(new_page, f"/es/plans/{next_plan.pk}/edit/") == 200
    assert status(new_page, f"/es/commitments/{carried.pk}/edit/") == 200

    # Who went can do nothing in the new term; in the old one, until its accounts are closed, only
    # what the city still reports.
    ana.goto("/pt/desk/")
    with_password(ana, "ana@osasco.example")
    for path in (f"/pt/plans/{plan.pk}/edit/", f"/pt/commitments/{promise.pk}/edit/"):
        assert status(ana, path) in (403, 404), path
    for path in (
        f"/pt/plans/{next_plan.pk}/edit/",
        f"/pt/commitments/{carried.pk}/edit/",
        f"/pt/commitments/{promise.pk}/edit/",
    ):
        assert status(bruno_page, path) in (403, 404), path
    close = f"/pt/plans/{plan.pk}/moves/close/"
    assert status(focal_page, close) == 200
    year.move_to("2027-03-15T15:00:00+00:00")
    assert status(focal_page, close) in (403, 404)

    # And last year's page is as it was, but for the word that the term is the current one; the
    # plan of then still says what it promised, and that it went on.
    assert text(reader, last_year) == before.replace(" em curso", "")
    plan_page = text(reader, f"/pt/plans/{plan.pk}-x/")
    assert "passaram para a gestão seguinte" in plan_page
