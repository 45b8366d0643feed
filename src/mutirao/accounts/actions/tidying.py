"""What is not needed any longer goes by itself."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import Device, User


@transaction.atomic
def tidy() -> dict[str, int]:
    """Delete what is past its period (settings KEEP_…_DAYS); how many rows of each."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    return {
        "sessions": _sessions(now - timedelta(days=settings.KEEP_SESSIONS_DAYS)),
        "devices": Device.objects.filter(
            last_seen_at__lt=now - timedelta(days=settings.KEEP_DEVICES_DAYS)
        ).delete()[0],
        "accounts": _unconfirmed(now - timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)),
    }


def _sessions(before) -> int:
    """Lines of sessions that have ended, and of those not seen since."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    gone = UserSession.objects.filter(~Exists(alive), last_seen_at__lt=before)
    return gone.delete()[0]


def _unconfirmed(before) -> int:
    """Accounts somebody opened for themselves and never confirmed.

    One that was registered by others, or acted for somebody, is not among them.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    idle = User.objects.filter(
        ~Exists(confirmed),
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"))),
        joined_at__lt=before,
        last_login__isnull=True,
        is_sample=False,
        erased_at__isnull=True,
        owes_consent=False,
        consents__isnull=False,
    ).distinct()
    count = 0
    for person in idle:
        person.delete()
        count += 1
    return count
