"""Answers, mentions, edits, what is shown to whom."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from mutirao.core.happenings import happened
from mutirao.core.models import Conflict
from mutirao.core.states import Visibility
from mutirao.discussions import actions, queries
from mutirao.discussions.mentions import read, spelled_out, suggested
from mutirao.discussions.models import Comment, Mention
from mutirao.discussions.states import Admits, Audience, State
from mutirao.discussions.threads import thread_for
from mutirao.discussions.wording import shown
from mutirao.network.acting import NOBODY
from mutirao.network.states import Role
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.discussions.factories import CommentFactory
from tests.discussions.people import at, citizen, only, public_record, say
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
    actor,
    coordinator,
    secretariat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """What is told during a test: (kind, people)."""
    found: list[tuple[str, set[int]]] = []

    def hear(kind, people, **rest):
        found.append((kind.key, people))

    happened.connect(hear, weak=False)
    yield found
    happened.disconnect(hear)


def commented(record, by, text="A comment.", **more) -> Comment:
    return actions.comment(record=record, text=text, key=uuid4(), by=by, **more)


# Answers -----------------------------------------------------------------------------------------


def test_answer_stands_below_what_it_answers(told) -> None:
    record, first, second = CommitmentFactory(), actor(), actor()
    root = commented(record, first)
    page = browser(second).post(f"/en/discussions/{root.pk}/answer/", say(record, "Indeed."))
    answer = Comment.objects.get(parent=root)
    assert page.url.endswith(f"#comment-{answer.pk}")
    deeper = commented(record, first, parent=answer)
    assert (answer.root, deeper.root, deeper.parent) == (root, root, answer)
    thread = thread_for(record, first)
    assert [len(item.replies) for item in thread.comments] == [2]
    assert ("discussions.answered", {first.person.pk}) in told


def test_answer_to_a_comment_of_another_record_is_refused() -> None:
    elsewhere = commented(CommitmentFactory(), actor())
    with pytest.raises(PermissionDenied):
        commented(CommitmentFactory(), actor(), parent=elsewhere)


def test_answer_has_the_readers_of_what_it_answers() -> None:
    record, member = public_record(Admits.AT_ONCE), actor()
    public = commented(record, member, audience=Audience.EVERYONE)
    internal = commented(record, member)
    assert commented(record, actor(), parent=public).audience == Audience.EVERYONE
    with pytest.raises(PermissionDenied):  # a citizen answers only what they can read
        commented(record, citizen(), parent=internal)


def test_deleted_comment_leaves_its_place_when_answered() -> None:
    record, author = CommitmentFactory(), actor()
    root = commented(record, author, "To be taken away")
    commented(record, actor(), "The answer", parent=root)
    actions.delete_comment(comment=root, by=author)
    page = browser(actor()).get(f"/en/commitments/{record.pk}/").content.decode()
    assert "This comment was deleted." in page
    assert "The answer" in page
    assert "To be taken away" not in page


# What is shown -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("one\n\ntwo\nthree", "<p>one</p><p>two<br>three</p>"),
        (
            "see https://city.example/a?b=1&c=2.",
            '<p>see <a href="https://city.example/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
            "https://city.example/a?b=1&amp;c=2</a>.</p>",
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        (
            'https://x.example/"onmouseover="alert(1)',
            '<p><a href="https://x.example/" rel="nofollow ugc noopener">https://x.example/</a>'
            "&quot;onmouseover=&quot;alert(1)</p>",
        ),
        ("@{9} forged", "<p> forged</p>"),
    ],
)
def test_comment_is_paragraphs_and_links_and_nothing_else(text, html) -> None:
    comment = CommentFactory(record=CommitmentFactory(), text=text)
    assert shown(comment, to_members=True) == html


def test_visitors_read_what_is_for_everyone_and_no_names() -> None:
    record = public_record(Admits.AT_ONCE)
    member = actor()
    commented(record, member, "For all to read", audience=Audience.EVERYONE)
    commented(record, member, "Among ourselves")
    page = browser().get(f"/en/commitments/{record.pk}/").content.decode()
    assert "For all to read" in page
    assert member.organisation.display in page
    assert member.person.name not in page
    assert "Among ourselves" not in page


def test_comment_is_for_members_where_the_unit_admits_nobody() -> None:
    record = public_record(None)
    made = commented(record, actor(), audience=Audience.EVERYONE)
    assert made.audience == Audience.MEMBERS
    assert 'id="discussion"' not in browser().get(f"/en/commitments/{record.pk}/").content.decode()


def test_comments_on_a_record_one_may_not_see_are_not_found() -> None:
    owner = actor()
    draft = CommitmentFactory(owner=owner.organisation, visibility=Visibility.DRAFT)
    made = commented(draft, owner)
    stranger = browser(actor())
    for way in ("", "answer/", "edit/", "report/", "conversation/"):
        assert stranger.get(f"/en/discussions/{made.pk}/{way}").status_code == 404, way
    assert stranger.post(f"/en/discussions/{made.pk}/delete/").status_code == 404
    history = f"/en/discussions/history/discussions/comment/{made.pk}/"
    assert stranger.get(history).status_code == 404
    assert not queries.visible_to(NOBODY).exists()


def test_thread_of_a_thousand_is_read_a_page_at_a_time(django_assert_max_num_queries) -> None:
    record, member = CommitmentFactory(), actor()
    roots = [CommentFactory.build(record=record, person=member.person,
             organisation=member.organisation) for _ in range(1000)]  # fmt: skip
    Comment.objects.bulk_create(roots)
    first = Comment.objects.first()
    Comment.objects.bulk_create(
        CommentFactory.build(record=record, person=member.person,
                             organisation=member.organisation, parent=first, root=first)
        for _ in range(30)
    )  # fmt: skip
    with django_assert_max_num_queries(10):
        thread = thread_for(record, member)
    assert (len(thread.comments), thread.page.paginator.count) == (20, 1000)
    assert (len(thread.comments[0].replies), thread.comments[0].more) == (20, 10)
    last = Comment.objects.order_by("created_at", "pk").filter(root__isnull=True).last()
    client = browser(member)
    answer = client.get(f"/en/discussions/{last.pk}/")
    assert answer.url == f"/en/commitments/{record.pk}/?comments=50#comment-{last.pk}"
    whole = client.get(f"/en/discussions/{first.pk}/conversation/").content.decode()
    assert whole.count('class="comment"') == 30


def test_thread_costs_the_same_for_one_comment_and_three(django_assert_num_queries) -> None:
    record, member = public_record(), actor()
    commented(record, actor(), "Hello @" + member.organisation.name)
    thread_for(record, member)  # from here on kinds of records are remembered
    for _ in range(2):
        with django_assert_num_queries(9):
            thread_for(record, member)
        root = commented(record, actor())
        commented(record, actor(), parent=root)


# Edits -------------------------------------------------------------------------------------------


def test_author_says_it_better_and_the_former_words_stay() -> None:
    record, author = CommitmentFactory(), actor()
    made = commented(record, author, "Frist")
    answer = browser(author).post(
        f"/en/discussions/{made.pk}/edit/", {"text": "First", "version": 1}
    )
    made.refresh_from_db()
    assert (answer.status_code, made.text, made.version) == (302, "First", 2)
    assert made.edited_at is not None
    reader = browser(actor())
    history = f"/en/discussions/history/discussions/comment/{made.pk}/"
    assert history in reader.get(f"/en/commitments/{record.pk}/").content.decode()
    assert "Frist" in reader.get(history).content.decode()


def test_edit_of_anothers_comment_is_refused() -> None:
    record, author = CommitmentFactory(), actor()
    made = commented(record, author)
    for other in (actor(), actor(author.organisation), secretariat()):
        answer = browser(other).post(
            f"/en/discussions/{made.pk}/edit/", {"text": "x", "version": 1}
        )
        assert answer.status_code == 403
        with pytest.raises(PermissionDenied):
            actions.edit_comment(comment=made, text="x", version=1, by=other)
    assert only().text == "A comment."


def test_edit_on_an_old_version_shows_both() -> None:
    author = actor()
    made = commented(CommitmentFactory(), author)
    actions.edit_comment(comment=made, text="Theirs", version=1, by=author)
    with pytest.raises(Conflict):
        actions.edit_comment(comment=made, text="Mine", version=1, by=author)
    answer = browser(author).post(
        f"/en/discussions/{made.pk}/edit/", {"text": "Mine", "version": 1}
    )
    page = answer.content.decode()
    assert (answer.status_code, "Theirs" in page, "Mine" in page) == (409, True, True)


def test_author_takes_former_words_back_mentions_and_all() -> None:
    record, author, named = CommitmentFactory(), actor(), actor()
    made = commented(record, author, f"Ask @{named.person.name}")
    actions.edit_comment(comment=made, text="Ask nobody", version=1, by=author)
    event = Comment.pgh_event_model.objects.filter(pgh_obj_id=made.pk).first()  # type: ignore[attr-defined]
    url = f"/en/discussions/history/discussions/comment/{made.pk}/restore/0/{event.pk}/text/"
    client = browser(author)
    client.post(url, {"seen": client.get(url).context["former"].seen})
    made.refresh_from_db()
    assert made.text == "Ask @{1}"
    stranger = browser(actor())
    assert stranger.post(url, {"seen": "x"}).status_code == 403


# Mentions ----------------------------------------------------------------------------------------


def test_mention_is_kept_apart_from_the_text_and_told(told) -> None:
    record, named = CommitmentFactory(), actor()
    label = f"{named.person.name} · {named.organisation.display}"
    made = commented(record, actor(), f"What does @{label} think?")
    assert made.text == "What does @{1} think?"
    assert made.mentions.get().target == (named.person.pk, named.organisation_id, None)
    assert ("discussions.mentioned", {named.person.pk}) in told
    named.person.name = "Ana Renamed"
    named.person.save()
    assert "@Ana Renamed" in shown(made, to_members=True)
    assert "Ana Renamed" not in shown(made, to_members=False)
    assert named.organisation.display in shown(made, to_members=False)


def test_mention_of_a_unit_or_organisation_tells_its_people(told) -> None:
    record, mandate = (
        CommitmentFactory(),
        MandateFactory(unit=UnitFactory(name={"pt": "Unidade Azul"})),
    )
    serving = actor(mandate.organisation)
    of_city = actor(OrganisationFactory(name="São Bento"))
    made = commented(record, actor(), "@Unidade Azul e @sao bento, venham")
    assert made.text == "@{1} e @{2}, venham"
    people = dict(told)["discussions.mentioned"]
    assert people == {serving.person.pk, of_city.person.pk}


def test_mention_of_who_does_not_see_the_record_stays_text(told) -> None:
    owner, outsider = actor(), actor()
    draft = CommitmentFactory(owner=owner.organisation, visibility=Visibility.DRAFT)
    made = commented(draft, owner, f"Tell @{outsider.person.name}")
    assert (made.text, made.mentions.count()) == (f"Tell @{outsider.person.name}", 0)
    assert dict(told)["discussions.mentioned"] == set()


def test_two_people_of_one_name_are_told_apart_by_organisation() -> None:
    one, two = (MembershipFactory(person=UserFactory(name="Ana Souza")) for _ in range(2))
    record = CommitmentFactory()
    assert read("@Ana Souza", record) == ("@Ana Souza", {})
    text, meant = read(f"@Ana Souza · {two.organisation.display}", record)
    assert (text, meant) == ("@{1}", {1: (two.person_id, two.organisation_id, None)})
    assert one.person_id != two.person_id


def test_typed_token_means_nobody() -> None:
    named = actor()
    made = commented(CommitmentFactory(), actor(), f"@{{1}} and @{named.person.name}")
    assert made.text == "@ {1} and @{1}"
    assert Mention.objects.count() == 1


def test_mentions_survive_an_edit_also_of_who_has_left() -> None:
    record, author, named = CommitmentFactory(), actor(), actor()
    made = commented(record, author, f"With @{named.person.name}.")
    named.membership.ends_on = timezone.localdate().replace(year=2020)
    named.membership.starts_on = named.membership.ends_on
    named.membership.save()
    words = spelled_out(made)
    made = actions.edit_comment(comment=made, text=words + " Yes.", version=1, by=author)
    assert made.text == "With @{1}. Yes."


def test_erased_person_is_a_person_in_every_mention() -> None:
    named = actor()
    made = commented(CommitmentFactory(), actor(), f"@{named.person.name}!")
    named.person.name = ""
    named.person.save()
    with translation.override("en"):
        assert "@a person" in shown(made, to_members=True)


def test_picker_offers_only_who_sees_the_record() -> None:
    owner = actor()
    draft = CommitmentFactory(owner=owner.organisation, visibility=Visibility.DRAFT)
    inside, outside = owner, actor()
    labels = [each.label for each in suggested("offi", draft)]
    assert any(inside.person.name in label for label in labels)
    assert not any(outside.person.name in label for label in labels)
    url = f"/en/discussions/suggest/commitments/commitment/{draft.pk}/"
    assert browser(owner).get(url, {"q": "offi"}).json()["found"]
    assert browser(outside).get(url, {"q": "offi"}).status_code == 404


def test_picker_is_closed_to_citizens_and_observers() -> None:
    record = public_record()
    url = f"/en/discussions/suggest/commitments/commitment/{record.pk}/"
    for who in (citizen(), actor(role=Role.OBSERVER)):
        assert browser(who).get(url, {"q": "a"}).status_code == 403


# Closing -----------------------------------------------------------------------------------------


def test_closed_discussion_is_read_and_nothing_more_is_said() -> None:
    record = public_record()
    leader = coordinator(record.unit.mandates.get())
    close = f"/en/discussions/close/commitments/commitment/{record.pk}/"
    commented(record, actor(), "Before")
    assert browser(actor()).post(close, {"reason": "x"}).status_code == 403
    browser(leader).post(close, {"reason": "Decided."})
    page = browser(actor()).get(f"/en/commitments/{record.pk}/").content.decode()
    assert ("Before" in page, "Decided." in page, 'id="comment-send"' in page) == (
        True,
        True,
        False,
    )
    assert browser(actor()).post(at(record), say(record)).status_code == 403
    browser(leader).post(close, {"open": "1"})
    assert browser(actor()).post(at(record), say(record)).status_code == 302
    assert Comment.objects.filter(state=State.PUBLISHED).count() == 2
