"""Letters wait in their table, go out once over a real SMTP connection, and are never lost."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import close_old_connections, transaction
from django.utils import timezone

from mutirao.letters.actions import (
    clear_away,
    keep,
    keep_many,
    post_text,
    send_waiting,
    try_again,
)
from mutirao.letters.models import Letter, Refusal
from mutirao.letters.states import State
from tests.installation import free_port

from .sink import Sink, listening

pytestmark = [pytest.mark.django_db, pytest.mark.queued]


def letter(to: str = "a@city.example", **more: Any) -> Letter:
    words = {"subject": "Olá", "text": "Bom dia\n", "html": "<p>Bom dia</p>", "language": "pt"}
    return Letter(**{"to": to, **words, **more})


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    sink = Sink()
    with listening(sink) as port:
        to_port(settings, port)
        yield sink


def to_port(settings: Any, port: int) -> None:
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.MAIL_LEAVES = True


def test_letters_go_out_over_one_connection_in_the_order_they_were_written(sink: Sink) -> None:
    for number in range(5):
        keep(letter(f"a{number}@city.example"))
    assert send_waiting() == 5
    assert [message["To"] for message in sink.messages] == [
        f"a{number}@city.example" for number in range(5)
    ]
    assert sink.connections == 1
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}
    assert send_waiting() == 0


def test_a_message_has_both_texts_and_says_it_was_made_by_a_program(
    sink: Sink, settings: Any
) -> None:
    settings.MAIL_BOUNCES_TO = "bounces@net.example"
    settings.MAIL_REPLY_TO = "secretaria@net.example"
    kept = keep(letter(headers={"List-Unsubscribe": "<https://net.example/x>"}))
    send_waiting()
    (message,) = sink.messages
    assert kept and message["Message-ID"] == kept.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "secretaria@net.example"
    assert message["List-Unsubscribe"] == "<https://net.example/x>"
    assert message["From"].addresses[0].display_name == settings.NETWORK_NAME
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert sink.envelopes == [("bounces@net.example", ["a@city.example"])]


def test_a_key_is_written_once() -> None:
    assert keep(letter(key="daily:1:2026-11-23")) is not None
    assert keep(letter(key="daily:1:2026-11-23")) is None
    assert Letter.objects.count() == 1


def test_a_refused_address_is_switched_off_and_its_queue_held(sink: Sink) -> None:
    sink.answers["gone@city.example"] = "550 5.1.1 no such user"
    keep_many([letter("gone@city.example"), letter("b@city.example")])
    keep_many([letter("Gone@city.example", key="later")])
    send_waiting()
    states = dict(Letter.objects.values_list("key", "state").filter(to__istartswith="gone"))
    assert states == {None: State.REFUSED, "later": State.HELD}
    assert Refusal.objects.get().reason == "550 5.1.1 no such user"
    assert [message["To"] for message in sink.messages] == ["b@city.example"]
    keep_many([letter("gone@city.example", key="next")])
    assert Letter.objects.get(key="next").state == State.HELD
    assert try_again(address="GONE@city.example")
    assert not Refusal.objects.exists()


@pytest.mark.parametrize(
    ("reply", "state", "refused"),
    [
        ("450 4.2.1 try later", State.WAITING, False),
        ("452 too many", State.WAITING, False),
        ("550 5.7.1 relaying denied", State.WAITING, False),
        ("552 5.2.2 mailbox full", State.WAITING, False),
        ("550 unknown user", State.REFUSED, True),
        ("553 5.1.3 bad address", State.REFUSED, True),
    ],
)
def test_replies_to_an_address_are_told_apart(
    sink: Sink, reply: str, state: str, refused: bool
) -> None:
    sink.answers["a@city.example"] = reply
    keep(letter())
    send_waiting()
    kept = Letter.objects.get()
    assert (kept.state, kept.reply) == (state, reply)
    assert Refusal.objects.exists() is refused
    if state == State.WAITING:
        assert kept.attempts == 1 and kept.due_at > timezone.now()


def test_a_refused_message_does_not_switch_the_address_off(sink: Sink) -> None:
    sink.after_data["a@city.example"] = "554 5.7.1 looks like spam"
    keep(letter())
    send_waiting()
    assert Letter.objects.get().state == State.FAILED and not Refusal.objects.exists()


def test_one_that_is_put_off_does_not_stop_the_others(sink: Sink) -> None:
    sink.answers["slow@city.example"] = "450 later"
    keep(letter("slow@city.example"))
    keep(letter("b@city.example"))
    assert send_waiting() == 1


def test_after_five_days_of_attempts_a_letter_is_given_up(sink: Sink) -> None:
    sink.answers["a@city.example"] = "450 later"
    keep(letter())
    waited = timedelta()
    for _attempt in range(37):
        before = timezone.now()
        send_waiting()
        kept = Letter.objects.get()
        waited += max(kept.due_at - before, timedelta())
        Letter.objects.update(due_at=timezone.now())
    assert kept.state == State.FAILED
    assert timedelta(days=4) < waited < timedelta(days=6)


def test_nothing_is_lost_while_the_server_is_away(settings: Any) -> None:
    port = free_port()
    to_port(settings, port)
    keep(letter())
    assert send_waiting() == 0
    kept = Letter.objects.get()
    assert (kept.state, kept.attempts) == (State.WAITING, 0)
    sink = Sink()
    with listening(sink, port):
        assert send_waiting() == 0  # not asked again at once
        cache.clear()
        assert send_waiting() == 1
    assert sink.identities == [kept.message_id]


def test_a_letter_that_cannot_be_written_does_not_stop_the_queue(sink: Sink) -> None:
    keep(letter(headers={"X-Bad": "a\nb"}))
    keep(letter("b@city.example"))
    assert send_waiting() == 1
    assert Letter.objects.filter(state=State.FAILED).count() == 1


def test_a_secret_letters_words_are_gone_once_sent(sink: Sink) -> None:
    post_text(
        to="a@city.example", subject="Senha", text="https://x/key", language="pt", secret=True
    )
    send_waiting()
    assert "https://x/key" in sink.messages[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    kept = Letter.objects.get()
    assert (kept.text, kept.html) == ("", "")


def test_a_letter_rolled_back_with_its_act_is_never_sent(sink: Sink) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(letter())
        raise ZeroDivisionError
    assert send_waiting() == 0


def test_old_letters_are_cleared_away_but_never_waiting_ones(settings: Any) -> None:
    settings.LETTERS_DAYS = 30
    old = timezone.now() - timedelta(days=31)
    keep(letter(state=State.SENT, written_at=old))
    keep(letter(state=State.WAITING, written_at=old))
    keep(letter(state=State.SENT))
    assert clear_away() == 1
    assert Letter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_letter(sink: Sink) -> None:
    keep_many([letter(f"a{number}@city.example") for number in range(40)])

    def work() -> None:
        while send_waiting():
            pass
        close_old_connections()

    workers = [threading.Thread(target=work) for _n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sink.identities) == len(set(sink.identities)) == 40


@pytest.mark.django_db(transaction=True)
def test_a_crash_after_the_servers_answer_sends_that_one_letter_again(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_many([letter(f"a{number}@city.example") for number in range(3)])
    real = smtplib.SMTP.sendmail

    def dies_after(self: Any, sender: str, to: list[str], data: bytes) -> Any:
        answer = real(self, sender, to, data)
        if to == ["a1@city.example"] and sink.identities.count(sink.identities[-1]) == 1:
            raise SystemExit  # as good as a kill: nothing after the 250 is done
        return answer

    monkeypatch.setattr(smtplib.SMTP, "sendmail", dies_after)
    with pytest.raises(SystemExit):
        send_waiting()
    send_waiting()
    assert len(sink.identities) == 4 and len(set(sink.identities)) == 3
