"""Addresses and forms that make no sense: an answer, never a breakdown."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mutirao.meetings.models import Event
from tests.factories import MandateFactory, MembershipFactory, actor, coordinator, secretariat
from tests.intake.factories import ready
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, PlanFactory

from .world import READING, signed_in

pytestmark = pytest.mark.django_db
LISTS = (
    "/en/", "/en/plans/", "/en/network/", "/en/network/units/", "/en/network/terms/",
    "/en/network/map/", "/en/calendar/", "/en/calendar/?view=list", "/en/calendar/?view=agenda",
    "/en/commitments/", "/en/commitments/?by=list", "/en/commitments/overdue/",
    "/calendar/network.ics", "/en/topics/goals/", "/en/plans/import/", "/en/network/manage/",
    "/en/accounts/login/", "/en/desk/",
)  # fmt: skip
VALUES = (
    "-1", "0", "abc", "99999999999999999999999", "9" * 5000, "1e400", "NaN", "%00", "a%00b",
    "%ff%fe", "%ed%a0%80", "²", "٣", "99999-99", "2026-13", "0001-01", "9999-12", "none", "'",
    "%27%3B--", "%5B%5D", "x" * 3000, "%0d%0aX:y", "%F0%9F%A5%B3",
)  # fmt: skip
NAMES = ("page", "month", "year", "goal", "q", "unit", "theme", "owner", "term", "state", "country",
         "sort", "format", "view", "by", "when", "role", "kind", "language", "whose", "member",
         "next", "new", "same", "line", "action")  # fmt: skip


def test_no_query_breaks_a_list() -> None:
    MandateFactory()
    EventFactory()
    browser = signed_in(secretariat())
    for number, address in enumerate(LISTS):
        for value in VALUES[number % 3 :: 3]:  # each value on a third of the lists
            query = "&".join(f"{name}={value}" for name in NAMES if len(value) < 500)
            query = query or f"q={value}&page={value[:400]}&month={value[:400]}"
            joint = "&" if "?" in address else "?"
            answer = browser.get(f"{address}{joint}{query}")
            assert answer.status_code in (200, 302, 400, 404), f"{address}{joint}{query[:80]}"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_no_query_breaks_an_export(kind: str) -> None:
    browser = signed_in(secretariat())
    for address in ("/en/plans/", "/en/network/", "/en/commitments/", "/en/calendar/?view=list"):
        joint = "&" if "?" in address else "?"
        answer = browser.get(f"{address}{joint}format={kind}&q=%00&page=-1&unit=%00&month=%00")
        assert answer.status_code == 200


PATHS = (
    "/id/plan/99999999999999999999", "/id/nothing/1", "/id/event/0", "/calendar/my/%00.ics",
    "/calendar/my/" + "x" * 2000 + ".ics", "/calendar/units/%00.ics", "/calendar/events/x.ics",
    "/en/plans/99999999999999999999-x/", "/en/commitments/99999999999999999999/",
    "/en/network/organisations/99999999999999999999-x/", "/en/network/terms/nothing/",
    "/en/plans/import/samples/..%2F..%2F..%2Fetc%2Fpasswd", "/en/plans/import/samples/%00",
    "/en/plans/import/samples/../../../../etc/passwd", "/en/plans/1/paper.exe",
    "/static/..%2f..%2fsettings/__init__.py", "/static/../../../../etc/passwd", "/static/%00",
    "/en/%00/", "/%ff/", "/en//evil.example/", "/pt-br/", "/fr/",
    "/en/discussions/auth/user/1/", "/en/calendar/99999999999999999999-x/", "/en/doors/%00/",
)  # fmt: skip


def test_no_path_breaks_anything_or_opens_a_file() -> None:
    browser = signed_in(secretariat())
    for path in PATHS:
        answer = browser.get(path)
        assert answer.status_code in (301, 302, 400, 404, 405), path
        assert b"root:" not in getattr(answer, "content", b"")


def test_no_address_leads_to_another_host_by_its_slashes() -> None:
    # Said apart from the address, in which the test client would read a host.
    answer = Client().get("/", PATH_INFO="//evil.example/en/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="//evil.example' not in html


WORDS = ("\x00", "a\x00b", "²", "9" * 5000, "-1", "x" * 300_000, "\ud83e", "\u202e", "[]", "None")


def _plain(word: str) -> str:
    return word.encode("utf-8", "replace").decode()


def test_no_field_breaks_a_form() -> None:
    """Every form of the house, each of its fields filled with nonsense."""
    mandate = MandateFactory()
    who = coordinator(mandate)
    plan = PlanFactory(unit=mandate.unit, term=mandate.term, presented_by=who.organisation)
    activity = ActivityFactory(plan=plan)
    draft, event = ready(who, READING), EventFactory(unit=mandate.unit)
    from tests.commitments.factories import CommitmentFactory

    promise = CommitmentFactory(owner=who.organisation)
    forms = {
        "/en/network/act-for/": ("organisation", "next"),
        "/en/calendar/new/": ("title", "unit", "organisation", "starts_on", "ends_on", "starts_at",
                              "month", "time_zone", "key", "themes", "targets", "city", "website"),
        f"/en/calendar/{event.pk}/edit/": ("version", "unit", "organisation", "month"),
        f"/en/calendar/{event.pk}/cancel/": ("version",),
        "/en/commitments/new/": ("title", "due_on", "people", "visibility", "language"),
        f"/en/commitments/{promise.pk}/edit/": ("version", "owner", "people", "due_on", "title"),
        f"/en/commitments/{promise.pk}/move/": ("to", "done_on", "reason", "key"),
        f"/en/commitments/{promise.pk}/progress/": ("progress",),
        f"/en/commitments/{promise.pk}/steps/add/": ("text",),
        f"/en/commitments/{promise.pk}/evidence/add/": ("title", "url", "file"),
        f"/en/discussions/commitments/commitment/{promise.pk}/": ("text", "key"),
        f"/en/plans/{plan.pk}/words/": ("version", "title", "introduction", "take_title"),
        f"/en/plans/{plan.pk}/activities/new/": ("text", "number", "axes"),
        f"/en/plans/activities/{activity.pk}/tags/": ("version", "organisations", "units",
                                                      "themes", "targets"),
        f"/en/plans/{plan.pk}/moves/submit/": ("remark", "replacing"),
        f"/en/plans/import/{draft.key}/save/": ("version", "page", "head-title", "head-unit",
                                                "axis", "a1-text", "activity", "t1-axes"),
        f"/en/plans/import/{draft.key}/": ("version", "page", "do", "go", "head-title", "axis",
                                           "a1-text", "activity", "t1-axes", "t1-title"),
        "/en/plans/import/": ("sample", "document"),
        "/en/plans/import/again/": ("token",),
        "/en/accounts/settings/": ("name", "language", "time_zone"),
    }  # fmt: skip
    browser = signed_in(who)
    for address, names in forms.items():
        for word in WORDS:
            data = {name: _plain(word) for name in names} | {"axis": "a1", "activity": "t1"}
            answer = browser.post(address, data)
            assert answer.status_code < 500, f"{address} {word[:20]!r}"
    for address in ("/en/accounts/login/", "/en/accounts/password/reset/"):
        for word in WORDS:
            sent = dict.fromkeys(("login", "password", "email"), _plain(word))
            assert Client().post(address, sent).status_code < 500


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0206-06-01"])
def test_impossible_years_reach_no_calendar(day: str) -> None:
    host = actor()
    form = {"title": "x", "language": "pt", "role": "promotes", "visibility": "public",
            "starts_on": day, "time_zone": "America/Lima", "organisation": host.organisation_id,
            "key": uuid4()}  # fmt: skip
    answer = signed_in(host).post("/en/calendar/new/", form)
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "Give a year between 1900 and 2200." in answer.content.decode()
    promise = {"title": "x", "visibility": "members", "language": "pt", "due_on": day}
    answer = signed_in(host).post("/en/commitments/new/", promise)
    assert "Give a year between 1900 and 2200." in answer.content.decode()


def test_years_at_the_edge_are_shown_everywhere() -> None:
    host = actor()
    for day in ("1900-01-01", "2200-12-31"):
        form = {"title": day, "language": "pt", "role": "promotes", "visibility": "public",
                "starts_on": day, "time_zone": "Pacific/Kiritimati", "starts_at": "00:00",
                "organisation": host.organisation_id, "key": uuid4()}  # fmt: skip
        assert signed_in(host).post("/en/calendar/new/", form).status_code == 302
    for address in ("/calendar/network.ics", "/en/calendar/?view=list&when=all",
                    "/en/calendar/?month=2200-12", "/en/calendar/?month=1900-01",
                    *(f"/en/calendar/{e.pk}-{e.title}/" for e in Event.objects.all())):  # fmt: skip
        assert Client().get(address).status_code == 200, address


def test_too_many_fields_are_refused_with_a_page() -> None:
    browser = signed_in(actor())
    answer = browser.post("/en/commitments/new/", {f"f{n}": "x" for n in range(10_000)})
    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()
    assert browser.get("/en/plans/?" + "&".join(f"a{n}" for n in range(9000))).status_code == 413


def test_a_text_of_nine_megabytes_is_refused_with_a_page() -> None:
    answer = signed_in(actor()).post("/en/commitments/new/", {"title": "x" * 9_000_000})
    assert answer.status_code == 413


def test_a_text_of_five_megabytes_comes_back_as_too_long() -> None:
    answer = signed_in(actor()).post(
        "/en/commitments/new/", {"title": "x", "description": "y" * 5_000_000}
    )
    assert answer.status_code == 200
    assert b"8000" in answer.content


def test_a_document_of_thirty_megabytes_is_refused_by_its_form() -> None:
    mandate = MandateFactory()
    file = SimpleUploadedFile("plano.txt", b"x" * (30 * 2**20))
    answer = signed_in(coordinator(mandate)).post("/en/plans/import/", {"document": file})
    assert answer.status_code == 422
    assert "20" in answer.content.decode()


@pytest.mark.parametrize("size", ["99999999999", "-5", "abc", "9" * 30])
def test_a_request_without_measure_is_refused_before_it_is_read(size: str) -> None:
    answer = Client().post("/en/accounts/login/", {"login": "x"}, CONTENT_LENGTH=size)
    assert answer.status_code == 413


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example",
                                  "javascript:evil()", "foo", "home:desk", "https:evil.example",
                                  "\t//evil.example", "/" * 3 + "evil.example"])  # fmt: skip
def test_acting_for_another_leads_to_no_other_host(away: str) -> None:
    held = MembershipFactory(starts_on=timezone.localdate())
    browser = Client()
    browser.force_login(held.person, "allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(
        "/en/network/act-for/", {"organisation": held.organisation_id, "next": away}
    )
    assert answer.status_code == 302
    assert "evil" not in answer.url or answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\"))
