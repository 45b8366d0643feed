"""Citizens speak, moderators read, reports are looked at."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from mutirao.core.models import NotAllowed
from mutirao.core.states import Visibility
from mutirao.discussions import actions, queries
from mutirao.discussions.models import Bar, Comment, Decision, Openness, Report
from mutirao.discussions.states import Admits, Audience, Outcome, State
from mutirao.network.states import Office
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.discussions.people import at, citizen, only, public_record, say
from tests.discussions.test_conversations import commented, told  # noqa: F401  a fixture
from tests.factories import MandateFactory, actor, coordinator, secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return public_record()


@pytest.fixture
def leader(record):
    return coordinator(record.unit.mandates.get())


# Citizens ----------------------------------------------------------------------------------------


def test_citizens_comment_waits_and_is_seen_by_author_and_moderators(record, leader, told) -> None:  # noqa: F811
    ana = citizen(name="Ana Cidadã")
    browser(ana).post(at(record), say(record, "More trees, please."))
    made = only()
    assert (made.state, made.audience, made.organisation) == (State.WAITING, "everyone", None)
    page = f"/en/commitments/{record.pk}/"
    seen = {
        name: "More trees" in browser(who).get(page).content.decode()
        for name, who in {
            "author": ana, "leader": leader, "visitor": None, "member": actor(),
            "citizen": citizen(),
        }.items()
    }  # fmt: skip
    assert seen == {
        "author": True, "leader": True, "visitor": False, "member": False, "citizen": False,
    }  # fmt: skip
    assert ("discussions.waiting", {leader.person.pk}) in told
    browser(leader).post(
        "/en/discussions/moderation/decide/", {"verb": "approve", "comment": made.pk}
    )
    text = browser().get(page).content.decode()
    assert ("More trees" in text, "Ana Cidadã" in text, "citizen" in text) == (True, True, True)


def test_citizens_comment_is_shown_at_once_where_the_unit_says_so() -> None:
    record = public_record(Admits.AT_ONCE)
    browser(citizen()).post(at(record), say(record))
    assert only().state == State.PUBLISHED


def test_citizen_is_refused_where_nobody_admits_them() -> None:
    closed, private = public_record(None), public_record()
    private.visibility = Visibility.MEMBERS
    private.save()
    free = CommitmentFactory()  # of no unit
    for record, status in ((closed, 403), (private, 404), (free, 403)):
        assert browser(citizen()).post(at(record), say(record)).status_code == status
        with pytest.raises(PermissionDenied):
            commented(record, citizen())
    assert not Comment.objects.exists()


def test_citizen_cannot_speak_to_members_only(record) -> None:
    commented(record, citizen(), audience=Audience.MEMBERS)
    assert only().audience == Audience.EVERYONE


def test_citizen_says_ten_things_an_hour_and_nothing_twice(record) -> None:
    ana = citizen()
    client = browser(ana)
    for n in range(10):
        assert client.post(at(record), say(record, f"Thing {n}")).status_code == 302
    answer = client.post(at(record), say(record, "One too many"))
    assert (answer.status_code, "One too many" in answer.content.decode()) == (422, True)
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=2))
    answer = client.post(at(record), say(record, "Thing 3"))
    assert answer.status_code == 422
    assert Comment.objects.count() == 10


def test_citizen_sends_few_links(record) -> None:
    links = " ".join(f"https://shop{n}.example/" for n in range(3))
    with pytest.raises(ValidationError):
        commented(record, citizen(), links)


def test_citizens_mention_is_text(record, told) -> None:  # noqa: F811
    named = actor()
    made = commented(record, citizen(), f"@{named.person.name} @{{1}}")
    assert (made.mentions.count(), made.text) == (0, f"@{named.person.name} @ {{1}}")
    assert "discussions.mentioned" not in dict(told)


def test_citizens_edit_waits_again(record, leader) -> None:
    ana = citizen()
    made = commented(record, ana)
    actions.moderate(comment=made, verb="approve", by=leader)
    made.refresh_from_db()
    edited = actions.edit_comment(comment=made, text="Something else", version=made.version, by=ana)
    assert edited.state == State.WAITING


def test_unit_opens_itself_to_citizens(record, leader) -> None:
    unit = record.unit
    url = f"/en/discussions/citizens/{unit.pk}/"
    sub = MandateFactory(unit=unit, office=Office.SUB_COORDINATOR)
    for who in (actor(), actor(sub.organisation), citizen(), coordinator()):
        assert browser(who).post(url, {"admits": "at_once"}).status_code == 403
    for who, value in ((leader, "at_once"), (secretariat(), "nobody")):
        assert browser(who).post(url, {"admits": value}).status_code == 302
        assert Openness.objects.get(unit=unit).admits == value


# Moderators --------------------------------------------------------------------------------------


def test_desk_shows_what_one_looks_after_and_nothing_else(record, leader) -> None:
    mine = commented(record, citizen(), "In my unit")
    other = public_record()
    commented(other, citizen(), "In another unit")
    page = browser(leader).get("/en/discussions/moderation/").content.decode()
    assert ("In my unit" in page, "In another unit" in page) == (True, False)
    everything = browser(secretariat()).get("/en/discussions/moderation/").content.decode()
    assert "In another unit" in everything
    for who in (actor(), citizen()):
        assert browser(who).get("/en/discussions/moderation/").status_code == 403
        answer = browser(who).post(
            "/en/discussions/moderation/decide/", {"verb": "approve", "comment": mine.pk}
        )
        assert answer.status_code == 403
    assert queries.to_do(leader) == 1


def test_leader_of_another_unit_decides_nothing_here(record) -> None:
    made = commented(record, citizen())
    stranger = coordinator()
    answer = browser(stranger).post(
        "/en/discussions/moderation/decide/", {"verb": "approve", "comment": made.pk}
    )
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        actions.moderate(comment=made, verb="approve", by=stranger)


def test_refusal_needs_a_reason_and_the_author_is_told(record, leader, told) -> None:  # noqa: F811
    ana = citizen()
    made = commented(record, ana)
    with pytest.raises(ValidationError):
        actions.moderate(comment=made, verb="refuse", by=leader)
    actions.moderate(comment=made, verb="refuse", by=leader, reason="Not about this.")
    made.refresh_from_db()
    assert made.state == State.REFUSED
    assert ("discussions.moderated", {ana.person.pk}) in told
    decision = Decision.objects.get()
    assert (decision.verb, decision.reason, decision.person) == (
        "refuse", "Not about this.", leader.person,
    )  # fmt: skip


def test_second_moderator_is_told_who_was_faster(record, leader) -> None:
    made = commented(record, citizen())
    actions.moderate(comment=made, verb="approve", by=leader)
    with pytest.raises(NotAllowed, match=leader.person.name):
        actions.moderate(comment=made, verb="refuse", by=secretariat(), reason="x")
    answer = browser(secretariat()).post(
        "/en/discussions/moderation/decide/",
        {"verb": "refuse", "reason": "x", "comment": made.pk},
        follow=True,
    )
    assert leader.person.name in answer.content.decode()
    assert Decision.objects.count() == 1


def test_several_are_decided_at_once(record, leader) -> None:
    made = [commented(record, citizen(), f"Thing {n}") for n in range(3)]
    browser(leader).post(
        "/en/discussions/moderation/decide/",
        {"verb": "approve", "comment": [item.pk for item in made[:2]]},
    )
    states = Comment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.PUBLISHED, State.PUBLISHED, State.WAITING]


def test_decision_leads_back_to_a_page_of_ours_only(record, leader) -> None:
    made = commented(record, citizen())
    answer = browser(leader).post(
        "/en/discussions/moderation/decide/",
        {"verb": "approve", "comment": made.pk, "next": "https://evil.example/"},
    )
    assert answer.url == "/en/discussions/moderation/"


def test_nobody_judges_their_own_words(record, leader) -> None:
    made = commented(record, leader)
    actions.report_comment(comment=made, ground="false", text="", by=actor())
    with pytest.raises(PermissionDenied):
        actions.moderate(comment=made, verb="dismiss", by=leader)
    assert made.pk not in set(queries.reported(leader).values_list("pk", flat=True))


def test_hidden_comment_is_read_by_author_and_moderators_only(record, leader) -> None:
    author = actor()
    made = commented(record, author, "Harsh words")
    actions.moderate(comment=made, verb="hide", by=leader, reason="Tone.")
    page = f"/en/commitments/{record.pk}/"
    seen = ["Harsh words" in browser(w).get(page).content.decode()
            for w in (author, leader, actor())]  # fmt: skip
    assert seen == [True, True, False]
    with pytest.raises(PermissionDenied):
        made.refresh_from_db()
        actions.edit_comment(comment=made, text="Softer", version=made.version, by=author)
    actions.moderate(comment=made, verb="restore", by=leader)
    assert "Harsh words" in browser(actor()).get(page).content.decode()


# Reports -----------------------------------------------------------------------------------------


def test_report_is_sent_once_and_its_outcome_told(record, leader, told) -> None:  # noqa: F811
    made, reader = commented(record, actor()), actor()
    url = f"/en/discussions/{made.pk}/report/"
    for _ in range(2):
        browser(reader).post(url, {"ground": "insult", "text": "Rude."})
    assert Report.objects.count() == 1
    assert ("discussions.reported", {leader.person.pk}) in told
    desk = browser(leader).get("/en/discussions/moderation/").content.decode()
    assert "Rude." in desk
    assert "Rude." not in browser(actor()).get(f"/en/commitments/{record.pk}/").content.decode()
    actions.moderate(comment=made, verb="dismiss", by=leader)
    assert Report.objects.get().outcome == Outcome.DISMISSED
    assert ("discussions.report_settled", {reader.person.pk}) in told


def test_report_is_refused_to_visitors_authors_and_who_cannot_read_it(record) -> None:
    author = actor()
    internal = commented(record, author, audience=Audience.MEMBERS)
    url = f"/en/discussions/{internal.pk}/report/"
    given = {"ground": "spam"}
    assert browser().post(url, given).status_code == 302  # to sign in
    assert browser(author).post(url, given).status_code == 403
    assert browser(citizen()).post(url, given).status_code == 404
    assert not Report.objects.exists()


def test_reports_of_one_side_hide_nothing_those_of_three_do(record, leader) -> None:
    made = commented(record, actor(), audience=Audience.EVERYONE)
    city = actor()
    crowd = [city, actor(city.organisation), citizen(), citizen(), citizen()]
    for who in crowd:
        actions.report_comment(comment=made, ground="other", text="", by=who)
    made.refresh_from_db()
    assert made.state == State.PUBLISHED
    actions.report_comment(comment=made, ground="other", text="", by=actor())
    made.refresh_from_db()
    assert made.state == State.HIDDEN
    assert Decision.objects.get().person is None
    actions.moderate(comment=made, verb="restore", by=leader)
    for who in (actor(), actor(), actor()):  # looked at once, it is not silenced again
        actions.report_comment(comment=made, ground="other", text="", by=who)
    made.refresh_from_db()
    assert made.state == State.PUBLISHED


# Barred ------------------------------------------------------------------------------------------


def test_barred_person_reads_but_does_not_comment(record, told) -> None:  # noqa: F811
    ana, office = citizen(), secretariat()
    made = commented(record, ana)
    until = timezone.localdate() + timedelta(days=7)
    given = {"until": until.isoformat(), "reason": "Insults."}
    bar = f"/en/discussions/moderation/bar/{made.pk}/"
    leader = coordinator(record.unit.mandates.get())
    assert browser(leader).post(bar, given).status_code == 403
    assert browser(office).post(bar, given).status_code == 302
    assert ("discussions.barred", {ana.person.pk}) in told
    assert browser(ana).post(at(record), say(record, "Again")).status_code == 403
    page = browser(ana).get(f"/en/commitments/{record.pk}/").content.decode()
    assert "Insults." in page
    browser(office).post(f"/en/discussions/moderation/bar/{Bar.objects.get().pk}/lift/")
    assert browser(ana).post(at(record), say(record, "Again")).status_code == 302


def test_key_of_anothers_comment_gives_nothing_away(record) -> None:
    made = commented(record, actor())
    with pytest.raises(PermissionDenied):
        actions.comment(record=record, text="x", key=made.key, by=citizen())
    assert uuid4() != made.key
