"""Letters that leave the house, and the addresses that refused one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.core.states import label_of

from .states import State


def new_message_id() -> str:
    """An identity no other message has, `<…@the installation's host>` (RFC 5322, 3.6.4)."""
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def empty_headers() -> dict[str, str]:
    return {}


class Letter(models.Model):
    """One message to one address, as it is sent.

    The row is written in the transaction of the act it tells of and is itself the queue; its
    `message_id` never changes, so that a message sent twice after a crash is known as one.
    `key`, where there is one, makes writing it twice harmless.
    """

    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    to = models.EmailField(_("to"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="letters",
    )
    language = models.CharField(max_length=2)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField()
    html = models.TextField()
    # A link in it opens an account: the words are not kept once they are sent.
    secret = models.BooleanField(default=False)
    headers = models.JSONField(default=empty_headers)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    reply = models.CharField(max_length=500, blank=True)  # what the mail server said last
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state=State.WAITING), name="letter_waiting"
            ),
            models.Index(fields=["written_at"], name="letter_written"),
            models.Index(fields=["to"], name="letter_to"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="letter_state_known"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(State, self.state)

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers of the message beyond those every message has."""
        return {
            "Message-ID": self.message_id,
            # Programs that answer by themselves (RFC 3834) leave such messages alone.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": "pt-BR" if self.language == "pt" else self.language,
            **self.headers,
        }

    def message(self) -> EmailMultiAlternatives:
        """The message as it goes out: plain text, and the same as HTML."""
        made = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            from_email=settings.MAIL_FROM,
            to=[self.to],
            reply_to=[settings.MAIL_REPLY_TO] if settings.MAIL_REPLY_TO else None,
            headers=self.all_headers,
        )
        # The day it was written, however late it is sent: a second copy is the same message.
        made.extra_headers["Date"] = _rfc_5322(self.written_at)
        made.attach_alternative(self.html, "text/html")
        return made


def _rfc_5322(moment: Any) -> str:
    from email.utils import format_datetime

    return format_datetime(moment)


class Refusal(models.Model):
    """An address that no longer takes mail (kept in small letters); nothing is sent there."""

    address = models.EmailField(unique=True)
    reason = models.CharField(max_length=500, blank=True)
    refused_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address
