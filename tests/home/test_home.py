"""The front page shows the network alive, the same to everyone, at a constant cost."""

from datetime import time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mutirao.commitments.states import State as CommitmentState
from mutirao.home import queries
from mutirao.network.models import Member, Organisation
from mutirao.plans.models import Plan
from tests.factories import (
    MandateFactory,
    MemberFactory,
    UserFactory,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory

from .factories import promise, working_unit

pytestmark = pytest.mark.django_db


def text_of(client, path="/en/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_home_of_an_empty_network_says_it_is_being_set_up(client):
    page = text_of(client)
    assert "The network is being set up" in page
    assert "Nothing is on the calendar yet" in page
    assert "No plan of this term has been approved yet" in page


def test_home_shows_the_map_with_its_links_and_the_table_behind(client):
    leads = working_unit()
    page = text_of(client)
    assert '<path class="arc"' in page
    assert '<path class="arc warm"' in page
    assert page.count(f">{leads.organisation.name}</a>") >= 1
    assert f">{leads.unit.name['en']}</a>" in page


def test_home_facts_count_what_their_links_list(client):
    working_unit()
    working_unit()
    MandateFactory()  # of a city that is no member
    left = MemberFactory(starts_on=timezone.localdate() - timedelta(days=90))
    Member.objects.filter(pk=left.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    front = queries.front()
    assert (len(front.cities), front.units, front.plans_in_progress) == (4, 3, 2)
    assert "Plano" in text_of(client, "/en/plans/?state=in_progress")


def test_home_on_time_leaves_out_cancelled_and_counts_late(client):
    leads = working_unit()
    plan = Plan.objects.get(unit=leads.unit)
    yesterday = timezone.localdate() - timedelta(days=1)
    promise(plan, due_on=yesterday)
    promise(plan, due_on=yesterday, state=CommitmentState.CANCELLED)
    promise(plan, due_on=yesterday, state=CommitmentState.DONE, done_on=yesterday)
    assert queries.front().on_time == 67
    assert "67 %" in text_of(client)


def test_home_names_next_meetings_but_no_past_or_cancelled_ones(client):
    past = timezone.localdate() - timedelta(days=3)
    EventFactory(title="Encontro passado", starts_on=past)
    EventFactory(title="Encontro cancelado", cancelled=True)
    EventFactory(title="Encontro que vem")
    page = text_of(client)
    assert "Encontro que vem" in page
    assert "Encontro passado" not in page
    assert "Encontro cancelado" not in page


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_home_never_shows_what_is_not_in_force_even_to_those_who_write_it(client, state):
    leads = working_unit(state)
    plan = Plan.objects.get(unit=leads.unit)
    for actor in (None, coordinator(leads), secretariat()):
        if actor:
            client.force_login(actor.person)
        page = text_of(client)
        assert plan.title not in page
        assert f"Visita {plan.pk}" not in page
        assert "No plan of this term has been approved yet" in page


def cost_of(client, path="/en/"):
    with CaptureQueriesContext(connection) as queries_made:
        client.get(path)
    return len(queries_made)


def test_home_costs_eight_queries_however_much_there_is_and_one_when_kept(client):
    working_unit()
    first = cost_of(client)
    working_unit()
    working_unit()
    assert (cost_of(client), cost_of(client)) == (first, 1)
    assert first <= 8


def test_home_shows_a_change_at_once(client):
    leads = working_unit()
    assert leads.organisation.name in text_of(client)
    Organisation.objects.filter(pk=leads.organisation_id).update(name="Nova Cidade")
    assert "Nova Cidade" in text_of(client)
    plan = Plan.objects.get(unit=leads.unit)
    promise(plan, due_on=timezone.localdate() - timedelta(days=1))
    assert "1 late" in text_of(client)


def test_home_keeps_a_page_for_each_day(client):
    event = EventFactory(title="Encontro de amanhã")
    assert event.title in text_of(client)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert event.title not in text_of(client)


def test_home_shows_hours_on_the_clock_of_a_signed_in_reader(client):
    EventFactory(starts_at=time(10, 0), ends_at=time(12, 0), time_zone="America/Sao_Paulo")
    assert "10:00" in text_of(client)
    for zone, hours in (("America/Bogota", "08:00"), ("Africa/Abidjan", "13:00")):
        client.force_login(UserFactory(time_zone=zone))
        assert hours in text_of(client)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt", "O que as cidades prometem juntas"),
        ("es", "Lo que las ciudades prometen juntas"),
        ("en", "What cities promise together"),
    ],
)
def test_home_speaks_the_readers_language(client, language, words):
    assert words in text_of(client, f"/{language}/")
