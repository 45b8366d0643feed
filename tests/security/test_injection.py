"""Text that wants to be code: on pages, in calendars, in spreadsheets, in papers, in headers."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import icalendar
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from mutirao.commitments.models import Commitment, Evidence
from mutirao.discussions.models import Closure, Comment, Decision, Mention, Openness, Report
from mutirao.network.models import AgencyCity
from mutirao.network.states import Kind
from mutirao.plans.papers.content import content
from mutirao.plans.queries import for_page
from tests.commitments.factories import CommitmentFactory, EvidenceFactory, StepFactory
from tests.discussions.factories import CommentFactory
from tests.factories import (
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    UserFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory

from .world import signed_in

pytestmark = pytest.mark.django_db

# Ends an attribute, an element, a title, a script; asks Django and cotton to render it again.
EVIL = "\"'>--></title></text><script>evil()</script><img src=x onerror=evil()>{{ 7|add:35 }}"
TEMPLATE = "{% debug %}{{ request.user.password }}<c-note>x</c-note>"
RAW = ("<script>evil", "<img src=x", "</text><script", "AnonymousUser", "\"'>--></title>")


@pytest.fixture
def here() -> dict[str, Any]:
    """One of every record, each text of which is an attack."""
    mandate = MandateFactory(
        organisation=OrganisationFactory(
            name=EVIL[:150], short_name=EVIL[:50], region=EVIL[:90],
            about={"pt": EVIL + TEMPLATE, "es": EVIL, "en": EVIL + TEMPLATE},
        )
    )  # fmt: skip
    city, unit = mandate.organisation, mandate.unit
    MemberFactory(organisation=city)
    agency = OrganisationFactory(kind=Kind.AGENCY, name=EVIL[:159], population=None)
    AgencyCity.objects.create(agency=agency, city=city)
    unit.name = {"pt": EVIL, "es": EVIL, "en": EVIL}
    unit.about = {"pt": EVIL, "es": EVIL, "en": EVIL + TEMPLATE}
    unit.save()
    who = coordinator(mandate)
    assert who.person
    who.person.name = EVIL[:110]
    who.person.save()
    plan = PlanFactory(
        unit=unit, term=mandate.term, presented_by=city, state="in_progress", title=EVIL,
        introduction=EVIL + "\n\n" + TEMPLATE,
    )  # fmt: skip
    axis = AxisFactory(plan=plan, number="<b>\"'", text=EVIL + TEMPLATE)
    activity = ActivityFactory(plan=plan, number="<b>\"'", title=EVIL[:150], text=EVIL + TEMPLATE)
    activity.organisations.add(city)
    commitment = CommitmentFactory(
        source=activity, unit=unit, term=mandate.term, owner=city, title=EVIL, description=TEMPLATE
    )
    commitment.people.add(who.person)
    StepFactory(commitment=commitment, text=EVIL)
    EvidenceFactory(commitment=commitment, title=EVIL, url="https://x.example/?<script>evil()")
    comment = CommentFactory(record=commitment, text=EVIL, person=who.person, organisation=city)
    _talk(comment, who, unit, city)
    event = EventFactory(
        source=plan, unit=unit, organisation=city, title=EVIL, description=EVIL + TEMPLATE,
        place=EVIL[:150], website="https://x.example/?\"'<script>evil()",
    )  # fmt: skip
    return {"who": who, "plan": plan, "axis": axis, "activity": activity, "city": city,
            "commitment": commitment, "event": event, "unit": unit, "agency": agency}  # fmt: skip


def _first(here: dict[str, Any]) -> int:
    return Comment.objects.order_by("pk").values_list("pk", flat=True)[0]


def _talk(comment: Any, who: Any, unit: Any, city: Any) -> None:
    """Mentions, an edit, a citizen's comment that waits, a report, a decision, a closed thread."""
    comment.text = f"{EVIL} @{{1}} @{{2}} https://x.example/{EVIL}"
    comment.edited_at, comment.unit = timezone.now(), unit
    comment.save()
    Mention.objects.create(comment=comment, number=1, person=who.person, organisation=city)
    Mention.objects.create(comment=comment, number=2, unit=unit)
    Openness.objects.create(unit=unit, admits="moderated")
    record = comment.record
    citizen = UserFactory(name=EVIL[:110])
    common = {"record": record, "unit": unit, "audience": "everyone"}
    CommentFactory(text=EVIL, state="waiting", person=citizen, organisation=None, **common)
    reported = CommentFactory(text=TEMPLATE + EVIL, person=citizen, organisation=None, **common)
    Report.objects.create(comment=reported, person=who.person, ground="other", text=EVIL)
    Decision.objects.create(
        comment=reported, verb="restore", reason=EVIL, person=who.person, organisation=city
    )
    Closure.objects.create(record=record, reason=EVIL[:290], person=who.person, organisation=city)


def _pages(here: dict[str, Any]) -> list[str]:
    plan, commitment, event = here["plan"].pk, here["commitment"].pk, here["event"].pk
    shown = (here[name].get_absolute_url() for name in ("plan", "event", "city", "unit", "agency"))
    return [
        *("/en/" + address.split("/", 2)[2] for address in shown),
        "/en/", "/en/desk/", "/en/plans/", "/en/network/", "/en/network/map/",
        "/en/network/units/", f"/en/network/terms/{here['plan'].term.code}/",
        "/en/calendar/", "/en/calendar/?view=list&when=all", "/en/calendar/?view=agenda",
        "/en/calendar/feeds/", f"/en/calendar/{event}/edit/", "/en/calendar/new/",
        "/en/commitments/", "/en/commitments/?by=unit", "/en/commitments/?by=owner",
        "/en/commitments/?by=list", "/en/commitments/overdue/", "/en/commitments/new/",
        f"/en/commitments/{commitment}/", f"/en/commitments/{commitment}/edit/",
        "/en/discussions/moderation/", f"/en/discussions/{_first(here)}/conversation/",
        f"/en/discussions/{_first(here)}/edit/", f"/en/discussions/{_first(here)}/answer/",
        f"/en/discussions/history/discussions/comment/{_first(here)}/",
        f"/en/discussions/history/network/unit/{here['unit'].pk}/",
        f"/en/discussions/history/network/organisation/{here['city'].pk}/",
        f"/en/discussions/history/meetings/event/{event}/",
        f"/en/discussions/history/commitments/commitment/{commitment}/", f"/en/plans/{plan}/edit/",
        f"/en/discussions/history/plans/plan/{plan}/", f"/en/plans/{plan}/moves/close/",
        f"/en/plans/activities/{here['activity'].pk}/tags/", "/en/plans/import/",
        "/en/accounts/settings/", "/en/network/manage/",
        f"/en/network/manage/organisations/{here['city'].pk}/",
        f"/en/network/manage/units/{here['unit'].pk}/",
        f"/en/nowhere/{EVIL}/?q={EVIL}", f"/en/plans/?q={EVIL}", f"/en/network/?q={EVIL}",
        f"/en/commitments/?q={EVIL}&month={EVIL}", f"/en/calendar/?q={EVIL}&month={EVIL}",
    ]  # fmt: skip


def test_no_text_becomes_markup_on_any_page(here) -> None:
    for browser in (Client(), signed_in(here["who"]), signed_in(secretariat())):
        for address in _pages(here):
            answer = browser.get(address)
            html = answer.content.decode()
            assert answer.status_code in (200, 302, 403, 404), address
            assert not [raw for raw in RAW if raw in html], address


def test_titles_are_not_rendered_a_second_time(here) -> None:
    html = signed_in(secretariat()).get(
        f"/en/network/manage/organisations/{here['city'].pk}/"
    ).content.decode()  # fmt: skip
    assert "evil()&gt;42" not in html and "onerror=evil()&gt;{{ 7|add:35 }}" in html


def test_no_text_leaves_its_line_in_a_feed(here) -> None:
    event = here["event"]
    event.title = "A\r\nBEGIN:VEVENT\r\nUID:forged\r\nEND:VEVENT"
    event.description = "x\nATTACH:https://evil.example/x\u2028\x0bURL:javascript:evil()"
    event.place = "Quito\r\nORGANIZER:mailto:x@evil.example"
    event.save()
    body = Client().get("/calendar/network.ics").content
    (read,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert str(read["UID"]) == str(event.uid)
    assert "ATTACH" not in read and "ORGANIZER" not in read
    assert b"\nBEGIN:VEVENT\r\nUID:forged" not in body


FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(1)", "\t=1+1", "  =1+1", "\uff1d1+1", '=cmd|"/C calc"!A0')


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    CommitmentFactory(title=formula, description="a\x0b\x1fb")
    text = b"".join(Client().get("/en/commitments/?format=csv").streaming_content).decode()
    cells = next(row for row in csv.reader(io.StringIO(text)) if formula.strip() in row[1])
    assert cells[1].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(Client().get("/en/commitments/?format=xlsx").content))
    assert book.active["B2"].data_type == "s"
    assert str(book.active["B2"].value).startswith("'")


def test_papers_hold_texts_as_texts(here) -> None:
    plan = here["plan"]
    plan.title = "#panic() $x$ = *b* `r` \x0b\x01 <x> \\ 1"
    plan.introduction = '#read("/etc/passwd")\n\n#include "x.typ"\x0c'
    plan.save()
    here["activity"].title = '#eval("1+1") \x08'
    here["activity"].save()
    pdf = Client().get(f"/en/plans/{plan.pk}/paper.pdf")
    docx = Client().get(f"/en/plans/{plan.pk}/paper.docx")
    assert (pdf.status_code, docx.status_code) == (200, 200)
    assert pdf.content.startswith(b"%PDF")
    xml = zipfile.ZipFile(io.BytesIO(docx.content)).read("word/document.xml").decode()
    assert "#read(" in xml and "<script" not in xml
    found = for_page(here["who"]).get(pk=plan.pk)
    assert content(found, language="en", actor=here["who"])["title"] == plan.title


@pytest.mark.parametrize(
    "address",
    ["javascript:evil()", "JaVaScRiPt:evil()", "data:text/html,<script>evil()</script>",
     "vbscript:evil()", " javascript:evil()", "java\tscript:evil()", "//evil.example\\@x",
     "https://x.example/\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_no_address_of_evidence_or_event_is_code(address: str) -> None:
    owner = actor()
    browser = signed_in(owner)
    commitment = CommitmentFactory(owner=owner.organisation)
    browser.post(f"/en/commitments/{commitment.pk}/evidence/add/", {"title": "x", "url": address})
    kept = [evidence.url for evidence in Evidence.objects.all()]
    assert all(url.startswith("https://") and "\n" not in url for url in kept)


@pytest.mark.parametrize(
    "name",
    ['a".txt', "a\r\nSet-Cookie: x=y.txt", "../../etc/passwd.txt", "ação ✓ 文.txt", "a;b=c.txt",
     "<script>.txt", "x" * 300 + ".txt", "a\x00b.txt", "%0d%0aX: y.txt"],
)  # fmt: skip
def test_file_names_harm_neither_headers_nor_folders(name: str, settings) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    owner = actor()
    browser, commitment = signed_in(owner), CommitmentFactory(owner=owner.organisation)
    at = f"/en/commitments/{commitment.pk}/evidence/"
    file = SimpleUploadedFile("a.txt", b"Ata")
    file._name = name  # what a forged request says, past the test client's own cleaning
    answer = browser.post(f"{at}add/", {"title": "Ata", "file": file})
    assert answer.status_code in (302, 422)
    for evidence in Evidence.objects.all():
        assert str(evidence.file.name).startswith("evidence/") and ".." not in evidence.file.name
        got = browser.get(f"{at}{evidence.pk}/file/")
        assert got.status_code == 200
        assert got["Content-Disposition"].startswith("attachment")
        assert "Set-Cookie" not in got.headers
        assert b"".join(got.streaming_content) == b"Ata"


def test_extra_fields_of_a_form_change_nothing_else() -> None:
    """Mass assignment: state, owner, unit, sample flag and visibility are nobody's to send."""
    mandate = MandateFactory()
    who = coordinator(mandate)
    browser, stranger = signed_in(who), OrganisationFactory()
    forged = {"state": "approved", "is_sample": "on", "version": "99", "position": "7", "pk": "1",
              "approved_on": "2026-01-01", "unit_id": "1", "plan": "1", "progress": "100",
              "person": "1", "organisation": str(stranger.pk)}  # fmt: skip
    browser.post("/en/plans/new/", {
        **forged, "unit": mandate.unit_id, "term": mandate.term_id, "title": "New",
        "presented_by": who.organisation_id, "language": "pt"})  # fmt: skip
    (plan,) = mandate.unit.plans.all()
    assert (plan.state, plan.is_sample, plan.version, plan.approved_on) == ("draft", False, 1, None)
    browser.post("/en/commitments/new/", {
        **forged, "owner": stranger.pk, "title": "Ours", "visibility": "members", "language": "pt",
        "unit": mandate.unit_id, "source_id": "1"})  # fmt: skip
    made = Commitment.objects.get()
    assert (made.owner, made.unit, made.state, made.progress, made.is_sample) == (
        who.organisation, None, "planned", 0, False)  # fmt: skip
    browser.post(f"/en/commitments/{made.pk}/steps/add/", {
        "text": "Step", "done_on": "2026-01-01", "commitment": "1", "position": "9"})  # fmt: skip
    assert made.steps.get().done_on is None
    event = EventFactory(source=plan, unit=plan.unit, visibility="draft")
    form = {"version": event.version, "title": "x", "language": "pt", "role": "promotes",
            "starts_on": "2026-09-01", "time_zone": "UTC", "unit": plan.unit_id,
            "organisation": event.organisation_id, "visibility": "public", "uid": "x",
            "cancelled": "on"}  # fmt: skip
    assert browser.post(f"/en/calendar/{event.pk}/edit/", form).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.visibility, event.cancelled) == ("x", "draft", False)
