"""The pages of plans: who sees them, what they cost, and that nothing typed is lost."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mutirao.commitments.models import Commitment
from mutirao.core.states import Visibility
from mutirao.intake.models import Draft
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.states import Role
from mutirao.plans import queries
from mutirao.plans.models import Activity, Plan
from mutirao.plans.reading_page import PlanPage
from mutirao.plans.states import VERBS
from mutirao.topics.models import Target, Theme
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.pages import fields
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory, board_actor

pytestmark = pytest.mark.django_db


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(who.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def mandate():
    return MandateFactory()


@pytest.fixture
def leader(mandate):
    return coordinator(mandate)


@pytest.fixture
def draft(mandate):
    return PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="draft"
    )


def full_activity(plan: Plan, **fields) -> Activity:
    """An activity with everything that hangs on one."""
    activity = ActivityFactory(plan=plan, **fields)
    activity.axes.add(AxisFactory(plan=plan))
    activity.organisations.add(OrganisationFactory())
    activity.units.add(UnitFactory())
    activity.themes.add(*Theme.objects.all()[:2])
    activity.targets.add(*Target.objects.all()[:2])
    for days in (-3, 30):
        Commitment.objects.create(
            title=f"Due in {days}",
            owner=OrganisationFactory(),
            due_on=timezone.localdate() + timedelta(days=days),
            source=activity,
            unit=plan.unit,
            term=plan.term,
            visibility=Visibility.PUBLIC,
        )
    return activity


def full_plan(**fields) -> Plan:
    plan = PlanFactory(state="in_progress", **fields)
    MandateFactory(unit=plan.unit, term=plan.term)
    full_activity(plan)
    Event.objects.create(
        title="Encontro",
        source=plan,
        unit=plan.unit,
        starts_on=plan.term.starts_on,
        ends_on=plan.term.starts_on,
        visibility=Visibility.PUBLIC,
    )
    return plan


def test_list_costs_the_same_for_one_and_three_plans(client, django_assert_num_queries):
    full_plan()
    url = reverse("plans:plans")
    client.get(url)
    with django_assert_num_queries(5):
        client.get(url)
    full_plan(), full_plan()
    with django_assert_num_queries(5):
        page = client.get(url)
    assert page.content.count(b"<tr>") == 4


def test_page_costs_the_same_for_one_and_three_activities(client, django_assert_num_queries):
    plan = full_plan()
    client.get(plan.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(plan.get_absolute_url())
    full_activity(plan), full_activity(plan)
    with django_assert_num_queries(7):
        page = client.get(plan.get_absolute_url())
    assert page.content.count(b"<article") == 3


def test_page_shows_what_was_promised_and_how_it_stands(client):
    plan = full_plan()
    page = client.get(plan.get_absolute_url())
    assert page.context["page"].counts == {
        "done": 0,
        "in_progress": 0,
        "late": 1,
        "planned": 1,
        "cancelled": 0,
        "carried": 0,
        "total": 2,
    }
    activity = plan.activities.get()
    for text in (activity.text, "Due in -3", "Due in 30", "Encontro", plan.introduction):
        assert text in page.content.decode()


def test_page_answers_at_its_own_address_only(client):
    plan = full_plan()
    wrong = reverse("plans:plan", args=[plan.pk, "another-name"])
    answer = client.get(wrong)
    assert (answer.status_code, answer["Location"]) == (301, plan.get_absolute_url())


def test_a_draft_is_not_there_for_others(client, draft):
    ActivityFactory(plan=draft)
    addresses = [
        draft.get_absolute_url(),
        reverse("plans:paper", args=[draft.pk, "pdf"]),
        reverse("plans:paper", args=[draft.pk, "docx"]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404
        assert signed_in(actor()).get(address).status_code == 404
    member = signed_in(coordinator(MandateFactory()))
    for name in ("edit", "edit_words", "delete", "document"):
        assert member.get(reverse(f"plans:{name}", args=[draft.pk])).status_code == 404
    assert draft.title not in client.get(reverse("plans:plans")).content.decode()
    assert draft.title not in member.get(reverse("plans:plans") + "?format=csv").getvalue().decode()


def test_a_draft_is_there_for_those_concerned(draft, leader):
    assert signed_in(leader).get(draft.get_absolute_url()).status_code == 200
    assert signed_in(secretariat()).get(draft.get_absolute_url()).status_code == 200


def forged(plan: Plan) -> list[tuple[str, dict]]:
    """Every form of the workbench and every move, filled in as their authors would."""
    axis, activity = AxisFactory(plan=plan), ActivityFactory(plan=plan)
    words = {"version": 1, "text": "forged", "title": "forged", "language": "pt", "kind": "action"}
    return [
        (reverse("plans:edit_words", args=[plan.pk]), words),
        (reverse("plans:delete", args=[plan.pk]), {}),
        (reverse("plans:add_axis", args=[plan.pk]), words),
        (reverse("plans:edit_axis", args=[axis.pk]), words),
        (reverse("plans:delete_axis", args=[axis.pk]), {}),
        (reverse("plans:shift_axis", args=[axis.pk]), {"step": "up"}),
        (reverse("plans:add_activity", args=[plan.pk]), words),
        (reverse("plans:edit_activity", args=[activity.pk]), words),
        (reverse("plans:tag_activity", args=[activity.pk]), {"version": 1}),
        (reverse("plans:delete_activity", args=[activity.pk]), {}),
        (reverse("plans:shift_activity", args=[activity.pk]), {"step": "up"}),
        (
            reverse("plans:add_commitment", args=[activity.pk]),
            {"title": "forged", "owner": plan.presented_by_id},
        ),
        (
            reverse("plans:add_event", args=[plan.pk]),
            {"title": "forged", "starts_on": "2030-01-01"},
        ),
        *((reverse("plans:move", args=[plan.pk, verb]), {"remark": "forged"}) for verb in VERBS),
    ]


@pytest.mark.parametrize("state", ["draft", "in_progress"])
def test_a_forged_form_changes_nothing(mandate, state):
    plan = PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state=state
    )
    strangers = [
        actor(),
        actor(mandate.organisation, Role.OBSERVER),
        coordinator(MandateFactory()),
    ]
    forms = forged(plan)
    for stranger in strangers:
        browser = signed_in(stranger)
        for address, data in forms:
            assert browser.post(address, data).status_code in (403, 404)
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.moves.count()) == (state, 1, 0)
    assert (plan.axes.count(), plan.activities.count()) == (1, 1)
    assert not Commitment.objects.exists()
    assert not Event.objects.exists()
    assert "forged" not in plan.title + plan.axes.get().text + plan.activities.get().text


def test_a_visitor_is_asked_to_sign_in_before_writing(client, draft):
    for address, data in forged(draft):
        answer = client.post(address, data)
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]


def test_a_board_city_cannot_forge_the_approval_of_its_own_plan():
    board = board_actor()
    plan = PlanFactory(presented_by=board.organisation, state="submitted")
    answer = signed_in(board).post(reverse("plans:move", args=[plan.pk, "approve"]), {})
    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (403, "submitted")


def test_a_plan_is_written_submitted_returned_and_approved_by_its_pages(mandate, leader):
    city, board = signed_in(leader), signed_in(board_actor())
    answer = city.post(
        reverse("plans:write"),
        {
            "unit": mandate.unit_id,
            "term": mandate.term_id,
            "presented_by": mandate.organisation_id,
            "title": "Plano novo",
            "language": "pt",
            "introduction": "",
        },
    )
    plan = Plan.objects.get()
    assert answer["Location"] == reverse("plans:edit", args=[plan.pk])
    city.post(
        reverse("plans:add_axis", args=[plan.pk]), {"kind": "work", "number": "I", "text": "Eixo"}
    )
    axis = plan.axes.get()
    city.post(
        reverse("plans:add_activity", args=[plan.pk]),
        {"number": "1", "title": "", "text": "Reunir as agências", "axes": [axis.pk]},
    )
    activity = plan.activities.get()
    assert list(activity.axes.all()) == [axis]
    city.post(
        reverse("plans:add_commitment", args=[activity.pk]),
        {"title": "Convidar dez cidades", "owner": mandate.organisation_id, "due_on": "2030-05-01"},
    )
    assert activity.commitments.get().due_on == date(2030, 5, 1)
    city.post(reverse("plans:move", args=[plan.pk, "submit"]), {})
    without = board.post(reverse("plans:move", args=[plan.pk, "return"]), {"remark": " "})
    assert without.status_code == 200
    board.post(reverse("plans:move", args=[plan.pk, "return"]), {"remark": "Falta o prazo"})
    assert "Falta o prazo" in city.get(plan.get_absolute_url()).content.decode()
    city.post(reverse("plans:move", args=[plan.pk, "submit"]), {})
    board.post(reverse("plans:move", args=[plan.pk, "approve"]), {})
    plan.refresh_from_db()
    assert plan.state == "approved"
    public = Client().get(plan.get_absolute_url()).content.decode()
    assert "Convidar dez cidades" in public
    assert "Falta o prazo" not in public


def test_a_plan_for_another_unit_is_refused_at_its_field(mandate, leader):
    elsewhere = UnitFactory()
    data = {
        "unit": elsewhere.pk,
        "term": mandate.term_id,
        "presented_by": mandate.organisation_id,
        "title": "Plano",
        "language": "pt",
    }
    answer = signed_in(leader).post(reverse("plans:write"), data)
    assert "unit" in answer.context["form"].errors
    assert not Plan.objects.exists()


def test_both_versions_are_shown_and_nothing_is_lost(draft, leader, mandate):
    activity = ActivityFactory(plan=draft, number="1", title="Título", text="Antes")
    url = reverse("plans:edit_activity", args=[activity.pk])
    first = {"version": 1, "number": "1", "title": "Título", "text": "Texto da primeira"}
    second = {"version": 1, "number": "2", "title": "Título", "text": "Texto da segunda"}
    colleague = actor(mandate.organisation, Role.OFFICER)
    assert signed_in(leader).post(url, first).status_code == 302
    late = signed_in(colleague)
    answer = late.post(url, second)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Texto da primeira" in shown
    assert "Texto da segunda" in shown
    assert leader.person.name in shown
    differing = {row.field.name: row.differs for row in answer.context["rows"]}
    assert differing == {"number": True, "title": False, "text": True, "axes": False}
    activity.refresh_from_db()
    assert activity.text == "Texto da primeira"
    chosen = {**fields(shown), "take_text": "theirs", "take_number": "mine"}
    assert late.post(url, chosen).status_code == 302
    activity.refresh_from_db()
    assert (activity.text, activity.number, activity.version) == ("Texto da primeira", "2", 3)


def test_a_field_nobody_here_touched_keeps_what_was_saved(draft, leader):
    """Whoever only presses the button must not undo the other's work."""
    activity = ActivityFactory(plan=draft, number="1", title="Antes", text="Texto")
    url = reverse("plans:edit_activity", args=[activity.pk])
    opened = {"initial-number": "1", "initial-title": "Antes", "initial-text": "Texto"}
    browser = signed_in(leader)
    theirs = {"version": 1, "number": "1", "title": "Depois", "text": "Texto", **opened}
    mine = {"version": 1, "number": "1", "title": "Antes", "text": "Meu texto", **opened}
    browser.post(url, theirs)
    answer = browser.post(url, mine)
    items = {row.field.name: row for row in answer.context["rows"]}
    assert (items["title"].differs, items["title"].touched) == (True, False)
    assert (items["text"].differs, items["text"].touched) == (True, True)
    shown = re.sub(r"\s+", " ", answer.content.decode())
    assert 'name="take_title" value="theirs" id="theirs-title-take" checked' in shown
    assert 'name="take_text" value="mine" id="mine-text-take" checked' in shown


def test_a_conflict_over_tags_keeps_both_choices(draft, leader, mandate):
    activity = ActivityFactory(plan=draft)
    ours, theirs = OrganisationFactory(name="Ours"), OrganisationFactory(name="Theirs")
    url = reverse("plans:tag_activity", args=[activity.pk])
    browser = signed_in(leader)
    browser.post(url, {"version": 1, "organisations": [theirs.pk]})
    answer = browser.post(url, {"version": 1, "organisations": [ours.pk]})
    row = next(row for row in answer.context["rows"] if row.field.name == "organisations")
    assert (answer.status_code, row.differs, row.said_theirs) == (409, True, "Theirs (Brasil)")
    assert row.said_mine == "Ours (Brasil)"
    sent = fields(answer.content.decode())
    browser.post(url, {**sent, "take_organisations": "theirs"})
    assert list(activity.organisations.all()) == [theirs]


def test_what_was_typed_stays_when_the_plan_was_submitted_meanwhile(draft, leader):
    activity = ActivityFactory(plan=draft)
    browser = signed_in(leader)
    browser.post(reverse("plans:move", args=[draft.pk, "submit"]), {})
    data = {"version": 1, "number": "1", "title": "", "text": "Meu texto longo"}
    answer = browser.post(reverse("plans:edit_activity", args=[activity.pk]), data)
    assert answer.status_code == 200
    assert "Meu texto longo" in answer.content.decode()
    assert answer.context["form"].non_field_errors()


def test_a_form_opens_in_its_place_and_as_a_page(draft, leader):
    activity = ActivityFactory(plan=draft)
    browser, url = signed_in(leader), reverse("plans:edit_activity", args=[activity.pk])
    part = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    whole = browser.get(url).content.decode()
    assert f'id="activity-{activity.pk}"' in part
    assert "<html" not in part
    assert "<html" in whole
    assert f'id="activity-{activity.pk}"' in whole


def test_an_activity_moves_with_a_plain_form(draft, leader):
    first, second = ActivityFactory(plan=draft), ActivityFactory(plan=draft)
    signed_in(leader).post(reverse("plans:shift_activity", args=[second.pk]), {"step": "up"})
    assert list(draft.activities.all()) == [second, first]


def test_a_calendar_entry_is_added_with_its_days_or_its_month(draft, leader):
    browser, url = signed_in(leader), reverse("plans:add_event", args=[draft.pk])
    data = {"title": "Encontro", "starts_on": "2030-03-12", "date_confirmed": "on"}
    assert browser.post(url, data).status_code == 302
    assert browser.post(url, {"title": "Feira", "month": "2030-08"}).status_code == 302
    with_day, with_month = draft.events.order_by("pk")
    assert (with_day.ends_on, with_day.date_confirmed) == (date(2030, 3, 12), True)
    assert (with_month.month, with_month.starts_on) == (date(2030, 8, 1), None)
    assert {with_day.visibility, with_month.visibility} == {Visibility.DRAFT}
    assert (with_day.unit, with_day.organisation) == (draft.unit, draft.presented_by)
    for wrong in ({"starts_on": "2030-02-31"}, {"title": "x"}):
        assert browser.post(url, {"title": "Feira", **wrong}).status_code == 200
    assert draft.events.count() == 2


def test_the_approved_text_stands_while_tags_change(mandate, leader):
    plan = PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="in_progress"
    )
    activity = ActivityFactory(plan=plan)
    browser = signed_in(leader)
    assert browser.get(reverse("plans:edit_activity", args=[activity.pk])).status_code == 403
    theme = Theme.objects.first()
    data = {"version": 1, "themes": [theme.pk]}
    assert browser.post(reverse("plans:tag_activity", args=[activity.pk]), data).status_code == 302
    assert list(activity.themes.all()) == [theme]


def test_filters_narrow_the_list(client):
    wanted, other = full_plan(title="Plano da Água"), full_plan(title="Outro")
    other.activities.get().targets.set(Target.objects.filter(goal=17)[:1])
    other.activities.get().themes.set(Theme.objects.order_by("-position")[:1])
    url = reverse("plans:plans")
    target = wanted.activities.get().targets.first()
    theme = wanted.activities.get().themes.first()
    for query in (
        {"q": "agua"},
        {"unit": wanted.unit_id},
        {"goal": target.goal_id},
        {"theme": theme.pk},
        {"q": wanted.activities.get().title.upper()},
    ):
        assert [plan.pk for plan in client.get(url, query).context["page"]] == [wanted.pk], query
    both = {wanted.pk, other.pk}
    for query in ({"state": "in_progress"}, {"term": wanted.term.code}, {"unit": "nonsense"}):
        assert {plan.pk for plan in client.get(url, query).context["page"]} == both
    assert list(client.get(url, {"term": wanted.term.code, "q": "xyz"}).context["page"]) == []


def test_the_list_is_taken_along_as_seen(client):
    plan = full_plan(title="=2+3")
    url = reverse("plans:plans")
    rows = json.loads(client.get(url, {"format": "json"}).getvalue())
    assert len(rows) == 1
    assert "=2+3" in rows[0].values()
    assert "'=2+3" in client.get(url, {"format": "csv"}).getvalue().decode()
    assert client.get(url, {"format": "xlsx"}).status_code == 200
    assert json.loads(client.get(url, {"format": "json", "q": "nothing"}).getvalue()) == []
    assert plan.pk


def test_figures_by_term_are_links_into_the_list(client):
    full_plan()
    old = TermFactory(code="2018", starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
    PlanFactory(term=old, state="closed")
    page = client.get(reverse("plans:plans"))
    latest, first = page.context["overview"]
    assert (first.term, first.total) == ("2018", 1)
    assert [(f.state, f.count, f.query) for f in first.figures] == [
        ("closed", 1, "?term=2018&state=closed")
    ]
    assert latest.total == 1
    listed = client.get(reverse("plans:plans") + first.figures[0].query)
    assert [plan.term for plan in listed.context["page"]] == [old]


def test_the_original_document_is_only_for_those_concerned(mandate, leader):
    document = Draft.objects.create(
        file=ContentFile(b"contacts", name="plan.txt"),
        filename="plan.txt",
        sha256="0" * 64,
        size=8,
        person=leader.person,
        organisation=mandate.organisation,
    )
    plan = PlanFactory(
        unit=mandate.unit,
        term=mandate.term,
        presented_by=mandate.organisation,
        state="in_progress",
        document=document,
    )
    url = reverse("plans:document", args=[plan.pk])
    answer = signed_in(leader).get(url)
    assert b"".join(answer.streaming_content) == b"contacts"
    assert answer["Content-Disposition"].startswith("attachment")
    assert signed_in(actor()).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert url not in Client().get(plan.get_absolute_url()).content.decode()


def test_another_language_says_so(client):
    plan = full_plan(language="es")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Español" in page
    assert 'lang="es"' in page


def test_hostile_words_stay_words(client):
    plan = full_plan(title='"><script>alert(1)</script>')
    activity = plan.activities.get()
    activity.title = '<img src=x onerror="x">'
    activity.save()
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_board_reads_what_a_submitted_plan_promises_before_it_decides(mandate):
    plan = PlanFactory(unit=mandate.unit, term=mandate.term, state="submitted")
    promise = CommitmentFactory(
        unit=plan.unit, term=plan.term, visibility=Visibility.DRAFT, title="Ponte pronta"
    )
    Commitment.objects.filter(pk=promise.pk).update(
        source_type=ContentType.objects.get_for_model(Activity),
        source_id=ActivityFactory(plan=plan).pk,
    )
    meeting = EventFactory(unit=plan.unit, visibility=Visibility.DRAFT, title="Visita à ponte")
    Event.objects.filter(pk=meeting.pk).update(
        source_type=ContentType.objects.get_for_model(Plan), source_id=plan.pk
    )
    board = board_actor()
    page = PlanPage.of(queries.for_page(board).get(pk=plan.pk), board)
    assert [row.title for row in page.activities[0].commitments_shown] == ["Ponte pronta"]
    assert [row.title for row in page.events] == ["Visita à ponte"]
    client = Client()
    client.force_login(board.person)
    html = client.get(plan.get_absolute_url()).content.decode()
    assert "Ponte pronta" in html and promise.get_absolute_url() not in html
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    plan.refresh_from_db()
    assert not queries.reads_all_of(board, plan)
