"""The contact form: for everybody, without cookies; limited; nobody's address is shown."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.core.models import NotAllowed
from mutirao.letters.actions import send_waiting
from mutirao.letters.models import Letter
from mutirao.network import actions, queries
from mutirao.network.acting import Actor
from mutirao.network.actions import contact
from mutirao.network.models import ContactMessage
from mutirao.network.states import Office, Role
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
    secretariat,
)

pytestmark = pytest.mark.django_db
WORDS = {
    "name": "Ana Visitante",
    "email": "ana@visitor.example",
    "subject": "A question about the library",
    "text": "Where can I read the plan?",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by() -> Actor:
    return actor()


@pytest.fixture
def stranger() -> Client:
    """A browser that keeps no cookie, held to the rules of forms."""
    return Client(enforce_csrf_checks=True)


def _path(by: Actor) -> str:
    return reverse("network:contact_organisation", args=[by.organisation_id])


def _seal(page) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def _send(client: Client, path: str, *, after: float = 10, seal: str = "", **changes: str):
    seal = seal or _seal(client.get(path))
    client.cookies.clear()
    with time_machine.travel(timezone.now() + timedelta(seconds=after)):
        return client.post(path, {**WORDS, "seal": seal, **changes})


def _write(by: Actor, **changes) -> ContactMessage:
    words = {name: WORDS[name] for name in ("name", "email", "subject", "text")}
    wanted = {
        "target": by.organisation,
        "key": uuid.uuid4(),
        "ip": "203.0.113.7",
        "language": "pt",
        **words,
        **changes,
    }
    return actions.write_message(**wanted)


def test_visitor_writes_without_cookies_and_whoever_decides_gets_a_letter(stranger, by):
    other = actor(by.organisation, Role.COORDINATOR)
    actor(by.organisation, Role.OFFICER)
    answer = _send(stranger, _path(by))
    assert answer.status_code == 302
    assert b"on its way" in stranger.get(answer.url).content
    assert {letter.to for letter in Letter.objects.all()} == {by.person.email, other.person.email}
    letter = Letter.objects.get(to=by.person.email)
    assert letter.headers["Reply-To"] == "Ana Visitante <ana@visitor.example>"
    assert WORDS["text"] in letter.text
    assert WORDS["text"] in letter.html
    assert by.person.email not in answer.content.decode()


def test_letter_leaves_the_house_with_the_visitors_reply_to(by):
    _write(by, name="José Peña")
    send_waiting()
    message = mail.outbox[0]
    assert message.to == [by.person.email]
    sent = message.message()
    assert "ana@visitor.example" in sent["Reply-To"]
    assert "visitor" not in sent["From"]


@pytest.mark.parametrize("field", ["name", "subject"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\x0b", "\u2028"])
def test_line_breaks_do_not_make_headers(stranger, by, field, line_break):
    forged = f"Hello{line_break}Bcc: all@city.example"
    answer = _send(stranger, _path(by), **{field: forged})
    assert answer.status_code == 422
    assert b"one line" in answer.content
    assert not Letter.objects.exists()


def test_address_with_a_line_break_is_refused(stranger, by):
    answer = _send(stranger, _path(by), email="ana@visitor.example\nBcc: x@city.example")
    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_sent_twice_it_is_one_message(stranger, by):
    path = _path(by)
    seal = _seal(stranger.get(path))
    for _twice in range(2):
        assert _send(stranger, path, seal=seal).status_code == 302
    assert ContactMessage.objects.count() == 1
    assert Letter.objects.count() == 1


def test_programme_that_fills_everything_learns_nothing(stranger, by):
    assert _send(stranger, _path(by), website="https://spam.example").status_code == 302
    assert not ContactMessage.objects.exists()


def test_too_fast_is_asked_to_send_again_and_keeps_the_words(stranger, by):
    path = _path(by)
    answer = _send(stranger, path, after=0)
    assert b"very fast" in answer.content
    assert WORDS["text"].encode() in answer.content
    assert _send(stranger, path, seal=_seal(answer)).status_code == 302


def test_open_for_a_day_is_asked_to_send_again(stranger, by):
    path = _path(by)
    answer = _send(stranger, path, after=25 * 3600)
    assert b"open for long" in answer.content
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert _send(stranger, path, seal=_seal(answer)).status_code == 302


@pytest.mark.parametrize("seal", ["", "x", "eyJ0byI6Im9yZ2FuaXNhdGlvbi0xIn0:1:x"])
def test_forged_seal_sends_nothing(stranger, by, seal):
    stranger.get(_path(by))
    answer = stranger.post(_path(by), {**WORDS, "seal": seal})
    assert answer.status_code == 422
    assert not ContactMessage.objects.exists()


def test_seal_of_another_form_sends_nothing(stranger, by):
    seal = _seal(stranger.get(_path(actor())))
    assert _send(stranger, _path(by), seal=seal).status_code == 422


def test_consent_is_needed(stranger, by):
    assert _send(stranger, _path(by), consent="").status_code == 422


def test_messages_of_one_address_are_limited(by):
    for _number in range(3):
        _write(by)
    with pytest.raises(NotAllowed, match="Too many"):
        _write(by)
    with pytest.raises(NotAllowed):
        _write(actor())  # to anybody
    assert _write(by, ip="203.0.113.8")
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert _write(by)


def test_messages_to_one_target_are_limited(by, monkeypatch):
    monkeypatch.setattr(contact, "TO_ONE_TARGET", ((2, timedelta(hours=1)),))
    for number in range(2):
        _write(by, ip=f"203.0.113.{number}")
    with pytest.raises(NotAllowed, match="Too many"):
        _write(by, ip="203.0.113.9")
    assert _write(actor(), ip="203.0.113.9")


def test_limit_says_so_and_keeps_the_words(stranger, by):
    path = _path(by)
    for _number in range(3):
        _send(stranger, path)
    answer = _send(stranger, path)
    assert b"keep its text" in answer.content
    assert WORDS["text"].encode() in answer.content


def test_address_of_the_sender_is_not_kept(by):
    message = _write(by)
    assert "203.0.113" not in message.sender
    assert len(message.sender) == 64


def test_unit_passes_it_on_to_who_leads_it_today():
    unit = UnitFactory()
    leading, former, sub = (actor(role=Role.COORDINATOR) for _ in range(3))
    today = timezone.localdate()
    MandateFactory(unit=unit, organisation=former.organisation, ends_on=today - timedelta(days=1))
    MandateFactory(unit=unit, organisation=leading.organisation, starts_on=today)
    MandateFactory(unit=unit, organisation=sub.organisation, office=Office.SUB_COORDINATOR)
    _write(leading, target=unit)
    assert Letter.objects.get().to == leading.person.email


def test_where_nobody_decides_the_secretariat_gets_it():
    office = secretariat()
    message = _write(office, target=OrganisationFactory())
    assert Letter.objects.get().to == office.person.email
    assert list(queries.messages_to(office)) == [message]


def test_inbox_is_for_who_decides(client, by):
    message = _write(by)
    office = secretariat()
    pages = [reverse("network:inbox"), reverse("network:message", args=[message.pk])]
    for who, statuses in (
        (by, [200, 200]),
        (actor(by.organisation, Role.OFFICER), [403, 404]),
        (actor(), [200, 404]),
        (office, [200, 404]),
    ):
        client.force_login(who.person)
        assert [client.get(page).status_code for page in pages] == statuses
    client.force_login(by.person)
    assert WORDS["subject"] in client.get(pages[0]).content.decode()
    desk = client.get(reverse("home:desk"))
    assert b"1 message of a visitor" in desk.content


def test_report_of_abuse_brings_it_to_the_secretariat(client, by):
    message = _write(by)
    office = secretariat()
    with pytest.raises(PermissionDenied):
        actions.mark_message(by=actor(), message=message, state="abuse")
    client.force_login(by.person)
    client.post(reverse("network:mark_message", args=[message.pk]), {"state": "abuse"})
    assert list(queries.messages_to(office)) == [message]
    with pytest.raises(PermissionDenied):
        actions.delete_message(by=by, message=message)
    client.force_login(office.person)
    client.post(reverse("network:mark_message", args=[message.pk]), {"delete": "1"})
    assert not ContactMessage.objects.exists()


def test_state_is_one_of_ours(client, by):
    message = _write(by)
    client.force_login(by.person)
    for state in ("new", "x", ""):
        client.post(reverse("network:mark_message", args=[message.pk]), {"state": state})
        message.refresh_from_db()
        assert message.state == "new"


def test_messages_are_deleted_when_their_time_is_up(by, settings):
    _write(by)
    contact.clear_messages_away()
    assert ContactMessage.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=settings.CONTACT_DAYS, hours=1)):
        contact.clear_messages_away()
    assert ContactMessage.objects.count() == 0
    kept = ContactMessage.pgh_event_model.objects.values()
    assert not any("ana@" in str(row) or WORDS["text"] in str(row) for row in kept)


def test_inbox_costs_the_same_however_many(client, by, django_assert_max_num_queries):
    client.force_login(by.person)
    page = reverse("network:inbox")
    _write(by)
    client.get(page)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for number in range(2):
        _write(by, ip=f"203.0.113.{number}")
    with django_assert_max_num_queries(len(one)):
        client.get(page)
