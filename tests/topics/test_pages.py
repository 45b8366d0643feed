"""The vocabularies' pages: public, in three languages, at a constant cost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from mutirao.topics import queries
from mutirao.topics.models import AgendaCommitment, Goal, Section, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def _page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"topics:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_goals_page_shows_all_with_their_colours(client: Client) -> None:
    html = _page(client, "goals")
    for goal in Goal.objects.all():
        assert f'class="sdg sdg-{goal.number}' in html
        assert escape(goal.statement["en"]) in html
        assert goal.get_absolute_url() in html


def test_goal_page_links_its_targets_to_the_agenda(client: Client) -> None:
    html = _page(client, "goal", 11)
    assert len(re.findall(r'<tr id="t11\.', html)) == 10
    target = Goal.objects.get(pk=11).targets.get(pk="11.3")
    section = html.split('id="t11.3"')[1].split("</tr>")[0]
    linked = re.findall(r"#(NUA-[^\"]+)", section)
    assert linked == list(target.agenda_commitments.values_list("pk", flat=True)) != []


@pytest.mark.parametrize(("number", "before", "after"), [(1, None, 2), (9, 8, 10), (17, 16, None)])
def test_goal_page_leads_to_its_neighbours(
    client: Client, number: int, before: int | None, after: int | None
) -> None:
    context = client.get(reverse("topics:goal", args=[number])).context
    assert (context["previous"], context["next"]) == (before, after)


@pytest.mark.parametrize("number", [0, 18, 99999999999])
def test_goal_page_of_no_goal_is_not_found(client: Client, number: int) -> None:
    assert client.get(reverse("topics:goal", args=[number])).status_code == 404


def test_agenda_page_groups_every_commitment_and_says_whose_crosswalk_it_is(
    client: Client,
) -> None:
    html = _page(client, "agenda")
    codes = re.findall(r'<tr id="([^"]+)"', html)
    assert sorted(codes) == sorted(AgendaCommitment.objects.values_list("pk", flat=True))
    assert re.findall(r'<section id="([^"]+)"', html) == [
        section.code for section in Section.objects.all()
    ]
    assert "not a product of the United Nations" in html


def test_themes_page_shows_both_levels(client: Client) -> None:
    html = _page(client, "themes")
    for theme in Theme.objects.all():
        assert f'id="{theme.code}"' in html


@pytest.mark.parametrize("language", ["pt", "es", "en"])
@pytest.mark.parametrize("page", ["goals", "goals/5", "agenda", "themes"])
def test_topics_page_opens_in_every_language(client: Client, language: str, page: str) -> None:
    html = client.get(f"/{language}/topics/{page}/").content.decode()
    assert Goal.objects.get(pk=5).title[language] in html or "goals" not in page
    assert html.count('aria-current="page"') >= 1


@pytest.mark.parametrize(
    ("name", "args", "count"),
    [("goals", [], 1), ("goal", [11], 5), ("agenda", [], 3), ("themes", [], 1)],
)
def test_topics_page_costs_a_constant_number_of_queries(
    client: Client, django_assert_num_queries, name: str, args: list, count: int
) -> None:
    with django_assert_num_queries(count):
        _page(client, name, *args)


def test_with_tags_costs_two_queries_however_many_records(django_assert_num_queries) -> None:
    from tests.meetings.factories import EventFactory

    made = [EventFactory() for _n in range(3)]
    for event in made:
        event.themes.set(Theme.objects.all()[:3])
        event.targets.set(["11.3", "1.a", "11.a"])
    rows = queries.with_tags(type(made[0]).objects.all())
    with django_assert_num_queries(3):
        goals = [[goal.number for goal in row.goals] for row in rows]
        themes = [len(row.themes.all()) for row in rows]
    assert goals == [[1, 11]] * 3 and themes == [3] * 3
