"""Reports of undeliverable mail: what is believed, and what is not."""

from __future__ import annotations

import pytest

from mutirao.letters.actions import keep, take_report
from mutirao.letters.models import Letter, Refusal
from mutirao.letters.states import State

pytestmark = pytest.mark.django_db


def sent(to: str = "ana@city.example") -> Letter:
    letter = keep(Letter(to=to, subject="s", text="t", html="h", language="pt"))
    assert letter is not None
    Letter.objects.update(state=State.SENT)
    return letter


def report(letter: Letter, *, headers_only: bool = False, **more: str) -> bytes:
    """As Postfix writes it."""
    to = more.get("recipient", letter.to)
    back = "text/rfc822-headers" if headers_only else "message/rfc822"
    identity = more.get("identity", letter.message_id)
    return f"""From: MAILER-DAEMON@mx.example
To: bounces@net.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

<{to}>: unknown user

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 23 Nov 2026 04:00:00 +0000

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{more.get("original", to)}
Action: {more.get("action", "failed")}
Status: {more.get("status", "5.1.1")}
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient
    address rejected

--B
Content-Type: {back}

From: mutirao@localhost
To: {letter.to}
Message-ID: {identity}
Subject: s

text
--B--
""".encode()


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_on_our_own_letter_switches_the_address_off(headers_only: bool) -> None:
    letter = sent()
    outcome = take_report(report(letter, headers_only=headers_only))
    assert outcome.readable and "ana@city.example" in outcome.said
    refusal = Refusal.objects.get()
    assert refusal.address == "ana@city.example" and "Recipient address rejected" in refusal.reason
    letter.refresh_from_db()
    assert letter.state == State.REFUSED
    assert take_report(report(letter, headers_only=headers_only)).readable
    assert Refusal.objects.count() == 1


def test_an_address_that_forwards_is_known_by_the_one_we_wrote_to() -> None:
    letter = sent()
    take_report(report(letter, recipient="ana@elsewhere.example", original="Ana@City.example"))
    assert Refusal.objects.get().address == "ana@city.example"


@pytest.mark.parametrize(
    "forged",
    [
        {"identity": "<guessed@localhost>"},
        {"recipient": "victim@city.example"},
        {"action": "delayed", "status": "4.4.1"},
        {"action": "delivered", "status": "2.0.0"},
        {"action": "failed", "status": "4.2.2"},
        {"action": "relayed", "status": "5.0.0"},
    ],
)
def test_what_proves_nothing_switches_nothing_off(forged: dict[str, str]) -> None:
    sent("victim@city.example")
    letter = sent()
    assert take_report(report(letter, **forged)).readable
    assert not Refusal.objects.exists()


def test_a_letter_that_was_never_sent_is_not_believed_refused() -> None:
    letter = sent()
    Letter.objects.update(state=State.WAITING)
    take_report(report(letter))
    assert not Refusal.objects.exists()


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\x00\xff\xfe not mail at all",
        b"Subject: Out of office\n\nI am away.",
        b'Content-Type: multipart/report; boundary="B"\n\n--B\n',
        b'Content-Type: multipart/report; boundary="B"\n\n--B\n'
        + b"Content-Type: message/delivery-status\n\n"
        + b"Final-Recipient: rfc822;\nAction: failed\n\n--B--",
    ],
)
def test_what_is_no_report_says_so(rubbish: bytes) -> None:
    assert not take_report(rubbish).readable


def test_a_report_with_windows_line_ends_and_without_status_is_understood() -> None:
    letter = sent()
    text = report(letter).replace(b"Status: 5.1.1\n", b"").replace(b"\n", b"\r\n")
    assert "switched off" in take_report(text).said
