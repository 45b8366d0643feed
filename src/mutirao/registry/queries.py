"""What is seen of imports and merges: the secretariat sees all, nobody else anything."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from mutirao.network.acting import Actor

from .models import Import, ImportRow, Merge


def visible_to(actor: Actor) -> QuerySet[Import]:
    """Imports, the latest first."""
    rows = Import.objects.select_related("person", "accepted_by", "undone_by")
    return rows if actor.is_secretariat else rows.none()


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    rows = Merge.objects.select_related("survivor", "person")
    return rows if actor.is_secretariat else rows.none()


def rows_of(batch: Import) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(parent=batch).order_by("number")


def locked(import_id: int) -> Import | None:
    """The import under lock until the transaction ends."""
    return Import.objects.select_for_update(of=("self",)).filter(pk=import_id).first()


def hold_the_registry() -> None:
    """Nobody else writes organisations, admissions, mandates until the transaction ends.

    Reading goes on, and so does all that only points at them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE network_organisation, network_member, network_suspension, network_mandate,"
            " network_unit, network_term IN SHARE ROW EXCLUSIVE MODE"
        )
