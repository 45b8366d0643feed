"""The bell and the follow button."""

from __future__ import annotations

import time
from typing import Any

from django import template
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q

from mutirao.accounts.models import User
from mutirao.core import tickets

from ..queries import followers_of, follows_of, unread
from ..queries.own import MOST_COUNTED

register = template.Library()


@register.simple_tag
def unread_notices(person: User) -> dict[str, Any]:
    """How many notices are unread, as a number and as it is shown (one query)."""
    count = unread(person)
    return {"count": count, "shown": f"{count}" if count < MOST_COUNTED else "99+"}


@register.simple_tag
def follow_state(actor: Any, record: Any) -> dict[str, Any]:
    """Whether the person follows the record, and how many do (one query)."""
    counts = followers_of(record).aggregate(
        count=Count("pk"), mine=Count("pk", filter=Q(person=actor.person))
    )
    return {
        "app": record._meta.app_label,
        "model": record._meta.model_name,
        "following": bool(counts["mine"]),
        "count": counts["count"],
    }


@register.simple_tag
def follow_in_list(request: Any, record: Any) -> dict[str, Any]:
    """Like `follow_state` without the number, for one of many: one query for all of a page."""
    if not hasattr(request, "own_follows"):
        rows = follows_of(request.actor).select_related(None)
        request.own_follows = set(rows.values_list("record_type_id", "record_id"))
    place = (ContentType.objects.get_for_model(record).pk, record.pk)
    return {
        "app": record._meta.app_label,
        "model": record._meta.model_name,
        "following": place in request.own_follows,
    }


@register.simple_tag
def live_door(request: Any) -> dict[str, str]:
    """Where the browser finds the live door, and a ticket for it; empty without one."""
    # A page of an error may be made for a request that has no session (yet).
    session = getattr(request, "session", None) if settings.LIVE_URL else None
    if session is None or not session.session_key:
        return {}
    key = session.session_key
    ticket = tickets.make(settings.SECRET_KEY, request.user.pk, key, time.time())
    return {"url": settings.LIVE_URL, "ticket": ticket}
