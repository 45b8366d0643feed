"""Adding and changing events in forms."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.network.states import Role
from mutirao.topics.models import Target, Theme
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.pages import fields

from .factories import EventFactory, MonthOnlyFactory
from .filled import form_of

pytestmark = pytest.mark.django_db
NEW = "/en/calendar/new/"


def _opened(client: Client, address: str = NEW, **changes: object) -> dict:
    """The form as it comes, with some fields filled in."""
    response = client.get(address)
    assert response.status_code == 200
    return {**form_of(response.content.decode()), **changes}


def _errors(response) -> list[str]:
    assert response.status_code == 422
    return re.findall(r'<p class="error" id="id_(\w+)_error">', response.content.decode())


# adding


def test_form_adds_an_event_of_the_own_city(enter) -> None:
    who = actor(OrganisationFactory(latitude=-34.9, longitude=-56.2, country="UY"))
    client = enter(who)
    theme, target = Theme.objects.get(code="governance"), Target.objects.get(pk="11.3")
    data = _opened(
        client,
        title="Foro",
        starts_on="2026-07-01",
        starts_at="09:00",
        ends_at="12:30",
        place="Montevideo",
        country="UY",
        themes=[theme.pk],
        targets=[target.pk],
        website="foro.example",
    )
    response = client.post(NEW, data)
    event = Event.objects.get()
    assert (response.status_code, response["Location"]) == (302, event.get_absolute_url())
    assert (event.title, event.organisation, event.visibility) == (
        "Foro",
        who.organisation,
        "public",
    )
    assert (event.starts_on, event.ends_on) == (date(2026, 7, 1), date(2026, 7, 1))
    assert (event.starts_at, event.ends_at) == (time(9), time(12, 30))
    assert (event.latitude, event.longitude) == (-34.9, -56.2)
    assert event.website == "https://foro.example"
    assert (event.language, event.time_zone) == ("en", "America/Montevideo")
    assert list(event.themes.all()) == [theme]
    assert list(event.targets.all()) == [target]


def test_form_sent_twice_makes_one_event(enter) -> None:
    client = enter(actor())
    data = _opened(client, title="Foro", starts_on="2026-07-01")
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1
    again = _opened(client, title="Foro", starts_on="2026-07-01")
    client.post(NEW, again)
    assert Event.objects.count() == 2


def test_form_takes_a_month_alone(enter) -> None:
    client = enter(actor())
    client.post(NEW, _opened(client, title="Foro", month="2026-08"))
    event = Event.objects.get()
    assert (event.month, event.starts_on, event.date_confirmed) == (date(2026, 8, 1), None, False)


def test_form_takes_the_point_of_the_chosen_city(enter) -> None:
    city = OrganisationFactory(latitude=6.2, longitude=-75.6, country="CO")
    client = enter(actor())
    data = _opened(client, title="Foro", starts_on="2026-07-01", country="CO", city=city.pk)
    client.post(NEW, data)
    event = Event.objects.get()
    assert (event.latitude, event.longitude) == (6.2, -75.6)


def test_form_puts_nothing_on_the_map_when_the_host_is_elsewhere(enter) -> None:
    client = enter(actor(OrganisationFactory(country="UY")))
    client.post(NEW, _opened(client, title="Foro", starts_on="2026-07-01", country="ES"))
    assert Event.objects.get().latitude is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_on": ""}, ["starts_on"]),
        ({"starts_on": "", "ends_on": "2026-07-02"}, ["starts_on"]),
        ({"starts_on": "2026-07-02", "ends_on": "2026-07-01"}, ["ends_on"]),
        ({"starts_on": "31/02/2026"}, ["starts_on"]),
        ({"ends_at": "10:00"}, ["starts_at"]),
        ({"starts_at": "10:00", "ends_at": "09:00"}, ["ends_at"]),
        ({"starts_on": "", "month": "2026-08", "starts_at": "10:00"}, ["starts_at"]),
        ({"starts_on": "", "month": "August"}, ["month"]),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"title": ""}, ["title"]),
        ({"title": "x" * 241}, ["title"]),
        ({"organisation": ""}, ["organisation"]),
        ({"country": "XX"}, ["country"]),
        ({"key": "x"}, []),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(
    enter, fields: dict, wrong: list[str]
) -> None:
    client = enter(actor())
    data = _opened(client, title="Foro", starts_on="2026-07-01", description="Typed")
    response = client.post(NEW, {**data, **fields})
    assert sorted(_errors(response)) == sorted(wrong)
    assert "Typed" in response.content.decode()
    assert 'id="errors"' in response.content.decode()
    assert not Event.objects.exists()


def test_form_reaches_into_the_night_by_the_next_day(enter) -> None:
    client = enter(actor())
    data = _opened(
        client,
        title="Foro",
        starts_on="2026-07-01",
        ends_on="2026-07-02",
        starts_at="20:00",
        ends_at="00:00",
    )
    client.post(NEW, data)
    assert (Event.objects.get().ends - Event.objects.get().begins).seconds == 4 * 3600


def test_form_offers_only_served_units_and_refuses_forged_ones(enter) -> None:
    mandate, other = MandateFactory(), UnitFactory()
    client = enter(coordinator(mandate))
    html = client.get(NEW).content.decode()
    assert str(mandate.unit) in html
    assert str(other) not in html
    data = _opened(client, title="Foro", starts_on="2026-07-01", unit=other.pk)
    assert _errors(client.post(NEW, data)) == ["unit"]
    data = _opened(client, title="Foro", starts_on="2026-07-01", unit=mandate.unit.pk)
    assert client.post(NEW, data).status_code == 302


def test_form_refuses_another_city_as_host_without_a_unit(enter) -> None:
    other = OrganisationFactory()
    client = enter(actor())
    data = _opened(client, title="Foro", starts_on="2026-07-01", organisation=other.pk)
    assert _errors(client.post(NEW, data)) == ["organisation"]
    assert not Event.objects.exists()


def test_adding_is_refused_to_observers_and_visitors(client: Client, enter) -> None:
    city = OrganisationFactory()
    data = {"title": "Foro", "starts_on": "2026-07-01", "organisation": city.pk}
    assert client.post(NEW, data).status_code == 302
    observer = enter(actor(city, Role.OBSERVER))
    assert observer.get(NEW).status_code == 403
    assert observer.post(NEW, data).status_code == 403
    assert not Event.objects.exists()


# changing


def test_edit_form_comes_filled_and_saves_what_changed(enter) -> None:
    event = EventFactory(
        starts_at=time(9), ends_at=time(10), themes=[Theme.objects.get(code="governance")]
    )
    client = enter(actor(event.organisation))
    address = f"/en/calendar/{event.pk}/edit/"
    data = _opened(client, address, title="Novo nome")
    assert data["starts_at"] == ["09:00"]
    assert data["themes"] == [str(Theme.objects.get(code="governance").pk)]
    before = Event.objects.filter(pk=event.pk).values().get()
    response = client.post(address, data)
    after = Event.objects.filter(pk=event.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert response.status_code == 302
    assert changed == {"title", "version"}  # the clock stands still in these tests
    assert event.themes.count() == 1


def test_edit_form_keeps_a_point_that_no_city_has(enter) -> None:
    """A town of an imported plan need not be in the directory."""
    event = EventFactory(latitude=-26.2, longitude=28.0, country="ZA", place="Joanesburgo")
    client = enter(actor(event.organisation))
    address = f"/en/calendar/{event.pk}/edit/"
    client.post(address, _opened(client, address, title="Novo"))
    event.refresh_from_db()
    assert (event.title, event.latitude) == ("Novo", -26.2)
    client.post(address, _opened(client, address, place="Outro lugar"))
    event.refresh_from_db()
    assert event.latitude is None


def test_edit_form_gives_a_month_its_day(enter) -> None:
    event = MonthOnlyFactory(month=date(2026, 8, 1))
    client = enter(secretariat())
    address = f"/en/calendar/{event.pk}/edit/"
    data = _opened(client, address, starts_on="2026-08-20", date_confirmed="on")
    assert data["month"] == ["2026-08"]
    client.post(address, data)
    event.refresh_from_db()
    assert (event.starts_on, event.month, event.date_confirmed) == (date(2026, 8, 20), None, True)


def test_editing_is_refused_to_others(client: Client, enter) -> None:
    event = EventFactory()
    address = f"/en/calendar/{event.pk}/edit/"
    data = {"title": "X", "version": "1", "starts_on": "2026-07-01", "time_zone": "UTC"}
    assert client.post(address, data).status_code == 302
    other = enter(actor())
    assert other.get(address).status_code == 403
    assert other.post(address, data).status_code == 403
    event.visibility = Visibility.DRAFT
    event.save()
    assert other.post(address, data).status_code == 404
    event.refresh_from_db()
    assert event.version == 1


def test_edit_form_costs_as_many_queries_with_more_choices(enter) -> None:
    event = EventFactory()
    client = enter(secretariat())
    costs = []
    for count in (1, 3):
        for _ in range(count):
            OrganisationFactory()
            UnitFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/calendar/{event.pk}/edit/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


# two people at once


def test_conflict_shows_both_versions_and_joins_what_does_not_clash(enter) -> None:
    event = EventFactory(title="Título", place="Curitiba", description="Texto")
    client = enter(actor(event.organisation))
    address = f"/en/calendar/{event.pk}/edit/"
    mine = _opened(client, address, title="Meu título", place="Recife")
    theirs = _opened(client, address, title="Título deles", description="Texto deles")
    assert client.post(address, theirs).status_code == 302

    response = client.post(address, mine)
    assert response.status_code == 409
    html = response.content.decode()
    told = {
        row.field.label: (row.said_theirs, row.said_mine, row.both)
        for row in response.context["rows"]
        if row.differs
    }
    assert told == {
        "Title": ("Título deles", "Meu título", True),
        "What it is about": ("Texto deles", "Texto", False),
        "Place": ("Curitiba", "Recife", False),
    }
    event.refresh_from_db()
    assert event.title == "Título deles"

    assert client.post(address, fields(html)).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place, event.description) == ("Meu título", "Recife", "Texto deles")
    assert event.version == 3


def test_conflict_keeps_ticks_days_and_tags(enter) -> None:
    theme, target = Theme.objects.get(code="governance"), Target.objects.get(pk="11.3")
    event = EventFactory(online=False, starts_at=time(9), themes=[theme])
    client = enter(actor(event.organisation))
    address = f"/en/calendar/{event.pk}/edit/"
    mine = _opened(client, address, online="on", ends_on="2026-06-25", targets=[target.pk])
    theirs = _opened(client, address, title="Deles", date_confirmed="")
    theirs.pop("date_confirmed")
    client.post(address, theirs)
    html = client.post(address, mine).content.decode()
    assert client.post(address, fields(html)).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.online, event.date_confirmed) == ("Deles", True, False)
    assert (event.ends_on, event.starts_at) == (date(2026, 6, 25), time(9))
    assert list(event.themes.all()) == [theme]
    assert list(event.targets.all()) == [target]
