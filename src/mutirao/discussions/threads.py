"""A record's discussion as one reader sees it: in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString

from mutirao.core.records import kind_of, sees
from mutirao.network.acting import NOBODY, Actor

from . import queries, rules
from .models import Bar, Closure, Comment, Mention, Report, on
from .states import Admits, Audience, State
from .wording import shown

PER_PAGE = 20  # conversations


@dataclass
class Shown:
    """One comment with what the reader may do with it."""

    comment: Comment
    html: SafeString
    place: str  # "deleted" or "hidden": only its place is left
    to_members: bool
    mine: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_report: bool = False
    may_moderate: bool = False
    may_answer: bool = False
    reported: bool = False
    answers_to: Comment | None = None
    replies: list[Shown] = field(default_factory=list)
    more: int = 0  # replies that are not shown here


@dataclass
class Thread:
    """What a page needs to show a discussion."""

    record: Any
    app: str
    model: str
    page: Page
    comments: list[Shown]
    total: int
    closed: Closure | None
    barred: Bar | None
    admits: str
    everyone: bool  # the public reads what is meant for everyone, and citizens may speak
    may_comment: bool
    may_close: bool
    signs_in: bool  # a visitor could comment after signing in
    form: Any = None


@dataclass
class _Reader:
    """Who reads, and what that settles for every comment."""

    actor: Actor
    moderating: bool
    speaks: bool
    barred: bool
    reported: set[int] = field(default_factory=set)

    def shows(self, comment: Comment) -> Shown:
        actor, members = self.actor, self.actor.is_member
        mine = rules.is_author(actor, comment)
        wrote = rules.wrote_it(actor, comment)
        place = _place(comment, readable=self.moderating or wrote)
        live = not place and comment.state == State.PUBLISHED
        return Shown(
            comment=comment,
            html=shown(comment, to_members=members) if not place else SafeString(""),
            place=place,
            to_members=members,
            mine=wrote,
            may_edit=mine and not self.barred and rules.still_stands(actor, comment),
            may_delete=not place and (mine or actor.is_secretariat),
            may_report=live and actor.is_authenticated and not wrote,
            may_moderate=self.moderating and not wrote and comment.state != State.DELETED,
            may_answer=live and self.speaks,
            reported=comment.pk in self.reported,
        )


def _place(comment: Comment, *, readable: bool) -> str:
    if comment.state == State.DELETED:
        return "deleted"
    return "hidden" if comment.state == State.HIDDEN and not readable else ""


def thread_for(
    record: models.Model, actor: Actor, number: Any = 1, form: Any = None
) -> Thread | None:
    """The discussion of a record the actor sees; None where it has none for them.

    `number` is the page of conversations. Members always have one; others where the record's unit
    admits citizens. For a visitor of a record that has none: one query, or no query at all.
    """
    kind = kind_of(record)
    if kind is None or not kind.discussed:
        return None
    admits = rules.admits(record)
    if not actor.is_member and admits == Admits.NOBODY:
        return None
    everyone = admits != Admits.NOBODY and sees(NOBODY, record)
    if not actor.is_member and not everyone:
        return None
    moderating = bool(rules.moderates_record(actor, record))
    closed = Closure.objects.filter(on(record)).first()
    barred = Bar.of(actor.person.pk) if actor.person else None
    speaks = (actor.may_write if actor.is_member else actor.is_authenticated) and not barred
    may_comment = speaks and (closed is None or moderating)
    roots = queries.roots_on(record, actor, moderating)
    page = Paginator(roots, PER_PAGE).get_page(number)
    reader = _Reader(actor, moderating, may_comment, barred is not None)
    comments = conversations(list(page.object_list), reader)
    replies = sum(len(each.replies) + each.more for each in comments)
    app, model = kind.key
    return Thread(
        record=record,
        app=app,
        model=model,
        page=page,
        comments=comments,
        total=page.paginator.count + replies if page.paginator.num_pages == 1 else 0,
        closed=closed,
        barred=barred,
        admits=admits,
        everyone=everyone,
        may_comment=bool(may_comment),
        may_close=moderating,
        signs_in=everyone and not actor.is_authenticated and closed is None,
        form=form,
    )


def reader_of(record: models.Model, actor: Actor) -> _Reader:
    """Who reads one conversation by itself."""
    moderating = bool(rules.moderates_record(actor, record))
    speaks = bool(rules.rules.test_rule("discussions.comment", actor, record))
    barred = actor.person is not None and Bar.of(actor.person.pk) is not None
    return _Reader(actor, moderating, speaks, barred)


def conversations(
    roots: list[Comment], reader: _Reader, most: int | None = queries.REPLIES
) -> list[Shown]:
    """Conversations with the first of their replies. Three queries, one more for who signed in."""
    replies = list(queries.replies_to(roots, reader.actor, reader.moderating, most))
    every = [*roots, *replies]
    prefetch_related_objects(
        every,
        models.Prefetch(
            "mentions", Mention.objects.select_related("person", "organisation", "unit")
        ),
    )
    if reader.actor.person is not None and every:
        mine = Report.objects.filter(person=reader.actor.person, comment__in=every)
        reader.reported = set(mine.values_list("comment_id", flat=True))
    by_root = {root.pk: reader.shows(root) for root in roots}
    for reply in replies:
        above = by_root[reply.root_id or 0]
        item = reader.shows(reply)
        item.answers_to = reply.parent if reply.parent_id != reply.root_id else None
        above.replies.append(item)
        above.more = reply.of - len(above.replies)  # type: ignore[attr-defined]
    return list(by_root.values())


def page_number(comment: Comment, actor: Actor) -> int:
    """The page of its record's discussion on which a comment's conversation stands."""
    record: Any = comment.record
    moderating = bool(rules.moderates_record(actor, record))
    first = comment.root or comment
    before = queries.roots_on(record, actor, moderating).filter(
        models.Q(created_at__lt=first.created_at)
        | models.Q(created_at=first.created_at, pk__lt=first.pk)
    )
    return before.count() // PER_PAGE + 1


def talk_of(record: models.Model) -> list[tuple[str, Any]]:
    """Who may be the readers of a new comment here, as choices: two where the public reads too."""
    public = rules.admits(record) != Admits.NOBODY and sees(NOBODY, record)
    return list(Audience.choices) if public else []
