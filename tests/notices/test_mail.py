"""Notices as mail: at once, in digests, not at night, and stopped with one click."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from mutirao.core.happenings import tell
from mutirao.letters.actions import keep, refuse
from mutirao.letters.models import Letter
from mutirao.network.acting import Actor
from mutirao.notices.actions import (
    mail_due,
    save_choices,
    save_habits,
    write_due_digests,
)
from mutirao.notices.actions.letters import unsubscribe_token
from mutirao.notices.models import Choice, Notice
from tests.commitments.factories import CommitmentFactory
from tests.factories import UserFactory, actor

pytestmark = pytest.mark.django_db
LIMA = ZoneInfo("America/Lima")


@pytest.fixture
def reader() -> Actor:
    who = actor()
    who.person.time_zone, who.person.language = "America/Lima", "es"
    who.person.save()
    return who


def told(who: Actor, kind: str = "trial.now", record: Any = None, **facts: Any) -> None:
    record = record or CommitmentFactory(visibility="public", title="Mapa de riesgos")
    facts = {"what": "x", "day": "hoy", **facts}
    tell(kind, people=[who.person.pk], record=record, by=actor(), **facts)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LIMA)


def later(minutes: float = 1) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def test_a_mail_at_once_says_who_what_and_how_to_stop(reader: Actor) -> None:
    told(reader)
    assert mail_due(now=later()) == 1
    assert mail_due(now=later()) == 0
    (message,) = mail.outbox
    text, (html, _type) = message.body, message.alternatives[0]
    assert message.to == [reader.person.email]
    assert "Mapa de riesgos" in message.subject
    assert "Deje de recibir" not in text and "Dejar de recibir estos correos con un clic" in text
    stop = re.search(r"http\S+/stop/\S+/", text).group()  # type: ignore[union-attr]
    assert f'href="{stop}"' in html and 'lang="es"' in html
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.search(r"http\S+/es/commitments/\d+/", text)
    assert "{%" not in html + text and "http://testserver" not in html


def test_news_of_one_record_come_in_one_mail_and_the_next_waits_ten_minutes(
    reader: Actor,
) -> None:
    record = CommitmentFactory(visibility="public")
    told(reader, record=record, what="one")
    told(reader, record=record, what="two")
    assert mail_due(now=later()) == 1
    assert "one" in mail.outbox[0].body and "two" in mail.outbox[0].body
    told(reader, record=record, what="three")
    assert mail_due(now=later()) == 0
    assert mail_due(now=later(11)) == 1


def test_what_was_read_in_the_page_meanwhile_is_not_mailed(reader: Actor) -> None:
    told(reader)
    Notice.objects.update(read_at=timezone.now())
    assert mail_due(now=later()) == 0
    assert not Letter.objects.exists() and not Notice.objects.filter(mailed_at=None).exists()


def test_a_record_closed_before_the_mail_goes_out_is_not_spoken_of(reader: Actor) -> None:
    record = CommitmentFactory(visibility="public")
    told(reader, record=record)
    told(reader, "trial.daily", record=record)
    record.visibility = "draft"
    record.save()
    assert mail_due(now=later()) == 0
    assert write_due_digests(now=later(3 * 24 * 60)) == 0
    assert not Letter.objects.exists()


def test_at_night_mail_waits_for_the_morning_but_not_what_must_be_told(reader: Actor) -> None:
    save_habits(person=reader.person, quiet_from=time(22), quiet_until=time(7))
    with time_machine.travel(at("2026-06-01T23:00")):
        told(reader)
        told(reader, "trial.must")
        assert mail_due(now=later()) == 1
    assert "You must know" in mail.outbox[0].subject
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert mail_due(now=at("2026-06-02T06:59")) == 0
    assert mail_due(now=at("2026-06-02T07:00")) == 1


def test_a_pause_ends_in_one_digest(reader: Actor) -> None:
    with time_machine.travel(at("2026-06-01T12:00")):
        save_habits(person=reader.person, paused_until=timezone.localdate() + timedelta(days=7))
        for _n in range(3):
            told(reader)
        assert mail_due(now=later()) == 0
        assert write_due_digests(now=at("2026-06-05T08:00")) == 0
        assert write_due_digests(now=at("2026-06-08T07:30")) == 1
    assert len(mail.outbox) == 1


def test_digests_come_once_at_the_persons_hour_with_all_that_waited(reader: Actor) -> None:
    with time_machine.travel(at("2026-06-01T12:00")):
        record = CommitmentFactory(visibility="public", title="Ciclovía")
        for _n in range(2):
            told(reader, "trial.daily", record=record, day="uno")
        told(reader, "trial.daily")
    assert write_due_digests(now=at("2026-06-01T23:00")) == 0
    assert write_due_digests(now=at("2026-06-02T06:59")) == 0
    assert write_due_digests(now=at("2026-06-02T07:00")) == 1
    assert write_due_digests(now=at("2026-06-02T07:05")) == 0
    (message,) = mail.outbox
    assert message.subject.startswith("Su día: 3 novedades")
    assert message.body.count("Ciclovía\n") == 1 and "Mapa de riesgos" in message.body
    assert "2 de junio de 2026" in message.body
    letter = Letter.objects.get()
    assert letter.key == f"daily:{reader.person.pk}:2026-06-02"
    assert set(Notice.objects.values_list("letter", flat=True)) == {letter.pk}


def test_what_comes_after_the_hour_waits_for_the_next_digest(reader: Actor) -> None:
    with time_machine.travel(at("2026-06-02T10:00")):
        told(reader, "trial.daily")
    assert write_due_digests(now=at("2026-06-02T10:05")) == 0
    assert write_due_digests(now=at("2026-06-03T07:00")) == 1


def test_the_hour_moved_makes_no_second_digest_of_the_day(reader: Actor) -> None:
    with time_machine.travel(at("2026-06-01T12:00")):
        told(reader, "trial.daily")
    assert write_due_digests(now=at("2026-06-02T07:00")) == 1
    with time_machine.travel(at("2026-06-02T08:00")):
        told(reader, "trial.daily")
    save_habits(person=reader.person, digest_hour=20)
    assert write_due_digests(now=at("2026-06-02T20:00")) == 0
    assert write_due_digests(now=at("2026-06-03T20:00")) == 1
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_weekly_digests_come_on_their_day(reader: Actor) -> None:
    save_habits(person=reader.person, digest_weekday=4)
    with time_machine.travel(at("2026-06-01T12:00")):
        told(reader, "trial.weekly")
    assert write_due_digests(now=at("2026-06-04T12:00")) == 0
    assert write_due_digests(now=at("2026-06-05T07:00")) == 1
    assert mail.outbox[0].subject.startswith("Su semana")


def test_a_long_digest_is_cut_and_says_how_many_more(reader: Actor) -> None:
    with time_machine.travel(at("2026-06-01T12:00")):
        for _n in range(45):
            told(reader, "trial.daily")
    write_due_digests(now=at("2026-06-02T07:00"))
    assert "Y 5 más:" in mail.outbox[0].body
    assert Notice.objects.filter(mailed_at=None).count() == 0


def test_a_refused_address_gets_nothing_and_the_page_everything(reader: Actor) -> None:
    letter = keep(Letter(to=reader.person.email, subject="s", text="t", html="h", language="pt"))
    assert letter is not None
    refuse(address=reader.person.email, reason="550", letter=letter)
    told(reader)
    told(reader, "trial.daily")
    assert (mail_due(now=later()), write_due_digests(now=later(3000))) == (0, 0)
    assert Letter.objects.count() == 1
    assert Notice.objects.filter(way="page").count() == 3


def test_what_somebody_calls_a_record_cannot_forge_a_header_or_a_tag(reader: Actor) -> None:
    record = CommitmentFactory(visibility="public", title="<img src=x>\nBcc: a@evil.example")
    told(reader, record=record)
    mail_due(now=later())
    message = mail.outbox[0]
    assert "\n" not in message.subject and "Bcc" not in message.message()
    assert "<img" not in message.alternatives[0][0]


# --- stopping with one click ------------------------------------------------------------------


def stop(client: Client, who: Actor, what: str, **data: str) -> Any:
    path = f"/en/notices/stop/{unsubscribe_token(who.person, what)}/"
    return client.post(path, data or {"List-Unsubscribe": "One-Click"})


def test_one_click_stops_one_kind_and_can_be_undone(reader: Actor) -> None:
    client = Client(enforce_csrf_checks=True)  # a mail program has no token of a form
    told(reader)
    answer = stop(client, reader, "trial.now")
    assert answer.status_code == 200
    assert dict(Choice.objects.values_list("kind", "way")) == {"trial.now": "page"}
    assert mail_due(now=later()) == 0  # also what waited
    undo = re.search(r'name="undo" value="([^"]+)"', answer.content.decode()).group(1)  # type: ignore[union-attr]
    assert stop(client, reader, "trial.now", undo=undo).status_code == 200
    assert not Choice.objects.exists()


def test_a_digest_stopped_stops_every_kind_that_came_in_it(reader: Actor) -> None:
    save_choices(person=reader.person, ways={"trial.now": "daily", "trial.weekly": "weekly"})
    stop(Client(), reader, "daily")
    kept = dict(Choice.objects.values_list("kind", "way"))
    assert kept["trial.now"] == kept["trial.daily"] == "page"
    assert "trial.weekly" not in kept and "trial.must" not in kept


def test_looking_at_the_link_stops_nothing(reader: Actor) -> None:
    path = f"/en/notices/stop/{unsubscribe_token(reader.person, 'trial.now')}/"
    for ask in (Client().get, Client().head):
        assert ask(path).status_code == 200
    assert not Choice.objects.exists()


def test_what_must_be_told_cannot_be_stopped(reader: Actor) -> None:
    stop(Client(), reader, "trial.must")
    assert not Choice.objects.exists()


def test_forged_addresses_and_undoings_of_others_do_nothing(reader: Actor) -> None:
    other = actor()
    good = unsubscribe_token(reader.person, "trial.now")
    for forged in (good + "x", good[:-2] + "AA", "x", "a.b.c"):
        assert Client().post(f"/en/notices/stop/{forged}/").status_code == 404
    page = stop(Client(), other, "trial.now").content.decode()
    undo = re.search(r'name="undo" value="([^"]+)"', page).group(1)  # type: ignore[union-attr]
    assert stop(Client(), reader, "trial.now", undo=undo).status_code == 404
    assert not Choice.objects.filter(person=reader.person).exists()
    gone = UserFactory(is_active=False)
    assert Client().post(f"/en/notices/stop/{unsubscribe_token(gone, 'daily')}/").status_code == 404


def test_guessing_is_slowed_down(reader: Actor) -> None:
    client = Client()
    codes = [client.get("/en/notices/stop/x/").status_code for _n in range(32)]
    assert codes[0] == 404 and codes[-1] == 429
