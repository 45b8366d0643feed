"""Who works with whom, and who travels where."""

import pytest

from mutirao.home.picture import links_of, teams_of, trips_of
from mutirao.network.maps import Link
from mutirao.network.states import Office
from tests.factories import MandateFactory, OrganisationFactory
from tests.meetings.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A leader in the west and the city that shares its unit, in the east."""
    leads = MandateFactory(organisation__longitude=-70.0, organisation__latitude=-30.0)
    shares = MandateFactory(
        unit=leads.unit,
        term=leads.term,
        office=Office.SUB_COORDINATOR,
        organisation__longitude=-50.0,
        organisation__latitude=-20.0,
    )
    return leads, shares


def test_teams_name_who_leads_and_who_shares(pair):
    leads, shares = pair
    (team,) = teams_of([shares, leads])
    assert (team.unit, team.leader, team.others) == (
        leads.unit,
        leads.organisation,
        [shares.organisation],
    )


def test_teams_keep_a_second_leading_office_beside_the_first(pair):
    leads, _shares = pair
    secretary = MandateFactory(unit=leads.unit, term=leads.term, office=Office.EXECUTIVE_SECRETARY)
    (team,) = teams_of([leads, secretary])
    assert (team.leader, team.others) == (leads.organisation, [secretary.organisation])


def test_trips_are_meetings_of_a_unit_in_another_city(pair):
    leads, shares = pair
    away = EventFactory(unit=leads.unit, organisation=shares.organisation)
    at_home = EventFactory(unit=leads.unit, organisation=leads.organisation)
    nobodys = EventFactory(unit=None, organisation=shares.organisation)
    (trip,) = trips_of([away, at_home, nobodys], teams_of(pair))
    assert (trip.event, trip.start, trip.end) == (away, leads.organisation, shares.organisation)


def test_links_join_a_pair_once_for_work_and_once_for_meeting(pair):
    leads, shares = pair
    teams = teams_of(pair)
    meetings = [EventFactory(unit=leads.unit, organisation=shares.organisation) for _ in range(2)]
    shown = [leads.organisation, shares.organisation]
    links = links_of([*teams, *teams], trips_of(meetings, teams), shown)
    assert links == [
        Link(-70.0, -30.0, -50.0, -20.0, False),
        Link(-70.0, -30.0, -50.0, -20.0, True),
    ]


def test_links_leave_out_cities_the_map_does_not_show(pair):
    leads, _shares = pair
    nowhere = OrganisationFactory(latitude=None, longitude=None)
    assert links_of(teams_of(pair), [], [leads.organisation, nowhere]) == []
