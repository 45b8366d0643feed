"""What is seen of discussions. A comment is seen by who sees its record, and then by its own state
and readers: one place says both, in SQL.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from mutirao.core.records import KINDS
from mutirao.network.acting import Actor

from .models import Bar, Comment, Decision, Mention, Report, on
from .rules import led_units
from .states import Audience, Outcome, State

REPLIES = 20  # shown under a comment; more have a page of their own
JOINED = ("person", "organisation")


def read_by(actor: Actor, moderating: bool) -> Q:
    """Which comments on a record the actor sees, given that they see the record.

    What was deleted or hidden leaves its place where others answered it.
    """
    answered = Exists(Comment.objects.filter(parent=OuterRef("pk"), state=State.PUBLISHED))
    seen = Q(state=State.PUBLISHED) | (Q(state__in=(State.DELETED, State.HIDDEN)) & Q(answered))
    if not actor.is_member:
        seen &= Q(audience=Audience.EVERYONE)
    if actor.person is not None:
        seen |= Q(person=actor.person) & ~Q(state=State.DELETED)
    if moderating:
        seen |= ~Q(state=State.DELETED)
    return seen


def on_seen_records(actor: Actor) -> Q:
    """Comments on records the actor may see, whatever kind they are."""
    seen = Q(pk__in=())
    for kind in KINDS.values():
        if kind.discussed:
            of_kind = ContentType.objects.get_for_model(kind.model)
            records = kind.visible_to(actor).order_by().values("pk")
            seen |= Q(record_type=of_kind, record_id__in=records)
    return seen


def visible_to(actor: Actor) -> QuerySet[Comment]:
    """The comments an actor may read, on any record."""
    found = Comment.objects.filter(on_seen_records(actor)).select_related(*JOINED)
    if actor.is_secretariat:
        return found.filter(read_by(actor, True))
    mine = read_by(actor, False)
    if units := led_units(actor):
        mine |= Q(unit_id__in=units) & ~Q(state=State.DELETED)
    return found.filter(mine)


def with_mentions(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With who is mentioned, in one query for all."""
    named = Mention.objects.select_related("person", "organisation", "unit")
    return comments.prefetch_related(Prefetch("mentions", named))


def comments_on(record: models.Model) -> QuerySet[Comment]:
    """A record's comments, the oldest first, with person and organisation joined (one query)."""
    return Comment.objects.filter(on(record)).select_related(*JOINED)


def roots_on(record: models.Model, actor: Actor, moderating: bool) -> QuerySet[Comment]:
    """The first comments of a record's conversations, the oldest first."""
    return comments_on(record).filter(read_by(actor, moderating), root__isnull=True)


def replies_to(
    roots: list[Comment], actor: Actor, moderating: bool, most: int | None = REPLIES
) -> QuerySet[Comment]:
    """What was answered to each, the first `most` of each; `of` says how many there are."""
    found = (
        Comment.objects.filter(read_by(actor, moderating), root__in=roots)
        .select_related(*JOINED, "parent")
        .annotate(
            nth=Window(RowNumber(), partition_by=F("root"), order_by=("created_at", "pk")),
            of=Window(Count("pk"), partition_by=F("root")),
        )
        .order_by("created_at", "pk")
    )
    return found if most is None else found.filter(nth__lte=most)


def moderated_by(actor: Actor) -> QuerySet[Comment]:
    """The comments an actor looks after, on records they see; nobody's own."""
    found = Comment.objects.filter(on_seen_records(actor)).exclude(person=actor.person)
    if not actor.is_secretariat:
        found = found.filter(unit_id__in=led_units(actor))
    return found.select_related(*JOINED, "unit")


def waiting(actor: Actor) -> QuerySet[Comment]:
    """What waits for a moderator, the longest first."""
    return moderated_by(actor).filter(state=State.WAITING).order_by("created_at", "pk")


def reported(actor: Actor) -> QuerySet[Comment]:
    """Comments with reports nobody has looked at, the most reported first.

    Each has `complaints`, a list of its open reports, and `number`, how many.
    """
    still_open = Report.objects.filter(outcome=Outcome.OPEN)
    return (
        moderated_by(actor)
        .filter(Exists(still_open.filter(comment=OuterRef("pk"))))
        .exclude(state=State.DELETED)
        .annotate(number=Count("reports", filter=Q(reports__outcome=Outcome.OPEN)))
        .prefetch_related(
            Prefetch(
                "reports",
                still_open.select_related("person", "organisation"),
                to_attr="complaints",
            )
        )
        .order_by("-number", "created_at", "pk")
    )


def settled(actor: Actor) -> QuerySet[Decision]:
    """What was decided, the latest first, on comments the actor looks after."""
    return (
        Decision.objects.filter(comment__in=moderated_by(actor).order_by().values("pk"))
        .select_related("comment__person", "comment__organisation", "person", "organisation")
        .order_by("-at", "-pk")
    )


def to_do(actor: Actor) -> int:
    """How many comments wait for this moderator, reported ones included. One query, or none."""
    if not (actor.is_secretariat or led_units(actor)):
        return 0
    still_open = Report.objects.filter(comment=OuterRef("pk"), outcome=Outcome.OPEN)
    due = Q(state=State.WAITING) | (~Q(state=State.DELETED) & Q(Exists(still_open)))
    return moderated_by(actor).filter(due).count()


def bars() -> QuerySet[Bar]:
    """Who was barred, the latest first."""
    return Bar.objects.select_related("person", "by", "organisation").order_by("-at")
