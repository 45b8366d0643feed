"""Reports of undeliverable mail (RFC 3464), as a mail server pipes them in.

A report is a stranger's mail: anybody can write one. It is believed only where it names both the
Message-ID of a letter we sent and the very address that letter went to.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from django.db import transaction

from ..models import Letter
from ..states import State
from .refusing import refuse

_ADDRESS = re.compile(r"<?([^\s<>;,]+@[^\s<>;,]+?)>?\s*$")
_IDENTITY = re.compile(r"<[^<>\s]{3,190}>")
_HEADER = re.compile(r"^message-id:\s*(<[^<>\s]{3,190}>)", re.I | re.M)


@dataclass(frozen=True)
class Outcome:
    """`readable`: it was a report at all. `said` is one line for the mail server's log."""

    readable: bool
    said: str


@dataclass(frozen=True)
class _Failure:
    """What a report says of one recipient."""

    addresses: frozenset[str]
    status: str
    reason: str


@transaction.atomic
def take_report(report: bytes) -> Outcome:
    """Switch off the addresses a report proves to take no mail; says what was done.

    Delays (4.x.x) switch nothing off, nor does a report that names no letter of ours.
    """
    message = email.message_from_bytes(report, policy=email.policy.compat32)
    failures = list(_failures(message))
    if not failures:
        return Outcome(False, "not a report of undeliverable mail")
    permanent = [failure for failure in failures if failure.status.startswith("5")]
    if not permanent:
        return Outcome(True, "delayed or delivered: nothing is switched off")
    identities = set(_identities(message))
    letters = Letter.objects.filter(
        message_id__in=identities, state__in=(State.SENT, State.REFUSED)
    )
    done = [
        letter.to
        for letter in letters.select_for_update()
        for failure in permanent
        if letter.to.lower() in failure.addresses and _switch_off(letter, failure)
    ]
    if not done:
        return Outcome(True, "no letter of ours to that address: nothing is done")
    return Outcome(True, f"switched off: {', '.join(sorted(set(done)))}")


def _switch_off(letter: Letter, failure: _Failure) -> bool:
    letter.state, letter.reply = State.REFUSED, failure.reason[:500]
    letter.save(update_fields=["state", "reply"])
    refuse(address=letter.to, reason=failure.reason, letter=letter)
    return True


def _failures(message: Message) -> Iterator[_Failure]:
    """One for each recipient a `message/delivery-status` part names."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        # Python reads the part into one message a block; a broken one stays text.
        found = blocks if isinstance(blocks, list) else _blocks(part)
        for block in found:
            if isinstance(block, Message) and (failure := _failure(block)) is not None:
                yield failure


def _blocks(part: Message) -> list[Message]:
    text = part.get_payload(decode=True)
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text or "")
    return [email.message_from_string(block) for block in re.split(r"\r?\n\s*\r?\n", words)]


def _failure(block: Message) -> _Failure | None:
    """The first block speaks of the mail server and names no recipient: None."""
    addresses = frozenset(
        found.group(1).lower()
        for name in ("Final-Recipient", "Original-Recipient")
        for value in block.get_all(name, [])
        if (found := _ADDRESS.search(str(value)))
    )
    if not addresses:
        return None
    action = str(block.get("Action", "")).strip().lower()
    status = str(block.get("Status", "")).strip()
    if action and action != "failed":
        status = "4"
    elif not status:
        status = "5" if action == "failed" else ""
    said = str(block.get("Diagnostic-Code", "")).strip() or status
    return _Failure(addresses, status, " ".join(said.split()))


def _identities(message: Message) -> Iterator[str]:
    """The Message-IDs of the message that came back: whole, only its headers, or as plain text."""
    for part in message.walk():
        if part is message:
            continue
        kind = part.get_content_type()
        if kind in ("text/rfc822-headers", "message/rfc822-headers"):
            text = part.get_payload(decode=True)
            words = text.decode("utf-8", "replace") if isinstance(text, bytes) else ""
            yield from _HEADER.findall(words)
        elif part.get("Message-ID"):
            yield from _IDENTITY.findall(str(part["Message-ID"]))
