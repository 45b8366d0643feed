"""What is seen of the calendar. Every list starts from `visible_to(actor)`."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.text import Folded, fold
from mutirao.topics.queries import with_tags

from .models import Event
from .rules import prepares_for


def visible_to(actor: Actor) -> QuerySet[Event]:
    """The events the actor may see: public ones; members' for members; drafts of one's own.

    The same rule as `meetings.see_event`. Ordered by `day`, the first day or the first of the
    month when only that is known; events without either come last.
    """
    return by_day(Event.objects.filter(_seen(actor)))


def by_day(events: QuerySet[Event]) -> QuerySet[Event]:
    """`events` with their `day`, the earliest first."""
    return events.annotate(day=Coalesce("starts_on", "month")).order_by("day", "starts_at", "pk")


def _seen(actor: Actor) -> Q:
    if actor.is_secretariat:
        return Q()
    seen = Q(visibility=Visibility.PUBLIC)
    if actor.is_member:
        own, units = prepares_for(actor)
        seen |= Q(visibility=Visibility.MEMBERS) | Q(unit_id__in=units)
        seen |= Q(organisation_id=own, source_id__isnull=True) if own else Q()
    return seen


def coming(events: QuerySet[Event], today: date | None = None) -> QuerySet[Event]:
    """Those of `events` that are not over: still running, ahead, or in a month not over."""
    today = today or timezone.localdate()
    undated = Q(starts_on__isnull=True) & (
        Q(month__isnull=True) | Q(month__gte=today.replace(day=1))
    )
    return events.filter(Q(ends_on__gte=today) | undated)


def past(events: QuerySet[Event], today: date | None = None) -> QuerySet[Event]:
    """Those of `events` that are over, the latest first."""
    today = today or timezone.localdate()
    over = Q(ends_on__lt=today) | Q(starts_on__isnull=True, month__lt=today.replace(day=1))
    return events.filter(over).order_by(Coalesce("starts_on", "month").desc(), "-pk")


def upcoming(actor: Actor, today: date | None = None) -> QuerySet[Event]:
    """What comes next for the actor, cancelled events left out; ready for `agenda.html`."""
    return for_cards(coming(visible_to(actor), today).filter(cancelled=False))


def between(actor: Actor, first: date, last: date) -> QuerySet[Event]:
    """The events that share at least one day with first–last (both included)."""
    return within(visible_to(actor), first, last)


def within(events: QuerySet[Event], first: date, last: date) -> QuerySet[Event]:
    """Those of `events` that share at least one day with first–last (both included)."""
    return events.filter(starts_on__lte=last, ends_on__gte=first)


def in_month(events: QuerySet[Event], first: date, last: date, month: date) -> QuerySet[Event]:
    """Those within first–last, and those of `month` whose day is not known. One query."""
    undated = Q(starts_on__isnull=True, month=month)
    return events.filter(Q(starts_on__lte=last, ends_on__gte=first) | undated)


def month_only(actor: Actor, month: date) -> QuerySet[Event]:
    """The events of that month (any day of it) whose day is not known yet."""
    return visible_to(actor).filter(starts_on__isnull=True, month=month.replace(day=1))


def filtered(
    events: QuerySet[Event],
    *,
    q: str = "",
    unit: str = "",
    role: str = "",
    theme: str = "",
    goal: str = "",
    country: str = "",
) -> QuerySet[Event]:
    """Those of `events` that fit every filter given.

    `unit` is a slug, `theme` a code (a wider theme finds its narrower ones), `goal` an SDG's
    number, `q` words of title, place or description, whatever their accents.
    """
    exact = {"unit__slug": unit, "role": role, "country": country}
    events = events.filter(**{name: value for name, value in exact.items() if value})
    if theme:
        tagged = Event.themes.through.objects.filter(
            Q(theme__code=theme) | Q(theme__parent__code=theme), event=OuterRef("pk")
        )
        events = events.filter(Exists(tagged))
    if goal:
        serving = Event.targets.through.objects.filter(
            target__goal_id=int(goal), event=OuterRef("pk")
        )
        events = events.filter(Exists(serving))
    return _worded(events, q)


def _worded(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    if not words:
        return events
    text = Concat("title", Value(" "), "place", Value(" "), "description", output_field=TextField())
    events = events.alias(text=text).alias(words=Folded("text"))
    for word in fold(words).split():
        events = events.filter(words__contains=word)
    return events


def countries(actor: Actor) -> list[str]:
    """The countries in which the actor sees an event."""
    seen = visible_to(actor).exclude(country="").order_by()
    return list(seen.values_list("country", flat=True).distinct())


def for_cards(events: QuerySet[Event]) -> QuerySet[Event]:
    """`events` with what a list shows of each: its unit and its host."""
    return events.select_related("unit", "organisation")


def for_page(actor: Actor) -> QuerySet[Event]:
    """The events the actor may see, with everything the event page shows."""
    return with_tags(for_cards(visible_to(actor)))
