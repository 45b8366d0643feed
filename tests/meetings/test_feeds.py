"""Feeds over HTTP: who gets what, how often it is made anew, and what it costs."""

import gzip
from datetime import date, time, timedelta

import icalendar
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mutirao.core.states import Visibility
from mutirao.meetings import actions
from mutirao.meetings.models import Event
from mutirao.network.states import Office, Role, UnitKind
from mutirao.topics.models import Target, Theme
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)

from .factories import CalendarAddressFactory, EventFactory

pytestmark = pytest.mark.django_db


def _calendar(client: Client, address: str) -> icalendar.Calendar:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


def _titles(client: Client, address: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in _calendar(client, address).walk("VEVENT")}


def _mine(who) -> str:
    return reverse("feeds:mine", args=[actions.renew_address(by=who).token])


# what is in it


def test_network_feed_holds_public_events_only(client: Client) -> None:
    for visibility in Visibility.values:
        EventFactory(title=visibility, visibility=visibility)
    assert _titles(client, "/calendar/network.ics") == {"public"}


def test_network_feed_stays_public_for_who_is_signed_in(enter) -> None:
    EventFactory(title="draft", visibility=Visibility.DRAFT)
    assert _titles(enter(secretariat()), "/calendar/network.ics") == set()


def test_network_feed_takes_the_filters_of_the_calendar(client: Client) -> None:
    unit = UnitFactory()
    EventFactory(title="a", unit=unit, country="UY", targets=[Target.objects.get(pk="11.3")])
    EventFactory(title="b", role="promotes")
    for query in (f"unit={unit.slug}", "country=UY", "goal=11", "role=organises", "country=UY&x=1"):
        assert _titles(client, f"/calendar/network.ics?{query}") == {"a"}, query
    assert _titles(client, "/calendar/network.ics?role=nonsense&goal=x") == {"a", "b"}


def test_unit_feed_holds_its_public_events(client: Client) -> None:
    unit = UnitFactory()
    EventFactory(title="ours", unit=unit)
    EventFactory(title="draft", unit=unit, visibility=Visibility.DRAFT)
    EventFactory(title="theirs")
    assert _titles(client, f"/calendar/units/{unit.slug}.ics") == {"ours"}
    assert client.get("/calendar/units/none.ics").status_code == 404


def test_event_says_everything_about_itself(client: Client) -> None:
    event = EventFactory(
        title="Fórum",
        website="https://forum.example/",
        online=True,
        themes=[Theme.objects.get(code="governance")],
    )
    calendar = _calendar(client, f"/calendar/units/{event.unit.slug}.ics?language=es")
    (entry,) = calendar.walk("VEVENT")
    assert str(calendar["X-WR-CALNAME"]) == f"{event.unit.name['es']} · {settings.NETWORK_NAME}"
    assert entry["URL"] == f"{settings.BASE_URL}/es/calendar/{event.pk}-forum/"
    assert str(entry["LOCATION"]) == "Curitiba, Brasil, en línea"
    assert entry["DESCRIPTION"].startswith(event.description)
    assert "la red organiza" in entry["DESCRIPTION"]
    assert "https://forum.example/" in entry["DESCRIPTION"]
    theme = Theme.objects.get(code="governance")
    assert [str(word) for word in entry["CATEGORIES"].cats] == [
        event.unit.name["es"],
        theme.label["es"],
    ]
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (-25.43, -49.27)
    assert entry["SEQUENCE"] == 1


def test_feed_language_is_the_address_never_the_browsers(client: Client) -> None:
    EventFactory()
    for query, words in (("", "a rede organiza"), ("?language=en", "the network organises")):
        body = client.get(f"/calendar/network.ics{query}", headers={"Accept-Language": "es"})
        assert words in body.content.decode()
    assert "a rede" in client.get("/calendar/network.ics?language=xx").content.decode()


# single events


def test_single_event_is_public_or_hidden_by_the_same_rule(client: Client, enter) -> None:
    event = EventFactory(visibility=Visibility.DRAFT)
    address = reverse("feeds:event", args=[event.uid])
    assert client.get(address).status_code == 404
    assert enter(actor()).get(address).status_code == 404
    assert _titles(enter(actor(event.organisation)), address) == {event.title}


# my own


def test_my_feed_holds_units_host_board_and_dues_but_no_draft(client: Client) -> None:
    mandate = MandateFactory(office=Office.SUB_COORDINATOR)
    city = mandate.organisation
    EventFactory(title="unit", unit=mandate.unit, visibility=Visibility.MEMBERS)
    EventFactory(title="draft", unit=mandate.unit, visibility=Visibility.DRAFT)
    EventFactory(title="host", organisation=city)
    EventFactory(title="assembly", unit=UnitFactory(kind=UnitKind.BOARD))
    EventFactory(title="elsewhere")
    CommitmentFactory(owner=city, title="Guia", due_on=date(2026, 7, 31), unit=None)
    CommitmentFactory(title="Deles", due_on=date(2026, 7, 31))
    address = _mine(coordinator(mandate))
    assert _titles(client, address) == {"unit", "host", "assembly", "Prazo: Guia"}
    assert "Due: Guia" in _titles(client, f"{address}?language=en")


def test_my_feed_shows_a_due_date_as_a_whole_day(client: Client) -> None:
    who = actor()
    CommitmentFactory(owner=who.organisation, title="Guia", due_on=date(2026, 7, 31), unit=None)
    (entry,) = _calendar(client, _mine(who)).walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 7, 31), date(2026, 8, 1))
    assert entry["CLASS"] == "PRIVATE"


def test_my_feed_covers_every_organisation_acted_for(client: Client) -> None:
    who = actor()
    second = MembershipFactory(person=who.person)
    EventFactory(title="first", organisation=who.organisation)
    EventFactory(title="second", organisation=second.organisation)
    assert _titles(client, _mine(who)) == {"first", "second"}


def test_my_feed_of_an_observer_has_no_draft(client: Client) -> None:
    city = OrganisationFactory()
    EventFactory(title="draft", organisation=city, visibility=Visibility.DRAFT)
    EventFactory(title="members", organisation=city, visibility=Visibility.MEMBERS)
    assert _titles(client, _mine(actor(city, Role.OBSERVER))) == {"members"}


def test_my_feed_is_gone_with_its_address(client: Client) -> None:
    who = actor()
    old = _mine(who)
    assert client.get(old).status_code == 200
    new = _mine(who)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(reverse("feeds:mine", args=["guess"])).status_code == 404


def test_my_feed_closes_with_the_account_and_empties_with_the_membership(client: Client) -> None:
    who = actor()
    EventFactory(organisation=who.organisation, visibility=Visibility.MEMBERS)
    address = _mine(who)
    assert len(_titles(client, address)) == 1
    who.membership.ends_on = timezone.localdate() - timedelta(days=1)
    who.membership.save()
    assert _titles(client, address) == set()
    who.person.is_active = False
    who.person.save()
    assert client.get(address).status_code == 404


def test_my_feed_of_a_person_without_organisation_is_empty(client: Client) -> None:
    EventFactory()
    address = CalendarAddressFactory()
    assert _titles(client, reverse("feeds:mine", args=[address.token])) == set()


def test_my_feed_is_not_for_shared_caches_and_does_not_say_its_address(client: Client) -> None:
    address = _mine(actor())
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert address.encode() not in response.content
    assert b"SOURCE" not in response.content


def test_my_feed_token_is_not_logged(client: Client, caplog) -> None:
    address = _mine(actor())
    client.get(address)
    token = address.rsplit("/", 1)[-1].removesuffix(".ics")
    assert token not in caplog.text
    assert "/calendar/my/" in caplog.text


# asking again


def test_feed_unchanged_is_304_by_etag_and_by_date(client: Client) -> None:
    EventFactory()
    first = client.get("/calendar/network.ics")
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get("/calendar/network.ics", headers=header)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    "change",
    [
        lambda event: actions.edit_event(
            event=event, version=1, by=secretariat(), title="Outro título"
        ),
        lambda event: actions.cancel_event(event=event, version=1, by=secretariat()),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: EventFactory(),
        lambda event: Event.objects.filter(pk=event.pk).update(
            visibility=Visibility.MEMBERS, version=2
        ),
    ],
)
def test_feed_changed_is_sent_anew(client: Client, change) -> None:
    event = EventFactory()
    first = client.get("/calendar/network.ics")
    change(event)
    again = client.get("/calendar/network.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.content != first.content


def test_feed_is_sent_compressed_to_who_takes_it(client: Client) -> None:
    EventFactory()
    plain = client.get("/calendar/network.ics")
    packed = client.get("/calendar/network.ics", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]


def test_feed_takes_no_post(client: Client) -> None:
    assert client.post("/calendar/network.ics").status_code == 405


# what it costs


def _many(count: int, unit, host) -> None:
    start, themes = date(2026, 1, 1), list(Theme.objects.all()[:3])
    zones = ("America/Sao_Paulo", "America/Santiago", "America/Bogota")
    made = Event.objects.bulk_create(
        Event(
            title=f"Encontro número {n}, inovação",
            description="Um dia de trabalho entre cidades. " * 5,
            starts_on=start + timedelta(days=n),
            ends_on=start + timedelta(days=n + n % 3),
            starts_at=time(9) if n % 2 else None,
            ends_at=time(17) if n % 2 else None,
            time_zone=zones[n % 3],
            place="Curitiba",
            country="BR",
            role="organises",
            visibility=Visibility.PUBLIC,
            unit=unit,
            organisation=host,
        )
        for n in range(count)
    )
    through = Event.themes.through
    through.objects.bulk_create(
        through(event_id=event.pk, theme_id=theme.pk) for event in made for theme in themes
    )


@pytest.mark.parametrize("kind", ["network", "unit", "mine"])
def test_feed_of_500_events_costs_as_many_queries_as_one(client: Client, kind: str) -> None:
    mandate = MandateFactory()
    who = coordinator(mandate)
    address = {
        "network": "/calendar/network.ics",
        "unit": f"/calendar/units/{mandate.unit.slug}.ics",
        "mine": _mine(who),
    }[kind]
    costs = []
    for count in (1, 499):
        _many(count, mandate.unit, mandate.organisation)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = _calendar(client, address).walk("VEVENT")
        costs.append(len(queries))
    assert len(found) == 500
    assert costs[0] == costs[1]
    assert costs[0] <= {"network": 6, "unit": 7, "mine": 10}[kind]


def test_feed_asked_again_costs_one_query(client: Client, django_assert_num_queries) -> None:
    EventFactory()
    client.get("/calendar/network.ics")
    with django_assert_num_queries(1):
        client.get("/calendar/network.ics")
