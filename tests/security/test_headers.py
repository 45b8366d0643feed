"""What every answer says to browsers and proxies, errors included; and what logs do not say."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.test import Client

from mutirao.meetings.models import CalendarAddress
from tests.factories import UserFactory, actor, secretariat
from tests.meetings.factories import CalendarAddressFactory, EventFactory

from .world import signed_in

pytestmark = pytest.mark.django_db
PAGES = (
    "/en/", "/en/plans/", "/en/network/", "/en/calendar/", "/en/commitments/", "/en/about/",
    "/en/accounts/login/", "/en/desk/", "/en/nowhere/", "/id/plan/1", "/calendar/network.ics",
    "/en/plans/?format=csv", "/en/calendar/?view=list&format=json", "/health",
    "/en/network/manage/", "/calendar/my/nobody.ics",
)  # fmt: skip


def _answers(browser: Client) -> list:
    return [
        *(browser.get(address) for address in PAGES),
        browser.post("/en/commitments/new/", {"title": "x"}, CONTENT_LENGTH="9" * 12),
        browser.get("/en/", headers={"Host": "evil.example"}),
        browser.delete("/en/plans/"),
        Client(enforce_csrf_checks=True).post("/en/network/act-for/", {}),
    ]


def test_every_answer_forbids_foreign_code_and_frames() -> None:
    for answer in _answers(Client()) + _answers(signed_in(actor())):
        said = answer.headers.get("Content-Security-Policy", "")
        where = answer.request["PATH_INFO"], answer.status_code
        assert "default-src 'self'" in said and "frame-ancestors 'none'" in said, where
        assert "unsafe" not in said and "object-src 'none'" in said, where
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", where
        assert answer.headers.get("Referrer-Policy") == "same-origin", where


def test_a_page_that_breaks_has_its_headers_too(monkeypatch) -> None:
    def breaks(*_args: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("mutirao.home.queries.desk", breaks)
    browser = signed_in(actor())
    browser.raise_request_exception = False
    answer = browser.get("/en/desk/")
    assert answer.status_code == 500
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert b"broken on purpose" not in answer.content


def test_what_a_signed_in_person_sees_is_kept_by_nobody() -> None:
    for answer in _answers(signed_in(secretariat()))[:-1]:
        path = answer.request["PATH_INFO"]
        said = answer.headers.get("Cache-Control", "")
        if path in ("/calendar/network.ics", "/health") or answer.status_code in (400, 413):
            continue  # the same for everyone
        assert "no-store" in said and "private" in said, (path, said)


def test_a_visitors_page_does_not_stand_for_a_signed_in_persons() -> None:
    answer = Client().get("/en/plans/")
    assert "Cookie" in answer["Vary"] and "HX-Request" in answer["Vary"]


def test_the_session_cookie_is_out_of_reach_of_scripts() -> None:
    person = UserFactory(email="a@city.example")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    browser = Client()
    browser.post(
        "/en/accounts/login/", {"login": person.email, "password": "correct horse battery"}
    )
    cookie = browser.cookies["mutirao_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_forged_host_reaches_no_mail(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    person = UserFactory(email="mayor@city.example")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    Client().post("/en/accounts/password/reset/", {"email": person.email}, headers=forged)
    (sent,) = mail.outbox
    assert settings.BASE_URL in sent.body
    assert "evil.example" not in sent.body + sent.subject


def test_a_host_that_is_not_ours_is_refused() -> None:
    answer = Client().get("/en/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_no_log_line_holds_an_address_that_opens_something(caplog, capsys) -> None:
    from mutirao.core.logs import RequestIdFilter

    token = CalendarAddressFactory().token
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.DEBUG):
        Client().get(f"/calendar/my/{token}.ics")
        Client().post(f"/calendar/my/{token}.ics")  # 405: logged by Django itself
        Client().get("/calendar/my/gone-gone-gone-gone-gone.ics")
        Client().get("/en/accounts/password/reset/key/1-secretkey/")
        Client().get("/en/accounts/confirm-email/secretkey/")
    assert caplog.records
    assert token not in caplog.text
    assert "secretkey" not in caplog.text and "gone-gone" not in caplog.text


def test_a_renewed_calendar_address_closes_the_old_one_at_once() -> None:
    who = actor()
    EventFactory(organisation=who.organisation)
    browser = signed_in(who)
    browser.post("/en/calendar/feeds/renew/")
    old = CalendarAddress.objects.get().token
    assert len(old) >= 40
    assert Client().get(f"/calendar/my/{old}.ics").status_code == 200
    browser.post("/en/calendar/feeds/renew/")
    assert Client().get(f"/calendar/my/{old}.ics").status_code == 404
    assert Client().get(f"/calendar/my/{old[:-1]}.ics").status_code == 404
    assert Client().get(f"/calendar/my/{old.upper()}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_form_is_taken_without_its_token(method: str) -> None:
    from django.urls import get_resolver

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(actor().person)
    taken = []
    for path in _addresses(get_resolver().url_patterns):
        answer = getattr(browser, method)(path)
        if answer.status_code not in (403, 404, 405):
            taken.append((path, answer.status_code))
    assert not taken


def _addresses(patterns: list, before: str = "/") -> list[str]:
    """Every address of the house with a value for each of its parts."""
    import re

    values = {"int": "1", "slug": "x", "str": "x", "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}
    found = []
    for pattern in patterns:
        raw = str(pattern.pattern) if "Locale" not in type(pattern.pattern).__name__ else "en/"
        path = before + re.sub(r"<(\w+):\w+>", lambda m: values[m[1]], raw)
        inner = getattr(pattern, "url_patterns", None)
        if inner is not None:
            found += _addresses(inner, path)
        elif "(" not in path:
            found.append(path)
    return found
