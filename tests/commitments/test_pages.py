"""The pages: what they show, to whom, and in how many queries."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from mutirao.commitments.models import Commitment
from mutirao.commitments.states import State
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.states import Role
from tests.commitments.factories import CommitmentFactory, EvidenceFactory, StepFactory
from tests.commitments.people import browser
from tests.discussions.factories import CommentFactory
from tests.factories import MandateFactory, OrganisationFactory, actor, coordinator

pytestmark = pytest.mark.django_db
BOARD = "/en/commitments/"
LATE = "/en/commitments/overdue/"


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def queries_of(client, address: str) -> int:
    """SQL of a page at its second sight (content types are remembered by then)."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def titles(response) -> str:
    return response.content.decode()


def row(place: MandateFactory, **more) -> Commitment:
    """A late one in a unit, with steps, evidence and comments, from a source."""
    made = CommitmentFactory(
        unit=place.unit,
        term=place.term,
        due_on=ago(3),
        state=State.IN_PROGRESS,
        progress=30,
        source_type=ContentType.objects.get_for_model(place.unit),
        source_id=place.unit.pk,
        **more,
    )
    StepFactory(commitment=made)
    return made


VIEWS = [
    *(f"{BOARD}?by={by}" for by in ("state", "unit", "owner", "month", "list")),
    f"{BOARD}?q=commit&state=late&whose=ours",
    LATE,
]


@pytest.mark.parametrize("address", VIEWS)
@pytest.mark.parametrize("signed_in", [False, True])
def test_lists_cost_the_same_for_one_row_and_three(address, signed_in) -> None:
    reader = coordinator()
    client = browser(reader if signed_in else None)
    row(MandateFactory(), owner=reader.organisation)
    one = queries_of(client, address)
    for _ in range(2):
        row(MandateFactory(), owner=reader.organisation)
    assert queries_of(client, address) == one
    assert signed_in or one <= 5


def test_page_costs_the_same_however_long_it_grows() -> None:
    mandate = MandateFactory()
    made = row(mandate)
    helper = coordinator(mandate)

    def grow() -> None:
        StepFactory(commitment=made)
        EvidenceFactory(commitment=made)
        CommentFactory(record=made)
        made.people.add(actor().person)

    grow()
    address = f"{BOARD}{made.pk}/"
    history = f"/en/discussions/history/commitments/commitment/{made.pk}/"
    visitor, member = browser(), browser(helper)
    member.post(f"{BOARD}{made.pk}/steps/add/", {"text": "Somebody acts: the history names people"})

    def costs() -> list[int]:
        sights = ((visitor, address), (member, address), (member, history))
        return [queries_of(client, sight) for client, sight in sights]

    before = costs()
    grow()
    grow()
    assert costs() == before
    assert before[0] <= 5


def test_board_lists_only_what_the_reader_may_see() -> None:
    owner = actor()
    CommitmentFactory(title="Open to all")
    CommitmentFactory(title="For the members", visibility=Visibility.MEMBERS)
    CommitmentFactory(title="Still a draft", visibility=Visibility.DRAFT, owner=owner.organisation)
    seen = {
        who: [title for title in ("Open", "For the", "Still") if title in titles(c.get(BOARD))]
        for who, c in {
            "visitor": browser(),
            "member": browser(actor()),
            "owner": browser(owner),
        }.items()
    }
    assert seen == {
        "visitor": ["Open"],
        "member": ["Open", "For the"],
        "owner": ["Open", "For the", "Still"],
    }


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("q=SAO+joao", {"São João"}),
        ("state=late", {"Late"}),
        ("state=done", {"Done"}),
        ("unit=none", {"Late", "Done", "Undated"}),
        ("month=none", {"Undated"}),
        ("month=2001-02", {"Done"}),
        ("month=nonsense", {"São João", "Late", "Done", "Undated"}),
        ("owner=999999&state=bogus", {"São João", "Late", "Done", "Undated"}),
    ],
)
def test_board_filters_are_in_the_address(question, found) -> None:
    mandate = MandateFactory()
    CommitmentFactory(title="São João", unit=mandate.unit, term=mandate.term)
    CommitmentFactory(title="Late", due_on=ago(2))
    CommitmentFactory(
        title="Done", state=State.DONE, due_on=ago(0).replace(2001, 2, 3), done_on=ago(1)
    )
    CommitmentFactory(title="Undated", due_on=None)
    taken = browser().get(f"{BOARD}?format=json&{question}")
    rows = json.loads(b"".join(taken.streaming_content))
    assert {one["commitment"] for one in rows} == found


def test_board_shows_ours_and_mine() -> None:
    officer = actor()
    CommitmentFactory(title="Of my house", owner=officer.organisation)
    CommitmentFactory(title="Naming me").people.add(officer.person)
    client = browser(officer)
    ours, mine = (titles(client.get(f"{BOARD}?by=list&whose={w}")) for w in ("ours", "mine"))
    assert ("Of my house" in ours, "Naming me" in ours) == (True, False)
    assert ("Of my house" in mine, "Naming me" in mine) == (False, True)


def test_board_column_shows_eight_and_leads_to_the_rest() -> None:
    for number in range(11):
        CommitmentFactory(title=f"Promise {number:02}", due_on=ago(-number - 1))
    page = titles(browser().get(BOARD))
    assert [f"Promise {n:02}" in page for n in range(11)] == [True] * 8 + [False] * 3
    assert "See all 11 commitments" in page
    rest = titles(browser().get(f"{BOARD}?by=list&state=planned"))
    assert all(f"Promise {n:02}" in rest for n in range(11))


def test_board_puts_what_is_owed_before_what_is_over() -> None:
    place = MandateFactory()
    spot = {"unit": place.unit, "term": place.term}
    CommitmentFactory(title="Over long ago", state=State.DONE, done_on=ago(60), **spot)
    CommitmentFactory(title="Just over", state=State.DONE, done_on=ago(1), **spot)
    CommitmentFactory(title="Undated", due_on=None, **spot)
    CommitmentFactory(title="Due soon", due_on=ago(-3), **spot)
    CommitmentFactory(title="Was due", due_on=ago(3), **spot)
    expected = ["Was due", "Due soon", "Undated", "Just over", "Over long ago"]
    for by in ("unit", "list"):
        page = titles(browser().get(f"{BOARD}?by={by}"))
        assert sorted(expected, key=lambda title: page.index(f">{title}<")) == expected


def test_board_of_owners_has_pages() -> None:
    for number in range(14):
        CommitmentFactory(owner=OrganisationFactory(name=f"Town {number:02}"))
    first, second = (titles(browser().get(f"{BOARD}?by=owner&page={n}")) for n in (1, 2))
    assert ("Town 11</h2>" in first, "Town 12</h2>" in first) == (True, False)
    assert ("Town 11</h2>" in second, "Town 13</h2>" in second) == (False, True)


def test_board_with_htmx_gives_the_results_alone() -> None:
    CommitmentFactory(title="Alone")
    page = titles(browser(None, HX_Request="true").get(BOARD))
    assert ("<html" in page, 'id="results"' in page, "Alone" in page) == (False, True, True)


def test_export_runs_no_formula() -> None:
    CommitmentFactory(title="=HYPERLINK(1)", description="@SUM(A1)", due_on=ago(4))
    taken = browser().get(f"{BOARD}?format=csv")
    table = list(csv.reader(io.StringIO(b"".join(taken.streaming_content).decode("utf-8-sig"))))
    line = dict(zip(*table, strict=True))
    assert line["commitment"] == "'=HYPERLINK(1)"
    assert line["description"] == "'@SUM(A1)"
    assert line["days late"] == "4"


def test_export_as_spreadsheet_runs_no_formula() -> None:
    from openpyxl import load_workbook

    CommitmentFactory(title="=1+1")
    taken = browser().get(f"{LATE}?format=xlsx")
    assert load_workbook(io.BytesIO(taken.content)).active.max_row == 1
    taken = browser().get(f"{BOARD}?format=xlsx")
    cell = load_workbook(io.BytesIO(taken.content)).active.cell(2, 2)
    assert (cell.data_type, cell.value) == ("s", "'=1+1")


def test_overdue_goes_unit_by_unit_longest_first() -> None:
    one, other = MandateFactory(), MandateFactory()
    for title, place, days in (
        ("Second", one, 5),
        ("First", one, 90),
        ("Third", other, 40),
        ("Fourth", other, 1),
    ):
        CommitmentFactory(title=title, unit=place.unit, term=place.term, due_on=ago(days))
    page = titles(browser().get(LATE))
    places = [page.index(f">{title}</a>") for title in ("First", "Second", "Third", "Fourth")]
    assert places == sorted(places)
    assert "90 days late" in page


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Pacific/Kiritimati"])
def test_late_is_counted_at_the_readers_today(zone) -> None:
    """At 12:00 UTC it is the 10th in São Paulo and already the 11th on Kiritimati."""
    with time_machine.travel("2026-03-10T12:00:00+00:00", tick=False):
        CommitmentFactory(title="Due on the tenth", due_on=ago(0))
        reader = actor()
        reader.person.time_zone = zone
        reader.person.save()
        page = titles(browser(reader).get(LATE))
    assert ("Due on the tenth" in page) == (zone == "Pacific/Kiritimati")


def test_page_names_people_to_members_only() -> None:
    made = CommitmentFactory()
    named = actor().person
    named.name = "Focal point of somewhere"
    named.save()
    made.people.add(named)
    visitor, member = (titles(c.get(f"{BOARD}{made.pk}/")) for c in (browser(), browser(actor())))
    assert ("Focal point of somewhere" in visitor, "Focal point of somewhere" in member) == (
        False,
        True,
    )


def test_page_shows_where_it_comes_from() -> None:
    mandate = MandateFactory()
    made = row(mandate)
    with translation.override("en"):
        address = mandate.unit.get_absolute_url()
    page = titles(browser().get(f"{BOARD}{made.pk}/"))
    assert f'<a href="{address}" lang="pt-BR">{mandate.unit.name["en"]}</a>' in page


@pytest.mark.parametrize("way", ["", "edit/"])
def test_page_of_a_draft_does_not_exist_for_others(way) -> None:
    draft = CommitmentFactory(visibility=Visibility.DRAFT)
    assert browser(actor()).get(f"{BOARD}{draft.pk}/{way}").status_code == 404


def test_history_and_editing_are_closed_to_who_only_reads() -> None:
    made = CommitmentFactory()
    reader = browser(actor())
    assert (
        browser().get(f"/en/discussions/history/commitments/commitment/{made.pk}/").status_code
        == 302
    )
    assert (
        reader.get(f"/en/discussions/history/commitments/commitment/{made.pk}/").status_code == 200
    )
    assert reader.get(f"{BOARD}{made.pk}/edit/").status_code == 403


def test_page_offers_work_only_to_who_may() -> None:
    owner = actor()
    made = CommitmentFactory(owner=owner.organisation)
    offers = {
        who: "Mark as done" in titles(browser(them).get(f"{BOARD}{made.pk}/"))
        for who, them in {
            "visitor": Actor(),
            "member": actor(),
            "observer": actor(owner.organisation, Role.OBSERVER),
            "owner": owner,
        }.items()
    }
    assert offers == {"visitor": False, "member": False, "observer": False, "owner": True}


def test_adding_is_for_writing_members_and_makes_their_own() -> None:
    officer = actor()
    stranger = OrganisationFactory()
    given = {
        "title": "Share the manual",
        "visibility": "public",
        "language": "en",
        "owner": stranger.pk,
    }
    made = browser(officer).post(f"{BOARD}new/", given)
    commitment = Commitment.objects.get()
    assert made.url == f"{BOARD}{commitment.pk}/"
    assert (commitment.title, commitment.owner) == ("Share the manual", officer.organisation)
    observer = browser(actor(role=Role.OBSERVER))
    assert observer.get(f"{BOARD}new/").status_code == 403
    assert observer.post(f"{BOARD}new/", given).status_code == 403
    assert Commitment.objects.count() == 1


def test_adding_cannot_name_people_of_another_house() -> None:
    stranger = actor().person
    given = {"title": "Theirs", "visibility": "public", "language": "en", "people": [stranger.pk]}
    answer = browser(actor()).post(f"{BOARD}new/", given)
    assert "people" in answer.context["form"].errors
    assert not Commitment.objects.exists()


def test_pages_read_the_same_in_three_languages() -> None:
    made = CommitmentFactory(due_on=ago(12))
    expected = {"pt": "atrasado 12 dias", "es": "12 días de atraso", "en": "12 days late"}
    said = {
        code: words in titles(browser().get(f"/{code}/commitments/{made.pk}/"))
        for code, words in expected.items()
    }
    assert said == {"pt": True, "es": True, "en": True}
