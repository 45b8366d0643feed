"""One history for every kind of record: read from what the triggers kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mutirao.core.records import kind_of
from mutirao.discussions.history import Acts
from mutirao.discussions.history.words import shortened, word_pieces
from mutirao.network.acting import NOBODY
from mutirao.network.models import Organisation
from mutirao.topics.models import Theme
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory
from tests.plans.test_pages import signed_in

pytestmark = pytest.mark.django_db


def entries(record, reader=NOBODY):
    return Acts(kind_of(record), record, reader)[:]


def page_of(record):
    meta = record._meta
    return reverse("discussions:history", args=[meta.app_label, meta.model_name, record.pk])


@pytest.fixture
def mandate():
    return MandateFactory()


@pytest.fixture
def leader(mandate):
    return coordinator(mandate)


@pytest.fixture
def plan(mandate):
    return PlanFactory(
        unit=mandate.unit, term=mandate.term, presented_by=mandate.organisation, state="draft"
    )


def test_a_change_says_who_for_whom_and_from_what_to_what(plan, leader):
    activity = ActivityFactory(plan=plan, number="2", title="Rede", text="Reunir as agências")
    signed_in(leader).post(
        reverse("plans:edit_activity", args=[activity.pk]),
        {"version": 1, "number": "2", "title": "Rede", "text": "Reunir dez agências"},
    )
    latest = entries(plan)[0]
    assert (latest.person, latest.organisation) == (
        leader.person.name,
        leader.organisation.display,
    )
    (change,) = latest.changes
    assert change.act == "update"
    (difference,) = change.differences
    assert difference.pieces == [
        ("same", "Reunir"),
        ("old", "as"),
        ("new", "dez"),
        ("same", "agências"),
    ]


def test_tags_and_responsibles_leave_a_trace(plan, leader):
    activity = ActivityFactory(plan=plan)
    before, after = OrganisationFactory(name="Before"), OrganisationFactory(name="After")
    activity.organisations.add(before)
    theme = Theme.objects.first()
    signed_in(leader).post(
        reverse("plans:tag_activity", args=[activity.pk]),
        {"version": 1, "organisations": [after.pk], "themes": [theme.pk]},
    )
    (change,) = entries(plan)[0].changes
    pieces = [piece for difference in change.differences for piece in difference.pieces]
    assert pieces == [("old", "Before"), ("new", "After"), ("new", str(theme))]


def test_what_was_deleted_stays_in_the_history(plan, leader):
    axis = AxisFactory(plan=plan, number="IX")
    signed_in(leader).post(reverse("plans:delete_axis", args=[axis.pk]))
    (change,) = entries(plan)[0].changes
    assert change.act == "delete"
    assert "IX" in change.subject


def test_a_new_order_is_said_once(plan, leader):
    activities = [ActivityFactory(plan=plan) for _n in range(3)]
    signed_in(leader).post(reverse("plans:shift_activity", args=[activities[2].pk]), {"step": "up"})
    assert [change.act for change in entries(plan)[0].changes] == ["order"]


def test_the_history_costs_the_same_however_long(plan, leader, django_assert_num_queries):
    browser, url = signed_in(leader), page_of(plan)
    activity = ActivityFactory(plan=plan)

    def write(version: int) -> None:
        browser.post(
            reverse("plans:edit_activity", args=[activity.pk]),
            {"version": version, "number": "1", "title": "", "text": f"Texto {version}"},
        )

    write(1)
    browser.get(url)
    queries = 14  # one of them is the bell
    with django_assert_num_queries(queries):
        browser.get(url)
    write(2), write(3)
    with django_assert_num_queries(queries):
        page = browser.get(url)
    assert len(page.context["page"].object_list) >= 3


def test_the_history_is_for_members(plan):
    plan.state, plan.approved_on = "approved", plan.term.starts_on
    plan.save()
    url = page_of(plan)
    assert Client().get(url).status_code == 302
    assert signed_in(actor()).get(url).status_code == 200
    assert url not in Client().get(plan.get_absolute_url()).content.decode()
    assert Organisation.objects.exists()


def test_words_are_compared_one_by_one():
    assert word_pieces("", "novo texto") == [("new", "novo texto")]
    assert word_pieces("a b c", "a c") == [("same", "a"), ("old", "b"), ("same", "c")]
    assert word_pieces("igual", "igual") == [("same", "igual")]


def test_long_stretches_that_stayed_are_left_out():
    stayed = " ".join(str(n) for n in range(500))
    pieces = shortened(word_pieces(f"{stayed} old", f"{stayed} new"))
    assert [kind for kind, _text in pieces] == ["gap", "same", "old", "new"]
    assert len(" ".join(text for _kind, text in pieces)) < 200


def test_very_long_texts_are_compared_by_paragraph():
    old = "\n".join(f"paragraph {n} " + "word " * 20 for n in range(300))
    pieces = word_pieces(old, old.replace("paragraph 7 ", "paragraph seven "))
    assert [kind for kind, _text in pieces] == ["same", "old", "new", "same"]


def rewrite(plan, leader, title, version=1):
    signed_in(leader).post(
        reverse("plans:edit_words", args=[plan.pk]),
        {"version": version, "title": title, "language": "pt", "introduction": "Uma rede."},
    )


def test_history_is_narrowed_by_person_organisation_field_and_day(plan, leader):
    rewrite(plan, leader, "Outro nome")
    browser, url = signed_in(leader), page_of(plan)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for asked, found in (
        ({"person": leader.person.pk}, 1),
        ({"organisation": leader.organisation_id}, 1),
        ({"field": "0.title"}, 2),  # made, and changed
        ({"field": "0.state"}, 1),
        ({"field": "1"}, 0),
        ({"since": tomorrow}, 0),
        ({"until": timezone.localdate().isoformat()}, 2),
        ({"field": "0.pgh_id); DROP"}, 2),  # what is unreadable is ignored
        ({"person": "999999"}, 2),
    ):
        page = browser.get(url, asked).context["page"]
        assert len(page.object_list) == found, asked


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_history_is_taken_along(plan, leader, kind):
    rewrite(plan, leader, "=HYPERLINK(1)")
    answer = signed_in(leader).get(page_of(plan), {"format": kind})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    if kind == "csv":
        assert b",'=HYPERLINK(1)" in body
    if kind == "json":
        rows = json.loads(body)
        assert {row["Depois"] for row in rows} >= {"=HYPERLINK(1)"}


def _restore_address(plan, number=0, key="title"):
    events = type(plan).pgh_event_model.objects.filter(pgh_obj_id=plan.pk).order_by("pgh_id")
    event = events[number].pk
    return reverse("discussions:restore", args=["plans", "plan", plan.pk, 0, event, key])


def test_former_text_is_taken_back_as_a_new_version(plan, leader):
    former = plan.title
    rewrite(plan, leader, "Outro nome")
    browser = signed_in(leader)
    history = browser.get(page_of(plan)).content.decode()
    assert _restore_address(plan) in history
    seen = browser.get(_restore_address(plan)).context["former"].seen
    answer = browser.post(_restore_address(plan), {"seen": seen})
    plan.refresh_from_db()
    assert (answer.status_code, plan.title, plan.version) == (302, former, 3)
    latest = entries(plan)[0]
    assert latest.took_back
    assert latest.changes[0].differences[0].after == former


def test_former_text_does_not_overwrite_what_was_not_seen(plan, leader):
    rewrite(plan, leader, "Outro nome")
    browser = signed_in(leader)
    seen = browser.get(_restore_address(plan)).context["former"].seen
    rewrite(plan, leader, "Mais novo", version=2)
    answer = browser.post(_restore_address(plan), {"seen": seen})
    plan.refresh_from_db()
    assert (answer.status_code, plan.title) == (409, "Mais novo")
    assert "Mais" in answer.content.decode()


def test_former_text_is_for_who_may_edit(plan, leader):
    rewrite(plan, leader, "Outro nome")
    plan.refresh_from_db()
    seen = signed_in(leader).get(_restore_address(plan)).context["former"].seen
    plan.state, plan.approved_on = "approved", plan.term.starts_on
    plan.save()
    for who, status in ((actor(), 403), (leader, 403)):  # an approved text stands
        browser = signed_in(who)
        assert browser.get(_restore_address(plan)).status_code == status
        assert browser.post(_restore_address(plan), {"seen": seen}).status_code == status
        assert _restore_address(plan) not in browser.get(page_of(plan)).content.decode()
    plan.refresh_from_db()
    assert plan.title == "Outro nome"


def test_former_text_of_another_record_or_field_is_not_found(plan, leader):
    rewrite(plan, leader, "Outro nome")
    other = PlanFactory(state="draft", title="Secret")
    foreign = type(other).pgh_event_model.objects.get(pgh_obj_id=other.pk).pk
    own = type(plan).pgh_event_model.objects.filter(pgh_obj_id=plan.pk).first().pk
    at = "discussions:restore"
    browser = signed_in(leader)
    for args in (
        ["plans", "plan", plan.pk, 0, foreign, "title"],
        ["plans", "plan", plan.pk, 0, own, "state"],
        ["plans", "plan", plan.pk, 0, own, "title.pt"],
        ["plans", "plan", plan.pk, 9, own, "title"],
        ["plans", "plan", other.pk, 0, foreign, "title"],
        ["accounts", "user", leader.person.pk, 0, own, "name"],
    ):
        answer = browser.post(reverse(at, args=args), {"seen": "x"})
        assert answer.status_code == 404, args


def test_label_is_taken_back_language_by_language():
    unit, who = UnitFactory(), secretariat()
    before = dict(unit.about or {})
    unit.about = {"pt": "Primeiro", "es": "Primero"}
    unit.save()
    unit.about = {"pt": "Segundo", "es": "Segundo"}
    unit.save()
    (change,) = entries(unit, who)[0].changes  # two writings of one minute, one by one
    assert {d.key for d in change.differences} == {"about.pt", "about.es"}
    event = type(unit).pgh_event_model.objects.filter(pgh_obj_id=unit.pk).order_by("pgh_id")[1].pk
    url = reverse("discussions:restore", args=["network", "unit", unit.pk, 0, event, "about.pt"])
    browser = signed_in(who)
    browser.post(url, {"seen": browser.get(url).context["former"].seen})
    unit.refresh_from_db()
    assert (unit.about, before) == ({"pt": "Primeiro", "es": "Segundo"}, before)


def test_who_acts_for_an_organisation_is_told_to_its_own_people_only():
    member = actor()
    city = member.organisation
    stranger = actor()
    for reader, told in ((stranger, False), (member, True), (secretariat(), True)):
        page = signed_in(reader).get(page_of(city)).content.decode()
        assert (member.person.name in page.partition('id="results"')[2]) == told


@pytest.mark.parametrize("make", [OrganisationFactory, UnitFactory, EventFactory, TermFactory])
def test_every_kind_of_record_has_a_history_and_a_link_to_it(make):
    record = make()
    browser = signed_in(actor())
    assert browser.get(page_of(record)).status_code == 200
    assert page_of(record) in browser.get(record.get_absolute_url(), follow=True).content.decode()
    assert page_of(record) not in Client().get(record.get_absolute_url()).content.decode()


def test_history_of_a_draft_one_does_not_see_is_not_found(plan):
    assert signed_in(actor()).get(page_of(plan)).status_code == 404
    alone = Client()
    alone.force_login(UserFactory(), "allauth.account.auth_backends.AuthenticationBackend")
    plan.state, plan.approved_on = "approved", plan.term.starts_on
    plan.save()
    assert alone.get(page_of(plan)).status_code == 403


def test_history_of_five_thousand_rows_is_read_a_page_at_a_time(plan, leader):
    own = {"pgh_created_at": "pgh_created_at + n * interval '2 minutes'", "title": "'T ' || n",
           "pgh_label": "'update'"}  # fmt: skip
    fields = type(plan).pgh_event_model._meta.concrete_fields
    names = [field.column for field in fields if field.column != "pgh_id"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO plans_planevent ({', '.join(names)})"
            f" SELECT {', '.join(own.get(name, name) for name in names)}"
            " FROM plans_planevent, generate_series(1, 5000) AS n WHERE pgh_obj_id = %s",
            [plan.pk],
        )
    browser = signed_in(leader)
    page = browser.get(page_of(plan), {"page": 100}).context["page"]
    assert (page.paginator.count, len(page.object_list)) == (5001, 25)
