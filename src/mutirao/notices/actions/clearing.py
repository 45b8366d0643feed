"""Old notices go."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Notice, Reminded


def clear_away() -> int:
    """Remove read notices older than `MUTIRAO_NOTICES_DAYS`, unread ones after twice as long."""
    days = timedelta(days=settings.NOTICES_DAYS)
    now = timezone.now()
    gone = Notice.objects.filter(read_at__isnull=False, created_at__lt=now - days).delete()[0]
    gone += Notice.objects.filter(created_at__lt=now - 2 * days).delete()[0]
    Reminded.objects.filter(at__lt=now - timedelta(days=800)).delete()
    return gone
