"""The contact form: visitors write to organisations and units without seeing an address."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import timedelta
from email.utils import formataddr
from hashlib import sha256
from uuid import UUID

import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.addresses import address
from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES
from mutirao.core.models import NotAllowed
from mutirao.letters.actions import post

from .. import queries
from ..acting import Actor
from ..models import ContactMessage, Organisation, Unit
from ..states import MessageState

# How many messages are taken: of one network address, and to one organisation or unit. An office
# behind one address writes a few a day; a programme, hundreds.
OF_ONE_SENDER = ((3, timedelta(hours=1)), (8, timedelta(days=1)))
TO_ONE_TARGET = ((15, timedelta(hours=1)), (60, timedelta(days=1)))
_LOCK = 0x436F6E74


def sender_of(ip: str) -> str:
    """A network address as it is kept: enough to count by, not to find anybody."""
    return hmac.new(settings.SECRET_KEY.encode(), ip.encode(), sha256).hexdigest()


@transaction.atomic
def write_message(
    *,
    target: Organisation | Unit,
    key: UUID,
    ip: str,
    name: str,
    email: str,
    subject: str,
    text: str,
    language: str,
) -> ContactMessage:
    """Pass a visitor's message on to those who decide for `target`; nobody's address is shown.

    A unit's message goes to the organisations that lead it today; where nobody decides, the
    secretariat gets it. `key` is the form's: sent twice it is one message. Raises NotAllowed when
    too many were sent.
    """
    with connection.cursor() as cursor:  # counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if there := ContactMessage.objects.filter(key=key).first():
        return there
    sender = sender_of(ip)
    of_target = {"organisation" if isinstance(target, Organisation) else "unit": target}
    _refuse_too_many({"sender": sender}, OF_ONE_SENDER)
    _refuse_too_many(of_target, TO_ONE_TARGET)
    message = ContactMessage.objects.create(
        key=key,
        sender=sender,
        name=name,
        email=email,
        subject=subject,
        text=text,
        language=language,
        **of_target,
    )
    people = _recipients(message)
    tell(
        "network.message_received",
        people=[person.pk for person in people],
        record=target,
        url=address("network:message", message.pk),
        visitor=name,
    )
    for person in people:
        _send(message, person)
    return message


def _refuse_too_many(of: Mapping[str, object], limits: tuple[tuple[int, timedelta], ...]) -> None:
    for most, span in limits:
        since = timezone.now() - span
        if ContactMessage.objects.filter(created_at__gte=since, **of).count() >= most:
            raise NotAllowed(
                _(
                    "Too many messages were sent from here or to this address in a short time."
                    " Yours was not sent: keep its text and send it later."
                )
            )


def _recipients(message: ContactMessage) -> list[User]:
    """Who reads it: those who decide for the organisations it goes to, else the secretariat."""
    if message.organisation is not None:
        organisations = [message.organisation]
    else:
        assert message.unit is not None
        organisations = list(queries.leading(message.unit))
    deciding = queries.deciders_of(organisations)
    message.recipients.set({row.organisation_id for row in deciding})
    ids = {row.person_id for row in deciding} or set(queries.secretariat_people())
    return list(User.objects.filter(pk__in=ids, is_active=True))


def _send(message: ContactMessage, person: User) -> None:
    with translation.override(DJANGO_CODES[person.language]):
        link = settings.BASE_URL + reverse("network:message", args=[message.pk])
        target = str(message.target)
    post(
        to=person.email,
        template="network/letters/message",
        context={"message": message, "target": target, "link": link},
        language=person.language,
        # The answer goes to the visitor, from the officer's own mailbox and by their own choice.
        headers={"Reply-To": formataddr((message.name, message.email))},
        key=f"contact-{message.pk}-{person.pk}",
        person=person,
        secret=True,
    )


@transaction.atomic
def mark_message(*, by: Actor, message: ContactMessage, state: str) -> ContactMessage:
    """Say that a message is answered, or report it as abuse: the secretariat is then told.

    The secretariat takes a report back by marking it answered. Raises PermissionDenied.
    """
    current = ContactMessage.objects.select_for_update().get(pk=message.pk)
    if by.person is None or not rules.test_rule("network.read_message", by, current):
        raise PermissionDenied
    if state not in (MessageState.ANSWERED, MessageState.ABUSE) or state == current.state:
        return current
    current.state, current.handled_by = state, by.person
    current.save(update_fields=["state", "handled_by"])
    if state == MessageState.ABUSE:
        tell(
            "network.message_reported",
            people=queries.secretariat_people(),
            record=current.target,
            by=by,
            url=address("network:message", current.pk),
        )
    return current


@transaction.atomic
def delete_message(*, by: Actor, message: ContactMessage) -> None:
    """The secretariat deletes what was reported as abuse."""
    current = ContactMessage.objects.select_for_update().get(pk=message.pk)
    if not by.is_secretariat or current.state != MessageState.ABUSE:
        raise PermissionDenied
    current.delete()


def clear_messages_away() -> int:
    """Delete messages older than `MUTIRAO_CONTACT_DAYS`; how many there were."""
    before = timezone.now() - timedelta(days=settings.CONTACT_DAYS)
    old = ContactMessage.objects.filter(created_at__lt=before)
    count = old.count()
    old.delete()
    return count
