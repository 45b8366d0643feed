"""What the sample accounts follow and were told lately, so that the bell has something to say."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from mutirao.commitments.models import Commitment
from mutirao.commitments.states import OPEN
from mutirao.core.happenings import tell
from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor, actor_for
from mutirao.notices.actions import follow
from mutirao.notices.models import Notice
from mutirao.plans.models import Plan
from mutirao.topics.models import Goal

from .network import Network

GOAL = 11  # sustainable cities: what nearly every record is about
LATE, COMING = 2, 2


def load_told(network: Network, today: date) -> None:
    """A few follows and unread notices for every account one can enter with."""
    actors = [actor_for(person) for person in network.people.values()]
    members = [actor for actor in actors if actor.is_member]
    for actor in members:
        _follow(actor)
    ids = [actor.person.pk for actor in members if actor.person is not None]
    for item in _late(today):
        tell(
            "commitments.unit_late",
            people=ids,
            record=item,
            owner=item.owner.display,
            due=item.due_on,
        )
    for event in Event.objects.filter(
        starts_on__gte=today, visibility=Visibility.PUBLIC, cancelled=False
    ).order_by("starts_on")[:COMING]:
        tell("meetings.new", people=ids, record=event, when=event.starts_on)
    _spread()


def _late(today: date) -> list[Commitment]:
    late = Commitment.objects.filter(
        state__in=OPEN,
        due_on__range=(today - timedelta(days=120), today),
        visibility=Visibility.PUBLIC,
    )
    return list(late.select_related("owner").order_by("due_on")[:LATE])


def _follow(actor: Actor) -> None:
    mandate = next(iter(actor.mandates), None)
    if mandate is not None:
        follow(record=mandate.unit, by=actor)
    plan = Plan.objects.filter(state="in_progress").order_by("pk").first()
    for record in (plan, Goal.objects.filter(pk=GOAL).first()):
        if record is not None:
            follow(record=record, by=actor)


def _spread() -> None:
    """As if told over the last days, one after the other; the oldest were read and mailed."""
    now = timezone.now()
    for number, pk in enumerate(Notice.objects.order_by("-pk").values_list("pk", flat=True)):
        told = now - timedelta(hours=2 + 5 * (number % 9))
        Notice.objects.filter(pk=pk).update(created_at=told)
