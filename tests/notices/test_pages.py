"""The bell, the notices page, following and preferences."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.test import Client

from mutirao.accounts.models import User
from mutirao.core.happenings import tell
from mutirao.letters.actions import keep, refuse
from mutirao.letters.models import Letter, Refusal
from mutirao.network.acting import Actor
from mutirao.notices.actions import follow, follow_quietly, pass_on_follows, unfollow
from mutirao.notices.models import Choice, Follow, Habits, Notice
from tests.commitments.factories import CommitmentFactory
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, actor

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def reader() -> Actor:
    return actor()


def signed_in(who: Actor | User) -> Client:
    client = Client()
    client.force_login(who.person if isinstance(who, Actor) else who, BACKEND)  # type: ignore[arg-type]
    return client


def told(reader: Actor, **more: Any) -> Notice:
    record = CommitmentFactory(visibility="public")
    tell("trial.now", people=[reader.person.pk], record=record, by=actor(), what="x", **more)
    return Notice.objects.order_by("pk").last()


def page(client: Client, path: str = "/en/notices/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bell_counts_what_is_unread_and_stops_at_99(reader: Actor) -> None:
    client = signed_in(reader)
    assert "nothing unread" in page(client)
    told(reader)
    assert "1 unread notice<" in page(client)
    Notice.objects.bulk_create(
        [Notice(person=reader.person, kind="trial.page", way="page") for _n in range(120)]
    )
    assert "99+ unread notices" in page(client, "/en/notices/bell/")


def test_no_bell_for_visitors(client: Client, django_assert_max_num_queries: Any) -> None:
    assert 'id="bell"' not in page(client, "/en/")
    assert client.get("/en/notices/").status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_more_notices(
    reader: Actor, rows: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(reader)
    for _n in range(rows):
        told(reader)
    client.get("/en/notices/")
    with django_assert_num_queries(10):
        client.get("/en/notices/")


def test_opening_leads_to_the_record_and_marks_its_news_as_read(reader: Actor) -> None:
    client, record = signed_in(reader), CommitmentFactory(visibility="public")
    for _n in range(2):
        tell("trial.now", people=[reader.person.pk], record=record, by=actor(), what="x")
    other = told(reader)
    latest = Notice.objects.exclude(pk=other.pk).order_by("-pk").first()
    answer = client.post(f"/en/notices/{latest.pk}/open/")
    assert answer.status_code == 302 and answer.url == f"/en/commitments/{record.pk}/"
    assert list(Notice.objects.filter(read_at=None)) == [other]


def test_all_are_marked_as_read_but_not_what_came_since(reader: Actor) -> None:
    first, client = told(reader), signed_in(reader)
    later = told(reader)
    client.post("/en/notices/read/", {"upto": first.pk})
    assert list(Notice.objects.filter(read_at=None)) == [later]
    client.post("/en/notices/read/", {"upto": later.pk, "about": "accounts"})
    assert Notice.objects.filter(read_at=None).count() == 1


def test_somebody_elses_notice_cannot_be_read_or_opened(reader: Actor) -> None:
    notice, stranger = told(reader), signed_in(actor())
    assert stranger.post(f"/en/notices/{notice.pk}/open/").status_code == 404
    assert stranger.post(f"/en/notices/{notice.pk}/read/").status_code == 404
    stranger.post("/en/notices/read/", {"upto": notice.pk})
    assert Notice.objects.filter(read_at=None).count() == 1


def test_filters_and_words_from_outside_are_escaped(reader: Actor) -> None:
    record = CommitmentFactory(visibility="public", title="<script>alert(1)</script>")
    tell("trial.now", people=[reader.person.pk], record=record, by=actor(), what="%(x)s <b>")
    shown = page(signed_in(reader))
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
    assert "alert" not in page(signed_in(reader), "/en/notices/?about=accounts")


def test_an_address_in_a_notice_never_leads_to_another_host(reader: Actor) -> None:
    notice = told(reader, url="//evil.example/x")
    answer = signed_in(reader).post(f"/en/notices/{notice.pk}/open/")
    assert answer.url == "/evil.example/x"


# --- following --------------------------------------------------------------------------------


def test_the_button_follows_and_lets_go(reader: Actor) -> None:
    client, record = signed_in(reader), CommitmentFactory(visibility="members")
    at = f"/en/notices/follow/commitments/commitment/{record.pk}/"
    assert client.post(at).url == f"/en/commitments/{record.pk}/"
    row = Follow.objects.get()
    assert (row.person, row.organisation, row.chosen) == (
        reader.person,
        reader.organisation,
        True,
    )
    assert record.title in page(client, "/en/notices/following/")
    answer = client.post(at, {"on": "0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and 'aria-pressed="false"' in answer.content.decode()
    assert not Follow.objects.exists()


def test_what_one_may_not_see_cannot_be_followed(reader: Actor) -> None:
    client, record = signed_in(reader), CommitmentFactory(visibility="draft")
    assert client.post(f"/en/notices/follow/commitments/commitment/{record.pk}/").status_code == 404
    assert client.post(f"/en/notices/follow/accounts/user/{reader.person.pk}/").status_code == 404
    assert client.post("/en/notices/follow/no/such/1/").status_code == 404
    assert not Follow.objects.exists()


def test_what_is_no_longer_open_is_not_named_and_can_be_let_go(reader: Actor) -> None:
    client, record = signed_in(reader), CommitmentFactory(visibility="public", title="Hidden now")
    follow(record=record, by=reader)
    record.visibility = "draft"
    record.save()
    shown = page(client, "/en/notices/following/")
    assert "Hidden now" not in shown and "No longer open to you" in shown
    client.post(f"/en/notices/follow/commitments/commitment/{record.pk}/", {"on": "0"})
    assert not Follow.objects.exists()


def test_following_is_searched_without_accents(reader: Actor) -> None:
    for title in ("Drenagem no Jardim São João", "Ciclovia"):
        follow(record=CommitmentFactory(visibility="public", title=title), by=reader)
    shown = page(signed_in(reader), "/en/notices/following/?q=sao+joao")
    assert "Drenagem" in shown and "Ciclovia" not in shown


def test_what_one_took_part_in_is_followed_unless_switched_off_or_let_go(reader: Actor) -> None:
    record = CommitmentFactory(visibility="public")
    quiet = UserFactory()
    Habits.objects.create(person=quiet, follow_own=False)
    people = [reader.person.pk, quiet.pk]
    assert follow_quietly(people=people, record=record, organisation=reader.organisation) == 1
    assert follow_quietly(people=people, record=record) == 0
    row = Follow.objects.get()
    unfollow(record_type=row.record_type, record_id=row.record_id, by=reader)
    assert follow_quietly(people=people, record=record) == 0


def test_follows_for_an_organisation_are_passed_on(reader: Actor) -> None:
    one, two, own = (CommitmentFactory(visibility="public") for _n in range(3))
    for record in (one, two):
        follow(record=record, by=reader)
    follow_quietly(people=[reader.person.pk], record=own)
    successor = MembershipFactory(organisation=reader.organisation).person
    follow_quietly(people=[successor.pk], record=one)
    given = pass_on_follows(
        person=reader.person, organisation=reader.organisation, successor=successor
    )
    assert given == 1
    assert set(Follow.objects.filter(person=successor).values_list("record_id", flat=True)) == {
        one.pk,
        two.pk,
    }
    assert list(
        Follow.objects.filter(person=reader.person).values_list("record_id", flat=True)
    ) == [own.pk]


# --- preferences ------------------------------------------------------------------------------


def form(**more: Any) -> dict[str, Any]:
    return {"digest_hour": "6", "digest_weekday": "4", **more}


def test_preferences_are_kept_and_only_what_differs_from_the_default(reader: Actor) -> None:
    client = signed_in(reader)
    data = form(
        **{"trial.now": "weekly", "trial.daily": "daily", "trial.must": "off"},
        quiet_from="22:00",
        quiet_until="07:00",
        follow_own="on",
    )
    assert client.post("/en/notices/preferences/", data).status_code == 302
    assert list(Choice.objects.values_list("kind", "way")) == [("trial.now", "weekly")]
    habits = Habits.objects.get(person=reader.person)
    assert (habits.digest_hour, habits.digest_weekday) == (6, 4)
    assert (habits.quiet_from, habits.quiet_until) == (time(22), time(7))
    assert habits.follow_own


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest_hour": "24"},
        {"digest_weekday": "9"},
        {"quiet_from": "22:00"},
        {"quiet_from": "22:00", "quiet_until": "22:00"},
        {"trial.now": "never"},
        {"paused_until": "20206-01-01"},
    ],
)
def test_wrong_preferences_are_refused_and_nothing_is_kept(
    reader: Actor, wrong: dict[str, str]
) -> None:
    answer = signed_in(reader).post("/en/notices/preferences/", form(**wrong))
    assert answer.status_code == 422
    assert not Habits.objects.exists() and not Choice.objects.exists()


def test_what_waits_follows_the_new_choice(reader: Actor) -> None:
    notice = told(reader)
    signed_in(reader).post("/en/notices/preferences/", form(**{"trial.now": "daily"}))
    notice.refresh_from_db()
    assert notice.way == "daily"


def test_a_refused_address_is_shown_with_the_way_out(reader: Actor) -> None:
    person = reader.person
    letter = keep(Letter(to=person.email, subject="s", text="t", html="h", language="pt"))
    refuse(address=person.email, reason="550 5.1.1 no such user", letter=letter)
    notice = Notice.objects.get(person=person)
    assert (notice.kind, notice.way) == ("notices.address_refused", "page")
    client = signed_in(reader)
    assert "came back" in page(client)
    assert "550 5.1.1 no such user" in page(client, "/en/notices/preferences/")
    client.post("/en/notices/preferences/try-again/")
    assert not Refusal.objects.exists()
    assert Letter.objects.order_by("-pk").first().to == person.email
    assert "550" not in page(client, "/en/notices/preferences/")


def test_nobody_chooses_for_another(reader: Actor) -> None:
    OrganisationFactory()
    signed_in(actor()).post("/en/notices/preferences/", form(person=str(reader.person.pk)))
    assert not Habits.objects.filter(person=reader.person).exists()
