"""Who may, and above all who may not."""

import pytest
import rules

from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.network.acting import NOBODY
from mutirao.network.states import Office, Role
from tests.factories import MandateFactory, UnitFactory, actor, coordinator, secretariat

from .factories import EventFactory

pytestmark = pytest.mark.django_db


def _may(verb: str, who, event) -> bool:
    return rules.test_rule(f"meetings.{verb}_event", who, event)


def test_public_event_is_seen_by_everyone() -> None:
    event = EventFactory(visibility=Visibility.PUBLIC)
    assert _may("see", NOBODY, event)
    assert _may("see", actor(), event)


def test_members_event_is_not_seen_by_visitors() -> None:
    event = EventFactory(visibility=Visibility.MEMBERS)
    assert not _may("see", NOBODY, event)
    assert _may("see", actor(role=Role.OBSERVER), event)


def test_draft_is_seen_by_those_who_prepare_it_only() -> None:
    mandate = MandateFactory(office=Office.SUB_COORDINATOR)
    event = EventFactory(visibility=Visibility.DRAFT, unit=mandate.unit)
    assert _may("see", coordinator(mandate), event)
    assert _may("see", actor(event.organisation), event)
    assert _may("see", secretariat(), event)
    assert not _may("see", actor(), event)
    assert not _may("see", actor(event.organisation, Role.OBSERVER), event)
    assert not _may("see", NOBODY, event)


def test_draft_is_not_seen_by_a_former_coordinator() -> None:
    mandate = MandateFactory()
    mandate.ends_on = mandate.starts_on
    mandate.save()
    event = EventFactory(visibility=Visibility.DRAFT, unit=mandate.unit)
    assert not _may("see", coordinator(mandate), event)


def test_adding_is_for_the_own_organisation_or_a_served_unit() -> None:
    mandate = MandateFactory()
    who = coordinator(mandate)
    assert _may("add", who, None)
    assert _may("add", who, Event(organisation=who.organisation))
    assert _may("add", who, Event(unit=mandate.unit))
    assert not _may("add", who, Event(unit=UnitFactory(), organisation=who.organisation))
    assert not _may("add", who, Event())
    assert _may("add", secretariat(), Event())


@pytest.mark.parametrize("verb", ["add", "edit"])
def test_observers_and_visitors_write_nothing(verb: str) -> None:
    event = EventFactory()
    observer = actor(event.organisation, Role.OBSERVER)
    assert not _may(verb, observer, event)
    assert not _may(verb, NOBODY, event)


def test_editing_is_not_for_another_city() -> None:
    event = EventFactory()
    assert not _may("edit", actor(), event)
    assert _may("edit", actor(event.organisation), event)
    assert _may("edit", secretariat(), event)
