"""The calendar's three views: what they show, to whom, and what they cost."""

import csv
import io
import json
import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from mutirao.core.states import Visibility
from mutirao.meetings import actions
from mutirao.topics.models import Target, Theme
from tests.factories import UnitFactory, actor, secretariat

from .factories import EventFactory, MonthOnlyFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/en/calendar/"


def _page(client: Client, **query: str) -> str:
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.content.decode()


def _in_agenda(html: str) -> list[str]:
    lists = re.findall(r'<ul class="agenda">(.*?)</ul>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>(?:<s>)?([^<]+)(?:</s>)?</a>", "".join(lists))


def _in_list(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>(?:<s>)?([^<]+)', html)


def _cell(html: str, day: str) -> str:
    return re.search(rf'<time class="num" datetime="{day}">.*?</td>', html, re.DOTALL).group()


# month


def test_month_shows_this_month_and_marks_today(client: Client) -> None:
    html = _page(client)
    assert "<h2>June 2026</h2>" in html
    assert 'aria-current="date"' in html
    assert "month=2026-05" in html and "month=2026-07" in html


def test_month_repeats_an_event_on_each_of_its_days(client: Client) -> None:
    EventFactory(title="Feira", starts_on=date(2018, 6, 13), ends_on=date(2018, 6, 16))
    html = _page(client, month="2018-06")
    for day in ("2018-06-13", "2018-06-14", "2018-06-15", "2018-06-16"):
        assert "Feira" in _cell(html, day), day
    assert "Feira" not in _cell(html, "2018-06-17")
    assert html.count('w4"') == 1  # its name is written once, over four days
    assert _in_agenda(html) == ["Feira"]


def test_month_lists_what_has_no_day_yet(client: Client) -> None:
    MonthOnlyFactory(title="Fórum", month=date(2026, 6, 1))
    MonthOnlyFactory(title="Depois", month=date(2026, 7, 1))
    html = _page(client)
    assert "In June 2026, day to be confirmed" in html
    assert "Fórum" in html
    assert "Depois" not in html


def test_month_without_events_points_ahead(client: Client) -> None:
    html = _page(client, month="2031-01")
    assert "Nothing is on the calendar in this month." in html


@pytest.mark.parametrize("month", ["x", "2026-99", "0000-00", "99999-01"])
def test_month_that_cannot_be_read_is_this_one(client: Client, month: str) -> None:
    assert "<h2>June 2026</h2>" in _page(client, month=month)


def test_month_begins_the_week_as_brazil_does(client: Client) -> None:
    html = client.get("/pt/calendar/").content.decode()
    assert html.index(">domingo<") < html.index(">segunda-feira<")
    spanish = client.get("/es/calendar/").content.decode()
    assert spanish.index(">lunes<") < spanish.index(">domingo<")


# agenda and list


def test_agenda_groups_what_comes_by_month(client: Client) -> None:
    EventFactory(title="Over", starts_on=date(2026, 6, 1))
    EventFactory(title="June", starts_on=date(2026, 6, 20))
    MonthOnlyFactory(title="Some day in July", month=date(2026, 7, 1))
    EventFactory(title="July", starts_on=date(2026, 7, 20))
    html = _page(client, view="agenda")
    assert re.findall(r"<h2>([^<]+)</h2>", html) == ["June 2026", "July 2026"]
    assert _in_agenda(html) == ["June", "July", "Some day in July"]


def test_list_is_of_coming_past_or_all_events(client: Client) -> None:
    EventFactory(title="Past", starts_on=date(2018, 6, 13))
    EventFactory(title="Coming", starts_on=date(2026, 7, 1))
    assert _in_list(_page(client, view="list")) == ["Coming"]
    assert _in_list(_page(client, view="list", when="past")) == ["Past"]
    assert _in_list(_page(client, view="list", when="all")) == ["Past", "Coming"]
    assert _in_list(_page(client, view="list", when="all", sort="title")) == ["Coming", "Past"]


def test_list_has_pages(client: Client) -> None:
    for n in range(26):
        EventFactory(title=f"E{n:02}", starts_on=date(2026, 7, 1) + timedelta(days=n))
    assert len(_in_list(_page(client, view="list"))) == 25
    assert _in_list(_page(client, view="list", page="2")) == ["E25"]


def test_list_empty_says_so(client: Client) -> None:
    assert "Nothing is on the calendar yet" in _page(client, view="list")
    assert "No event fits these filters" in _page(client, view="agenda", q="nothing")


def test_times_are_those_of_place_and_reader(client: Client, enter) -> None:
    EventFactory(
        starts_on=date(2026, 6, 20),
        starts_at=time(9),
        ends_at=time(10),
        time_zone="America/Santiago",
    )
    html = _page(client, view="agenda")
    assert "09:00–10:00 Santiago time" in html
    assert "10:00–11:00 Montevideo time" in html  # a visitor's zone is the network's
    assert 'data-begins="2026-06-20T09:00:00-04:00"' in html
    who = actor()
    who.person.time_zone = "America/Lima"
    who.person.save()
    assert "08:00–09:00 your time" in _page(enter(who), view="agenda")


# who sees what


@pytest.mark.parametrize("view", ["month", "list", "agenda"])
def test_views_hide_drafts_and_members_events_from_visitors(client: Client, view: str) -> None:
    for visibility in Visibility.values:
        EventFactory(title=f"It is {visibility}", visibility=visibility)
    html = _page(client, view=view)
    assert "It is public" in html
    assert "It is members" not in html
    assert "It is draft" not in html


def test_adding_is_offered_to_those_who_may(client: Client, enter) -> None:
    assert "/calendar/new/" not in _page(client)
    assert "/calendar/new/" in _page(enter(actor()))


# filters


def test_filters_stay_in_every_link(client: Client) -> None:
    unit = UnitFactory()
    EventFactory(title="Ours", unit=unit)
    EventFactory(title="Theirs")
    html = _page(client, view="agenda", unit=unit.slug)
    assert _in_agenda(html) == ["Ours"]
    assert f'href="?view=list&amp;unit={unit.slug}"' in html
    assert f"/calendar/units/{unit.slug}.ics" in html
    month = _page(client, unit=unit.slug, country="BR")
    assert f"?unit={unit.slug}&amp;country=BR&amp;month=2026-07" in month
    assert f"/calendar/network.ics?unit={unit.slug}&amp;country=BR&amp;language=en" in month


def test_filters_that_cannot_be_read_are_ignored(client: Client) -> None:
    EventFactory(title="Here")
    html = _page(client, view="agenda", unit="none", goal="x", role="boss", country="??")
    assert _in_agenda(html) == ["Here"]


def test_filter_answers_htmx_with_the_results_only(client: Client) -> None:
    EventFactory(title="Here")
    html = client.get(ADDRESS, {"view": "agenda"}, headers={"HX-Request": "true"}).content.decode()
    assert html.strip().startswith('<div id="results">')
    assert _in_agenda(html) == ["Here"]


# taken along


def test_list_is_taken_along_as_it_is_filtered(client: Client) -> None:
    EventFactory(
        title="=Feira", country="UY", starts_on=date(2026, 7, 1), starts_at=time(9), unit=None
    )
    EventFactory(title="Other", country="BR")
    query = {"view": "list", "country": "UY"}
    as_csv = b"".join(client.get(ADDRESS, {**query, "format": "csv"}).streaming_content)
    (row,) = csv.DictReader(io.StringIO(as_csv.decode("utf-8-sig")))
    assert (row["title"], row["starts_on"], row["starts_at"]) == ("'=Feira", "2026-07-01", "09:00")
    as_json = json.loads(
        b"".join(client.get(ADDRESS, {**query, "format": "json"}).streaming_content)
    )
    assert [(row["title"], row["unit"]) for row in as_json] == [("=Feira", None)]
    sheet = load_workbook(
        io.BytesIO(client.get(ADDRESS, {**query, "format": "xlsx"}).content)
    ).active
    assert [cell.value for cell in sheet["A"]] == ["title", "'=Feira"]


# what it costs


@pytest.mark.parametrize("view", ["month", "list", "agenda"])
def test_views_cost_as_many_queries_with_three_events_as_with_one(
    client: Client, view: str
) -> None:
    costs = []
    client.get(ADDRESS)  # what is kept for good is asked once
    for count in (1, 2):
        for _ in range(count):
            EventFactory(
                starts_at=time(9),
                themes=[Theme.objects.first()],
                targets=[Target.objects.first()],
            )
        with CaptureQueriesContext(connection) as queries:
            _page(client, view=view)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 5


@pytest.mark.parametrize("view", ["month", "list", "agenda"])
def test_views_are_kept_for_visitors_until_something_changes(
    client: Client, django_assert_num_queries, view: str
) -> None:
    event = EventFactory(title="Before")
    _page(client, view=view)
    with django_assert_num_queries(1):
        assert "Before" in _page(client, view=view)
    actions.edit_event(event=event, version=1, by=secretariat(), title="After")
    assert "After" in _page(client, view=view)
    event.unit.name = {"pt": "X", "es": "X", "en": "Renamed unit"}
    event.unit.save()
    assert "Renamed unit" in _page(client, view=view)


def test_views_kept_for_visitors_are_not_those_of_members(client: Client, enter) -> None:
    EventFactory(title="Members only", visibility=Visibility.MEMBERS)
    assert "Members only" not in _page(client, view="agenda")
    assert "Members only" in _page(enter(actor()), view="agenda")
    assert "Members only" not in _page(Client(), view="agenda")


def test_views_kept_end_with_the_day(client: Client) -> None:
    EventFactory(title="Today", starts_on=date(2026, 6, 10))
    assert "Today" in _page(client, view="agenda")
    with time_machine.travel("2026-06-11T15:00:00+00:00", tick=False):
        assert _in_agenda(_page(client, view="agenda")) == []
