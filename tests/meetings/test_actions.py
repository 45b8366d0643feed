"""Writing to the calendar."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.states import Visibility
from mutirao.meetings import actions
from mutirao.meetings.models import CalendarAddress, Event
from mutirao.network.acting import NOBODY
from mutirao.topics.models import Target, Theme
from tests.factories import UnitFactory, actor, secretariat

from .factories import EventFactory

pytestmark = pytest.mark.django_db


def test_create_event_keeps_fields_and_tags() -> None:
    who, theme, target = actor(), Theme.objects.first(), Target.objects.get(pk="11.3")
    event = actions.create_event(
        by=who,
        title="Fórum",
        organisation=who.organisation,
        starts_on=date(2026, 7, 1),
        themes=[theme],
        targets=[target],
    )
    event.refresh_from_db()
    assert (event.ends_on, event.month) == (date(2026, 7, 1), None)
    assert list(event.themes.all()) == [theme]
    assert list(event.targets.all()) == [target]


def test_create_event_with_only_a_month_is_unconfirmed() -> None:
    event = actions.create_event(by=secretariat(), title="Fórum", month=date(2026, 8, 17))
    assert (event.month, event.date_confirmed, event.starts_on) == (date(2026, 8, 1), False, None)


def test_create_event_for_another_unit_is_refused() -> None:
    who = actor()
    with pytest.raises(PermissionDenied):
        actions.create_event(by=who, title="X", unit=UnitFactory(), starts_on=date(2026, 7, 1))
    assert not Event.objects.exists()


def test_create_event_from_a_source_leaves_the_right_to_the_source() -> None:
    unit = UnitFactory()
    event = actions.create_event(by=actor(), source=unit, title="X", starts_on=date(2026, 7, 1))
    assert event.source == unit


def test_create_event_twice_with_one_key_is_one_event() -> None:
    who, key = actor(), uuid4()
    fields = {"title": "X", "organisation": who.organisation, "starts_on": date(2026, 7, 1)}
    first = actions.create_event(by=who, uid=key, **fields)
    second = actions.create_event(by=who, uid=key, **fields)
    assert first == second
    assert Event.objects.count() == 1


def test_create_event_with_the_key_of_a_strangers_event_is_refused() -> None:
    who, other = actor(), EventFactory(visibility=Visibility.DRAFT)
    with pytest.raises(PermissionDenied):
        actions.create_event(
            by=who,
            uid=other.uid,
            title="X",
            organisation=who.organisation,
            starts_on=date(2026, 7, 1),
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": date(2026, 7, 2), "ends_on": date(2026, 7, 1)},
        {"starts_on": date(2026, 7, 2), "starts_at": time(10), "ends_at": time(9)},
        {"starts_on": date(2026, 7, 2), "time_zone": "Mars/Olympus"},
    ],
)
def test_create_event_refuses_what_cannot_be(fields: dict) -> None:
    with pytest.raises(ValidationError):
        actions.create_event(by=secretariat(), title="X", **fields)


def test_hours_out_of_order_are_refused_by_the_database() -> None:
    event = EventFactory(starts_at=time(10), ends_at=time(11))
    with pytest.raises(IntegrityError, match="event_hours_in_order"):
        Event.objects.filter(pk=event.pk).update(ends_at=time(9))


def test_a_day_without_a_last_day_is_refused_by_the_database() -> None:
    event = EventFactory()
    with pytest.raises(IntegrityError, match="event_ends_after_start"):
        Event.objects.filter(pk=event.pk).update(ends_on=None)


def test_half_a_place_is_refused_by_the_database() -> None:
    event = EventFactory()
    with pytest.raises(IntegrityError, match="event_place_is_whole"):
        Event.objects.filter(pk=event.pk).update(longitude=None)


def test_publish_from_shows_the_events_of_that_source_only() -> None:
    source, other = UnitFactory(), UnitFactory()
    mine = EventFactory(source=source, visibility=Visibility.DRAFT)
    theirs = EventFactory(source=other, visibility=Visibility.DRAFT)
    assert actions.publish_from(source=source, visibility=Visibility.PUBLIC) == 1
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.visibility, mine.version) == (Visibility.PUBLIC, 2)
    assert theirs.visibility == Visibility.DRAFT
    assert actions.publish_from(source=source, visibility=Visibility.PUBLIC) == 0


def test_edit_event_counts_versions() -> None:
    event = EventFactory()
    saved = actions.edit_event(event=event, version=1, by=secretariat(), title="Novo", themes=[])
    assert (saved.title, saved.version) == ("Novo", 2)


def test_edit_event_of_an_old_version_raises_with_the_current_one() -> None:
    event, who = EventFactory(), secretariat()
    actions.edit_event(event=event, version=1, by=who, title="Deles")
    with pytest.raises(Conflict) as conflict:
        actions.edit_event(event=event, version=1, by=who, title="Meu")
    assert conflict.value.current.title == "Deles"
    event.refresh_from_db()
    assert event.title == "Deles"


def test_edit_event_does_not_move_into_a_strangers_unit() -> None:
    event = EventFactory(unit=None)
    with pytest.raises(PermissionDenied):
        actions.edit_event(event=event, version=1, by=actor(event.organisation), unit=UnitFactory())


def test_edit_event_of_another_city_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        actions.edit_event(event=EventFactory(), version=1, by=actor(), title="X")


def test_cancel_and_restore_event() -> None:
    event = EventFactory()
    who = actor(event.organisation)
    cancelled = actions.cancel_event(event=event, version=1, by=who)
    assert (cancelled.cancelled, cancelled.version) == (True, 2)
    with pytest.raises(NotAllowed):
        actions.cancel_event(event=event, version=2, by=who)
    assert not actions.restore_event(event=event, version=2, by=who).cancelled
    with pytest.raises(PermissionDenied):
        actions.cancel_event(event=event, version=3, by=actor())


def test_renew_address_makes_the_old_one_worthless() -> None:
    who = actor()
    first = actions.renew_address(by=who).token
    second = actions.renew_address(by=who).token
    assert first != second
    assert CalendarAddress.objects.get(person=who.person).token == second
    with pytest.raises(PermissionDenied):
        actions.renew_address(by=NOBODY)
