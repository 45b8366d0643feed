"""Comments: who may write and delete them, once each, on which records."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from mutirao.core.states import Visibility
from mutirao.discussions import actions
from mutirao.discussions.models import Comment
from mutirao.discussions.queries import comments_on
from mutirao.network.acting import NOBODY, actor_for
from mutirao.network.states import Role
from tests.commitments.factories import CommitmentFactory
from tests.commitments.people import browser
from tests.discussions.factories import CommentFactory
from tests.factories import MembershipFactory, TermFactory, UserFactory, actor, secretariat

pytestmark = pytest.mark.django_db


def said(text: str) -> dict[str, object]:
    return {"text": text, "key": uuid4(), "language": "pt"}


def address(record, model: str = "commitments/commitment") -> str:
    return f"/en/discussions/{model}/{record.pk}/"


@pytest.fixture
def record():
    return CommitmentFactory()


def test_comment_is_kept_for_the_organisation_acted_for(record) -> None:
    officer = actor(role=Role.OFFICER)
    answer = browser(officer).post(address(record), said("Well done."))
    comment = Comment.objects.get()
    assert answer.url == f"/en/commitments/{record.pk}/#comment-{comment.pk}"
    assert (comment.record, comment.text) == (record, "Well done.")
    assert (comment.person, comment.organisation) == (officer.person, officer.organisation)


def test_comment_sent_twice_is_one(record) -> None:
    client, given = browser(actor()), {"text": "Once.", "key": uuid4(), "language": "pt"}
    answers = [client.post(address(record), given).status_code for _ in range(2)]
    assert (answers, Comment.objects.count()) == ([302, 302], 1)


def test_comment_with_anothers_key_is_refused(record) -> None:
    theirs = CommentFactory(record=record)
    with pytest.raises(PermissionDenied):
        actions.comment(record=record, text="Mine", key=theirs.key, by=actor())
    assert list(Comment.objects.values_list("text", flat=True)) == [theirs.text]


def test_comment_is_refused_to_who_may_not(record) -> None:
    given = {"text": "Hello", "key": uuid4(), "language": "pt"}
    person = UserFactory()
    alone = browser()
    alone.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    assert browser().post(address(record), given).status_code == 302
    assert alone.post(address(record), given).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.comment(record=record, text="Hello", key=uuid4(), by=NOBODY)
    assert not Comment.objects.exists()


def test_comment_on_a_draft_one_does_not_see_is_not_found() -> None:
    draft = CommitmentFactory(visibility=Visibility.DRAFT)
    given = {"text": "Hello", "key": uuid4(), "language": "pt"}
    assert browser(actor()).post(address(draft), given).status_code == 404


@pytest.mark.parametrize("model", ["network/term", "accounts/user", "no/such"])
def test_comment_on_what_admits_none_is_not_found(model) -> None:
    record = TermFactory()
    given = {"text": "Hello", "key": uuid4(), "language": "pt"}
    assert browser(secretariat()).post(address(record, model), given).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_comment_that_cannot_be_taken_comes_back_as_typed(record, text) -> None:
    answer = browser(actor()).post(
        address(record), {"text": text, "key": uuid4(), "language": "pt"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "text" in answer.context["form"].errors) == (422, True)
    assert text.strip() in page
    assert not Comment.objects.exists()


def test_comment_with_htmx_gives_the_thread_and_a_fresh_form(record) -> None:
    key = uuid4()
    client = browser(actor(), HX_Request="true")
    page = client.post(
        address(record), {"text": "Swapped in.", "key": key, "language": "pt"}
    ).content.decode()
    assert ("<html" in page, "Swapped in." in page, str(key) in page) == (False, True, False)


def test_comment_shows_markup_as_text(record) -> None:
    CommentFactory(record=record, text="<script>alert(1)</script>")
    page = browser(actor()).get(f"/en/commitments/{record.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_thread_is_for_members_and_in_order(record) -> None:
    first, second = CommentFactory(record=record), CommentFactory(record=record)
    CommentFactory(record=CommitmentFactory())
    assert list(comments_on(record)) == [first, second]
    visitor, member = (
        client.get(f"/en/commitments/{record.pk}/").content.decode()
        for client in (browser(), browser(actor()))
    )
    assert (first.text in visitor, first.text in member) == (False, True)


def test_comment_is_refused_to_an_observer(record) -> None:
    observer = browser(actor(role=Role.OBSERVER))
    given = {"text": "Hello", "key": uuid4(), "language": "pt"}
    assert observer.post(address(record), given).status_code == 403
    page = observer.get(f"/en/commitments/{record.pk}/").content.decode()
    assert ('id="discussion"' in page, 'id="comment-send"' in page) == (True, False)


def test_comment_is_deleted_by_its_author_or_the_secretariat(record) -> None:
    author = actor()
    said = {"person": author.person, "organisation": author.organisation}
    mine = CommentFactory(record=record, **said)
    colleague = actor(author.organisation)
    moved_on = MembershipFactory(person=CommentFactory(record=record).person)
    former = actor_for(moved_on.person)
    theirs = Comment.objects.get(person=moved_on.person)
    assert browser(former).post(f"/en/discussions/{theirs.pk}/delete/").status_code == 403
    Comment.objects.exclude(pk=mine.pk).delete()
    for them, status, left in (
        (colleague, 403, 1),
        (author, 302, 0),
    ):
        answer = browser(them).post(f"/en/discussions/{mine.pk}/delete/")
        assert (answer.status_code, Comment.objects.count()) == (status, left)
    other = CommentFactory(record=record)
    assert browser(secretariat()).post(f"/en/discussions/{other.pk}/delete/").status_code == 302
    assert not Comment.objects.exists()


def test_delete_is_offered_to_who_may(record) -> None:
    author = actor()
    CommentFactory(record=record, person=author.person, organisation=author.organisation)
    page = f"/en/commitments/{record.pk}/"
    offered = [
        "Delete the comment" in browser(a).get(page).content.decode() for a in (author, actor())
    ]
    assert offered == [True, False]
