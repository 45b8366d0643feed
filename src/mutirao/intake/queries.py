"""Drafts as an actor may see them."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from .models import Draft
from .rules import Actor
from .states import OPEN, DraftState


def visible_to(actor: Actor) -> QuerySet[Draft]:
    """The drafts of the organisation acted for; the secretariat sees every one."""
    drafts = Draft.objects.all()
    if not actor.may_write:
        return drafts.none()
    return drafts if actor.is_secretariat else drafts.filter(organisation=actor.organisation_id)


def open_to(actor: Actor) -> QuerySet[Draft]:
    """What is still to be finished, newest first, without the heavy columns."""
    return (
        visible_to(actor)
        .filter(state__in=OPEN)
        .defer("lines", "reading", "edited")
        .select_related("person", "organisation")
        .order_by("-updated_at")
    )


def same_open(actor: Actor, sha256: str, kind: str) -> Draft | None:
    """The same document, already brought in by the same organisation and not finished.

    One that could not be read is no obstacle to sending it again.
    """
    return (
        Draft.objects.filter(organisation=actor.organisation_id, sha256=sha256, kind=kind)
        .filter(state__in=OPEN)
        .exclude(state=DraftState.FAILED)
        .first()
    )


def locked(draft_id: int) -> Draft | None:
    """The draft under lock until the transaction ends."""
    return Draft.objects.select_for_update(of=("self",)).filter(pk=draft_id).first()


def hold_document(sha256: str, organisation_id: int) -> None:
    """Let the same document of one organisation through one at a time, until commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [sha256, organisation_id]
        )
