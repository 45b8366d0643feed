"""The front page shows the network alive, the same to everyone, at a constant cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mutirao.commitments.states import State as CommitmentState
from mutirao.home import queries
from mutirao.network.models import Member
from mutirao.plans.models import Plan
from tests.factories import MandateFactory, MemberFactory, coordinator, secretariat

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
    from tests.meetings.factories import EventFactory

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


def test_home_costs_seven_queries_however_much_there_is(client):
    working_unit()
    with CaptureQueriesContext(connection) as one:
        client.get("/en/")
    working_unit()
    working_unit()
    with CaptureQueriesContext(connection) as three:
        client.get("/en/")
    assert len(one) == len(three) <= 7


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
