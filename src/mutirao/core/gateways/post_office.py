"""Handing messages to the operator's mail server, many over one connection.

Its fake is Django's own memory or file backend: whatever `EMAIL_BACKEND` names other than SMTP is
given the message as it is. `tests/letters/test_sending.py` holds
this against a real server.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

_CRLF = re.compile(rb"\r?\n")
_ENHANCED = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
# Replies to a recipient that speak of us or of the route, not of the address (RFC 3463).
_NOT_THE_ADDRESS = {"3", "4", "5", "7"}


class PostError(Exception):
    """The message was not taken; the text is the server's answer."""


class AddressRefused(PostError):
    """This address does not exist or takes no mail: permanent."""


class LetterRefused(PostError):
    """This message was refused for good; another to the same address may pass."""


class TryLater(PostError):
    """This message was put off; the next one may pass."""


class NobodyThere(PostError):
    """No mail server answers, or it takes nothing from us: all messages wait."""


class PostOffice:
    """A connection to the mail server, opened when the first message is handed over."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def __enter__(self) -> PostOffice:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._backend.close()

    def hand_over(self, message: EmailMessage) -> None:
        """Give the message to the server; on return it answers for it (RFC 5321, 4.2.5).

        Raises one of the errors above.
        """
        if not isinstance(self._backend, EmailBackend):
            self._backend.send_messages([message])
            return
        try:
            written = _CRLF.sub(b"\r\n", message.message().as_bytes())
        except ValueError as error:  # a header or an address that cannot be written
            raise LetterRefused(str(error)) from error
        try:
            self._backend.open()
            server: smtplib.SMTP = self._backend.connection  # type: ignore[assignment]  # open() made it
            server.sendmail(settings.MAIL_BOUNCES_TO, message.to, written)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            raise LetterRefused(str(error)) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise _of_recipient(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPSenderRefused as error:
            self.close()
            raise NobodyThere(_said(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPDataError as error:
            raise _of_data(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NobodyThere(str(error) or type(error).__name__) from error


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:500]


def _about(text: bytes | str) -> str:
    """The second number of an enhanced status ("1" of 5.1.1, addressing), or nothing."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    found = _ENHANCED.match(words)
    return found.group(2) if found else ""


def _is_full(text: bytes | str) -> bool:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return words.lstrip().startswith("5.2.2")


def _of_recipient(code: int, text: bytes | str) -> PostError:
    said = _said(code, text)
    if code == 421:  # the server is closing the connection
        return NobodyThere(said)
    if code < 500 or code == 530 or _about(text) in _NOT_THE_ADDRESS or _is_full(text):
        # A relay that refuses us would otherwise switch off everybody's address.
        return TryLater(said)
    return AddressRefused(said)


def _of_data(code: int, text: bytes | str) -> PostError:
    said = _said(code, text)
    if code == 421:
        return NobodyThere(said)
    if code < 500:
        return TryLater(said)
    if (code == 550 and not _about(text)) or _about(text) == "1":
        return AddressRefused(said)
    return LetterRefused(said)
