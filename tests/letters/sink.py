"""A real SMTP server that keeps what it is given, and can be told to refuse."""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.installation import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)  # it says every line of every session


class Sink:
    """`messages` in the order they came; `answers` gives an address its own reply to RCPT."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answers: dict[str, str] = {}
        self.after_data: dict[str, str] = {}
        self.connections = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        refused = self.after_data.get(envelope.rcpt_tos[0])
        if refused:
            return refused
        self.messages.append(
            email.message_from_bytes(envelope.content, policy=email.policy.default)  # type: ignore[arg-type]
        )
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 taken"

    @property
    def identities(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


@contextmanager
def listening(sink: Sink, port: int | None = None) -> Iterator[int]:
    """The sink behind a port of this machine."""
    port = port or free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
