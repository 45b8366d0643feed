"""Everything that writes to the calendar."""

from __future__ import annotations

import zoneinfo
from datetime import date, time, timedelta
from typing import Any

import rules
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mutirao.core.forms import check_year
from mutirao.core.happenings import tell
from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.states import Visibility
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.queries import deciders, unit_leaders
from mutirao.notices.actions import follow_quietly, remind_once

from .models import CalendarAddress, Event, new_token

_TAGS = ("themes", "targets")


@transaction.atomic
def create_event(*, by: Actor, source: models.Model | None = None, **fields: Any) -> Event:
    """Put an event on the calendar and return it.

    `fields` are those of `Event`; `themes` and `targets` are iterables. With a `source` (a plan)
    the caller has already asked who may write to it; without one `meetings.add_event` decides.
    The same `uid` twice is one event: a form sent twice gives back the first.
    Raises PermissionDenied and ValidationError.
    """
    tags = {name: fields.pop(name) for name in _TAGS if name in fields}
    event = Event(source=source, **fields)
    if source is None and not rules.test_rule("meetings.add_event", by, event):
        raise PermissionDenied
    _check(event)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        existing = Event.objects.filter(uid=event.uid).first()
        if existing is None:
            raise
        return _sent_twice(existing, by)
    _tag(event, tags)
    if event.visibility != Visibility.DRAFT:
        _tell("meetings.new", event, by)
    if by.person is not None and source is None:
        follow_quietly(people=[by.person.pk], record=event, organisation=by.organisation)
    return event


def _tell(kind: str, event: Event, by: Actor) -> None:
    """Who follows it, and who decides for its host and its unit today. A past one is history."""
    last = event.ends_on or (event.month and event.month.replace(day=28))
    if last is not None and last < timezone.localdate():
        return
    people: set[int] = set()
    if event.organisation is not None:
        people |= set(deciders(event.organisation).values_list("person_id", flat=True))
    if event.unit is not None:
        people |= set(unit_leaders(event.unit))
    tell(kind, people=people, record=event, by=by, followers=True, when=_when(event))


def _when(event: Event) -> Any:
    return event.starts_on or event.month or pgettext_lazy("event", "no day yet")


def _sent_twice(existing: Event, by: Actor) -> Event:
    """The event the same form made the first time; a key taken from elsewhere is refused."""
    if not rules.test_rule("meetings.edit_event", by, existing):
        raise PermissionDenied
    return existing


@transaction.atomic
def publish_from(*, source: models.Model, visibility: str) -> int:
    """Show every event of `source` to those `visibility` names; return how many changed.

    Who may do it is the source's affair (a plan is approved, returned …).
    """
    kind = ContentType.objects.get_for_model(source)
    events = Event.objects.filter(source_type=kind, source_id=source.pk)
    return events.exclude(visibility=visibility).update(
        visibility=visibility, version=F("version") + 1, updated_at=timezone.now()
    )


@transaction.atomic
def edit_event(*, event: Event, version: int, by: Actor, **fields: Any) -> Event:
    """Change an event that was read at `version` and return it.

    Raises PermissionDenied (also when it would move to a unit or host that is not the actor's),
    Conflict with the event as it stands when somebody saved it meanwhile, ValidationError.
    """
    current = _locked(event, version, by)
    home = (current.unit_id, current.organisation_id)
    stood, shown = _place_and_time(current), current.visibility
    tags = {name: fields.pop(name) for name in _TAGS if name in fields}
    for name, value in fields.items():
        setattr(current, name, value)
    moved = (current.unit_id, current.organisation_id) != home
    shifted = _place_and_time(current) != stood
    appeared = shown == Visibility.DRAFT and current.visibility != Visibility.DRAFT
    if moved and not rules.test_rule("meetings.add_event", by, current):
        raise PermissionDenied
    _check(current)
    saved = _saved(current, tags)
    if appeared:
        _tell("meetings.new", saved, by)
    elif shifted and shown != Visibility.DRAFT:
        _tell("meetings.changed", saved, by)
    return saved


def _place_and_time(event: Event) -> tuple[Any, ...]:
    """What somebody who means to come must know."""
    when = (event.starts_on, event.ends_on, event.month, event.starts_at, event.ends_at)
    return (*when, event.time_zone, event.place, event.online)


@transaction.atomic
def cancel_event(*, event: Event, version: int, by: Actor) -> Event:
    """Say that the event will not take place. It stays on the calendar, struck through."""
    current = _locked(event, version, by)
    if current.cancelled:
        raise NotAllowed(_("This event is already cancelled."))
    current.cancelled = True
    saved = _saved(current, {})
    if saved.visibility != Visibility.DRAFT:
        _tell("meetings.cancelled", saved, by)
    return saved


@transaction.atomic
def restore_event(*, event: Event, version: int, by: Actor) -> Event:
    """Take a cancellation back."""
    current = _locked(event, version, by)
    if not current.cancelled:
        raise NotAllowed(_("This event is not cancelled."))
    current.cancelled = False
    saved = _saved(current, {})
    if saved.visibility != Visibility.DRAFT:
        _tell("meetings.restored", saved, by)
    return saved


@transaction.atomic
def renew_address(*, by: Actor) -> CalendarAddress:
    """Give the person a secret calendar address; the old one, if any, stops working at once."""
    if by.person is None:
        raise PermissionDenied
    address, _made = CalendarAddress.objects.update_or_create(
        person=by.person, defaults={"token": new_token()}
    )
    return address


def _locked(event: Event, version: int, by: Actor) -> Event:
    current = Event.objects.select_for_update().get(pk=event.pk)
    if not rules.test_rule("meetings.edit_event", by, current):
        raise PermissionDenied
    if current.version != version:
        raise Conflict(current)
    return current


def _saved(event: Event, tags: dict[str, Any]) -> Event:
    event.version += 1
    event.save()
    _tag(event, tags)
    return event


def _tag(event: Event, tags: dict[str, Any]) -> None:
    for name, values in tags.items():
        getattr(event, name).set(values)


def _check(event: Event) -> None:
    """Put in order what follows from other fields; refuse what the database could only call bad."""
    if event.time_zone not in zoneinfo.available_timezones():
        raise ValidationError({"time_zone": _("This time zone is not known.")})
    for name in ("starts_on", "ends_on", "month"):
        try:
            check_year(getattr(event, name))
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    if event.starts_on is None:
        event.ends_on = event.starts_at = event.ends_at = None
        event.date_confirmed = False
        event.month = event.month.replace(day=1) if event.month else None
        return
    event.month = None
    event.ends_on = event.ends_on or event.starts_on
    begin = (event.starts_on, event.starts_at or time.min)
    if (event.ends_on, event.ends_at or time.max) < begin:
        raise ValidationError({"ends_on": _("It ends before it begins.")})


@transaction.atomic
def remind_of_tomorrow(*, today: date | None = None) -> int:
    """Tell of what begins tomorrow, once for each event and day; returns of how many."""
    tomorrow = (today or timezone.localdate()) + timedelta(days=1)
    coming = Event.objects.filter(starts_on=tomorrow, cancelled=False)
    events = {
        f"event:{event.pk}:{tomorrow}": event
        for event in coming.exclude(visibility=Visibility.DRAFT).select_related(
            "unit", "organisation"
        )
    }
    new = remind_once(events)
    for key in sorted(new):
        _tell("meetings.tomorrow", events[key], NOBODY)
    return len(new)
