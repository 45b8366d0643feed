"""Who looks after a comment."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from mutirao.network.models import Mandate, Membership
from mutirao.network.queries import live_on
from mutirao.network.states import LEADING_OFFICES, WRITING_ROLES, Kind, Role

from ..models import Comment


def moderators_of(comment: Comment) -> set[int]:
    """Ids of those who lead the record's unit today; without a unit, of the secretariat."""
    today = timezone.localdate()
    acting = Membership.objects.filter(live_on(today), person__is_active=True)
    if comment.unit_id is None:
        who = Q(organisation__kind=Kind.NETWORK, role=Role.SECRETARIAT)
    else:
        led = Mandate.objects.filter(
            live_on(today),
            unit_id=comment.unit_id,
            office__in=LEADING_OFFICES,
            term__ends_on__gte=today,
        )
        who = Q(organisation__in=led.values("organisation"), role__in=WRITING_ROLES)
    found = set(acting.filter(who).values_list("person_id", flat=True))
    return found - {comment.person_id}
