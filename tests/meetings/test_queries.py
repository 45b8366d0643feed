"""What is seen of the calendar."""

from datetime import date, timedelta

import pytest
import rules
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.meetings import queries
from mutirao.meetings.models import Event
from mutirao.network.acting import NOBODY
from mutirao.network.states import Role
from mutirao.topics.models import Target, Theme
from tests.factories import MandateFactory, UnitFactory, actor, coordinator, secretariat

from .factories import EventFactory, MonthOnlyFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)


def _titles(events) -> list[str]:
    return [event.title for event in events]


def test_visible_to_agrees_with_the_rule_for_every_kind_of_reader() -> None:
    mandate = MandateFactory()
    readers = [NOBODY, actor(), coordinator(mandate), secretariat()]
    readers.append(actor(mandate.organisation, Role.OBSERVER))
    host = actor()
    readers.append(host)
    for visibility in Visibility.values:
        EventFactory(visibility=visibility)
        EventFactory(visibility=visibility, unit=mandate.unit)
        EventFactory(visibility=visibility, organisation=host.organisation)
    for reader in readers:
        seen = set(queries.visible_to(reader))
        allowed = {
            e for e in Event.objects.all() if rules.test_rule("meetings.see_event", reader, e)
        }
        assert seen == allowed


def test_upcoming_keeps_what_runs_and_what_is_in_a_month_not_over() -> None:
    EventFactory(title="over", starts_on=TODAY - timedelta(days=1))
    EventFactory(title="running", starts_on=TODAY - timedelta(days=1), ends_on=TODAY)
    MonthOnlyFactory(title="this month", month=date(2026, 6, 1))
    MonthOnlyFactory(title="last month", month=date(2026, 5, 1))
    EventFactory(title="cancelled", cancelled=True)
    EventFactory(title="ahead", starts_on=date(2026, 8, 1))
    MonthOnlyFactory(title="some day", month=None)
    assert _titles(queries.upcoming(NOBODY)) == ["this month", "running", "ahead", "some day"]
    assert _titles(queries.upcoming(NOBODY, today=date(2026, 8, 2))) == ["some day"]


def test_past_is_the_rest_latest_first() -> None:
    EventFactory(title="old", starts_on=date(2018, 6, 13), ends_on=date(2018, 6, 16))
    EventFactory(title="yesterday", starts_on=TODAY - timedelta(days=1))
    MonthOnlyFactory(title="last month", month=date(2026, 5, 1))
    EventFactory(title="ahead")
    seen = queries.visible_to(NOBODY)
    assert _titles(queries.past(seen)) == ["yesterday", "last month", "old"]
    assert _titles(queries.coming(seen)) == ["ahead"]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 6, 16), date(2026, 6, 30), True),
        (date(2026, 6, 1), date(2026, 6, 13), True),
        (date(2026, 6, 14), date(2026, 6, 15), True),
        (date(2026, 6, 1), date(2026, 6, 12), False),
        (date(2026, 6, 17), date(2026, 6, 30), False),
    ],
)
def test_between_finds_what_overlaps(first: date, last: date, found: bool) -> None:
    EventFactory(starts_on=date(2026, 6, 13), ends_on=date(2026, 6, 16))
    assert queries.between(NOBODY, first, last).exists() is found


def test_month_only_takes_any_day_of_the_month() -> None:
    event = MonthOnlyFactory(month=date(2026, 7, 1))
    assert list(queries.month_only(NOBODY, date(2026, 7, 19))) == [event]
    assert not queries.month_only(NOBODY, date(2026, 8, 1)).exists()


def test_filtered_by_unit_role_theme_goal_country_and_words() -> None:
    parent = Theme.objects.filter(parent__isnull=True).first()
    theme = parent.children.first()
    unit = UnitFactory()
    wanted = EventFactory(
        title="Inovação aberta",
        unit=unit,
        role="promotes",
        country="UY",
        themes=[theme],
        targets=[Target.objects.get(pk="11.3")],
    )
    EventFactory(title="Outro", role="organises")
    seen = queries.visible_to(NOBODY)
    for chosen in (
        {"unit": unit.slug},
        {"role": "promotes"},
        {"theme": theme.code},
        {"theme": parent.code},
        {"goal": "11"},
        {"country": "UY"},
        {"q": "INOVACAO aberta"},
    ):
        assert list(queries.filtered(seen, **chosen)) == [wanted], chosen
    assert not queries.filtered(seen, goal="1").exists()
    assert not queries.filtered(seen, q="inovacao fechada").exists()
    assert queries.filtered(seen).count() == 2


def test_served_unit_is_one_of_today() -> None:
    mandate = MandateFactory()
    event = EventFactory(unit=mandate.unit, visibility=Visibility.DRAFT)
    who = coordinator(mandate)
    assert list(queries.visible_to(who)) == [event]
    mandate.ends_on = timezone.localdate() - timedelta(days=1)
    mandate.save()
    assert list(queries.visible_to(coordinator(mandate))) == []
