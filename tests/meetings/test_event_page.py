"""An event's page, and taking it off the calendar."""

import json
import re
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mutirao.core.states import Visibility
from mutirao.meetings import actions
from mutirao.meetings.models import Event
from mutirao.network.states import Role
from mutirao.topics.models import Target, Theme
from tests.factories import MandateFactory, UnitFactory, actor, coordinator, secretariat
from tests.plans.factories import PlanFactory

from .factories import EventFactory, MonthOnlyFactory

pytestmark = pytest.mark.django_db


def _page(client: Client, event: Event) -> str:
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def _json_ld(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_event_page_says_when_where_who(client: Client) -> None:
    event = EventFactory(
        title="Feira",
        starts_on=date(2018, 6, 13),
        ends_on=date(2018, 6, 16),
        website="https://feira.example/",
        themes=[Theme.objects.get(code="governance")],
        targets=[Target.objects.get(pk="11.3")],
    )
    html = _page(client, event)
    for words in (
        "13–16 June 2018",
        "Curitiba, Brazil",
        "the network organises",
        str(event.unit),
        event.organisation.name,
        "https://feira.example/",
        "Português",
        f"/calendar/events/{event.uid}.ics",
        'class="sdg sdg-11',
        'class="map"',
    ):
        assert words in html, words


def test_event_page_has_one_right_address(client: Client) -> None:
    event = EventFactory(title="Feira de Negócios")
    response = client.get(f"/en/calendar/{event.pk}-wrong/")
    assert response.status_code == 301
    assert response["Location"] == f"/en/calendar/{event.pk}-feira-de-negocios/"


def test_event_page_of_a_draft_is_hidden(client: Client, enter) -> None:
    event = EventFactory(visibility=Visibility.DRAFT)
    assert client.get(event.get_absolute_url()).status_code == 404
    assert enter(actor()).get(event.get_absolute_url()).status_code == 404
    assert "draft" in _page(enter(actor(event.organisation)), event)


def test_event_page_tells_machines_what_it_is(client: Client) -> None:
    event = EventFactory(
        title="A </script><script>alert(1)</script> & b",
        starts_on=date(2026, 6, 20),
        starts_at=time(9),
        ends_at=time(10),
        online=True,
    )
    html = _page(client, event)
    assert "<script>alert" not in html
    thing = _json_ld(html)
    assert thing["name"] == event.title
    assert thing["startDate"] == "2026-06-20T09:00:00-03:00"
    assert thing["endDate"] == "2026-06-20T10:00:00-03:00"
    assert thing["eventStatus"] == "https://schema.org/EventScheduled"
    assert thing["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in thing["location"]] == ["Place", "VirtualLocation"]
    assert thing["location"][0]["address"]["addressCountry"] == "BR"
    assert thing["organizer"]["name"] == event.organisation.name


def test_event_page_tells_machines_nothing_of_members_events(enter) -> None:
    event = EventFactory(visibility=Visibility.MEMBERS)
    assert "ld+json" not in _page(enter(actor()), event)


def test_event_page_without_a_day_says_so(client: Client) -> None:
    html = _page(client, MonthOnlyFactory(month=date(2026, 8, 1)))
    assert "August 2026, day to be confirmed" in html
    assert "The day is not known yet." in html
    assert ".ics" not in html.split("<footer")[0]


def test_event_page_names_its_source_to_who_may_see_it(client: Client, enter) -> None:
    mandate = MandateFactory()
    plan = PlanFactory(title="Plano de 2026", unit=mandate.unit, term=mandate.term)
    event = EventFactory(source=plan, unit=plan.unit)
    assert "Plano de 2026" not in _page(client, event)
    assert "Plano de 2026" in _page(enter(coordinator(mandate)), event)


def test_event_page_offers_nothing_that_does_not_work_yet(client: Client) -> None:
    html = _page(client, EventFactory())
    assert "disabled" not in html
    assert 'href="#"' not in html


def test_event_page_costs_at_most_five_queries(client: Client) -> None:
    costs = []
    for count in (1, 3):
        event = EventFactory(
            source=UnitFactory(),
            themes=Theme.objects.all()[:count],
            targets=Target.objects.all()[: count * 4 : 4],
        )
        client.get(event.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            _page(client, event)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 5


def test_event_page_is_kept_for_visitors_until_something_changes(
    client: Client, django_assert_num_queries
) -> None:
    event = EventFactory(description="Before")
    _page(client, event)
    # What decides on keeping the page, and whether its unit admits citizens' comments.
    with django_assert_num_queries(2):
        assert "Before" in _page(client, event)
    actions.edit_event(event=event, version=1, by=secretariat(), description="After")
    assert "After" in _page(client, event)
    actions.edit_event(event=event, version=2, by=secretariat(), visibility=Visibility.MEMBERS)
    assert client.get(event.get_absolute_url()).status_code == 404


# cancelling


def test_cancelling_strikes_the_event_through_everywhere(enter) -> None:
    mandate = MandateFactory()
    event = EventFactory(title="Feira", unit=mandate.unit)
    client = enter(coordinator(mandate))
    assert "Cancel this event" in _page(client, event)
    response = client.post(f"/en/calendar/{event.pk}/cancel/", {"version": "1"})
    assert response.status_code == 302
    html = _page(client, event)
    assert "This event was cancelled." in html
    assert _json_ld(html)["eventStatus"] == "https://schema.org/EventCancelled"
    assert "<s>Feira</s>" in client.get("/en/calendar/?view=agenda").content.decode()
    client.post(f"/en/calendar/{event.pk}/restore/", {"version": "2"})
    event.refresh_from_db()
    assert (event.cancelled, event.version) == (False, 3)


@pytest.mark.parametrize("verb", ["cancel", "restore"])
def test_cancelling_is_refused_to_others_by_forged_form(client: Client, enter, verb: str) -> None:
    event = EventFactory(cancelled=verb == "restore")
    address = f"/en/calendar/{event.pk}/{verb}/"
    assert client.post(address, {"version": "1"}).status_code == 302  # to sign in
    assert enter(actor()).post(address, {"version": "1"}).status_code == 403
    observer = actor(event.organisation, Role.OBSERVER)
    assert enter(observer).post(address, {"version": "1"}).status_code == 403
    event.refresh_from_db()
    assert event.version == 1


def test_cancelling_a_draft_of_others_is_not_found(enter) -> None:
    event = EventFactory(visibility=Visibility.DRAFT)
    assert enter(actor()).post(f"/en/calendar/{event.pk}/cancel/").status_code == 404


def test_cancelling_an_old_version_or_twice_is_told(enter) -> None:
    event = EventFactory(version=3)
    client = enter(actor(event.organisation))
    for version in ("2", "x", ""):
        page = client.post(f"/en/calendar/{event.pk}/cancel/", {"version": version}, follow=True)
        assert "Somebody has changed this event" in page.content.decode()
    client.post(f"/en/calendar/{event.pk}/cancel/", {"version": "3"})
    page = client.post(f"/en/calendar/{event.pk}/cancel/", {"version": "4"}, follow=True)
    assert "already cancelled" in page.content.decode()
    assert client.get(f"/en/calendar/{event.pk}/cancel/").status_code == 405


# the feeds' page


def test_feeds_page_lists_network_and_units(client: Client) -> None:
    unit = UnitFactory()
    html = client.get(reverse("meetings:feeds")).content.decode()
    assert "/calendar/network.ics?language=en" in html
    assert f"/calendar/units/{unit.slug}.ics?language=en" in html
    assert "/calendar/my/" not in html


def test_feeds_page_shows_the_own_secret_address_and_renews_it(enter) -> None:
    client = enter(actor())
    page = reverse("meetings:feeds")
    assert "/calendar/my/" not in client.get(page).content.decode()
    found = []
    for _ in range(2):
        client.post(reverse("meetings:renew_address"))
        response = client.get(page)
        assert response["Cache-Control"] == "no-store"
        found += re.findall(r"/calendar/my/([\w-]+)\.ics", response.content.decode())
    assert len(set(found)) == 2
    assert client.get(f"/calendar/my/{found[0]}.ics").status_code == 404
    assert client.get(f"/calendar/my/{found[1]}.ics").status_code == 200


def test_feeds_page_renews_nothing_for_visitors_or_by_get(client: Client, enter) -> None:
    address = reverse("meetings:renew_address")
    assert client.post(address).status_code == 302
    assert enter(actor()).get(address).status_code == 405
