"""An accepted spreadsheet is written: every row, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from mutirao.network.models import Act, Mandate, Member, Organisation

from .. import queries
from ..cells import act_kind
from ..checking import Verdict
from ..checking.organisations import FIELDS
from ..models import Import, ImportRow
from ..states import ImportState, Mark, SheetKind
from .common import (
    PREVIEW_FIELDS,
    ROWS_AT_ONCE,
    as_the_person,
    counted,
    judged,
    move,
    stored_rows,
    take_over,
)

MEMBER_FIELDS = ("starts_on", "ends_on", "admitted_by_id", "left_by_id")
MANDATE_FIELDS = ("starts_on", "ends_on")


@transaction.atomic
def carry_out(*, import_id: int) -> None:
    """Write an accepted import in one transaction.

    The rows are judged again while nobody else can write; should one of them do something else
    than the person saw, nothing is written and the preview is shown anew.
    """
    batch = queries.locked(import_id)
    if batch is None or batch.state != ImportState.ACCEPTING:
        return
    with as_the_person(batch, batch.accepted_by_id):
        queries.hold_the_registry()
        stored = stored_rows(batch)
        verdicts = judged(batch, stored)
        pairs = list(zip(stored, verdicts, strict=True))
        if any(row.fingerprint != verdict.fingerprint() for row, verdict in pairs):
            _preview_anew(batch, pairs)
            return
        writer = OrganisationWriter if batch.kind == SheetKind.ORGANISATIONS else MandateWriter
        writer().write([(row, v) for row, v in pairs if v.mark in (Mark.NEW, Mark.CHANGED)])
        ImportRow.objects.bulk_update(stored, ["written", "target"], batch_size=ROWS_AT_ONCE)
        move(batch, ImportState.ACCEPTED)
        batch.accepted_at = timezone.now()
        batch.save()


def _preview_anew(batch: Import, pairs: list[tuple[ImportRow, Verdict]]) -> None:
    for row, verdict in pairs:
        take_over(row, verdict)
    rows = [row for row, _verdict in pairs]
    ImportRow.objects.bulk_update(rows, PREVIEW_FIELDS, batch_size=ROWS_AT_ONCE)
    batch.counts = counted([verdict for _row, verdict in pairs])
    move(batch, ImportState.READY)
    batch.previewed_anew, batch.accepted_by = True, None
    batch.save()


def upsert(rows: Iterable[Model], fields: Iterable[str]) -> None:
    """Write `fields` of rows that exist already, hundreds in one statement."""
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[name.removesuffix("_id") for name in fields],
        )


def values_of(record: Model, fields: Iterable[str]) -> dict[str, Any]:
    """Fields as JSON keeps them."""
    found = {name: getattr(record, name) for name in fields}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in found.items()}


def _note(row: ImportRow, record: Model, before: dict[str, Any] | None, fields: Any) -> None:
    """Remember in the row what was written, so that it can be taken back."""
    row.written.append(
        {
            "model": type(record).__name__,
            "pk": record.pk,
            "before": before,
            "after": values_of(record, fields),
        }
    )


class OrganisationWriter:
    def __init__(self) -> None:
        self.slugs = set(Organisation.objects.values_list("slug", flat=True))
        self.acts: list[Act] = []

    def write(self, pairs: list[tuple[ImportRow, Verdict]]) -> None:
        self._organisations(pairs)
        self._admissions(pairs)

    def _organisations(self, pairs: list[tuple[ImportRow, Verdict]]) -> None:
        new = [(row, v, self._made(v)) for row, v in pairs if v.mark == Mark.NEW]
        Organisation.objects.bulk_create([one for _, _, one in new], batch_size=ROWS_AT_ONCE)
        for row, verdict, made in new:
            verdict.target = row.target = made.pk
            _note(row, made, None, FIELDS)
        old = [(row, v, _fields_of(v)) for row, v in pairs if v.mark == Mark.CHANGED]
        old = [item for item in old if item[2]]
        there = Organisation.objects.in_bulk([v.target for _, v, _ in old])
        for row, verdict, fields in old:
            record = there[verdict.target]
            before = values_of(record, fields)
            for name, value in fields.items():
                setattr(record, name, value)
            record.version += 1
            _note(row, record, before, fields)
        upsert(there.values(), (*FIELDS, "version"))

    def _made(self, verdict: Verdict) -> Organisation:
        values = {key: verdict.values[key] for key in FIELDS if key in verdict.values}
        return Organisation(slug=self._slug(values["name"]), **values)

    def _slug(self, name: str) -> str:
        base = slugify(name)[:70] or "x"
        slug, number = base, 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def _admissions(self, pairs: list[tuple[ImportRow, Verdict]]) -> None:
        changed = [
            (row, v, {key: after for key, _before, after in v.changes if key in _MEMBERSHIP})
            for row, v in pairs
        ]
        changed = [item for item in changed if item[2]]
        held = Member.objects.in_bulk([pk for _, v, _ in changed if (pk := v.plan.get("member"))])
        new: list[tuple[ImportRow, Member]] = []
        old: list[tuple[ImportRow, Member, dict[str, Any]]] = []
        for row, verdict, said in changed:
            pk = verdict.plan.get("member")
            member = held[pk] if pk else Member(organisation_id=verdict.target or 0)
            before = values_of(member, MEMBER_FIELDS) if pk else None
            self._say(member, said)
            if before is None:
                new.append((row, member))
            else:
                old.append((row, member, before))
        Act.objects.bulk_create(self.acts, batch_size=ROWS_AT_ONCE)
        Member.objects.bulk_create([member for _row, member in new], batch_size=ROWS_AT_ONCE)
        for row, member in new:
            _note(row, member, None, MEMBER_FIELDS)
        upsert([member for _row, member, _before in old], MEMBER_FIELDS)
        for row, member, before in old:
            _note(row, member, before, MEMBER_FIELDS)

    def _say(self, member: Member, said: dict[str, Any]) -> None:
        if "admitted_on" in said:
            member.starts_on = said["admitted_on"]
        if "left_on" in said:
            member.ends_on = said["left_on"]
        for key, field in (("admission_act", "admitted_by"), ("leaving_act", "left_by")):
            if key in said:
                act = Act(kind=act_kind(said[key]), number=said[key])
                self.acts.append(act)
                setattr(member, field, act)


_MEMBERSHIP = ("admitted_on", "left_on", "admission_act", "leaving_act")


def _fields_of(verdict: Verdict) -> dict[str, Any]:
    return {key: after for key, _before, after in verdict.changes if key in FIELDS}


class MandateWriter:
    def write(self, pairs: list[tuple[ImportRow, Verdict]]) -> None:
        there = Mandate.objects.in_bulk([v.target for _, v in pairs if v.target])
        new: list[tuple[ImportRow, Mandate]] = []
        old: list[tuple[ImportRow, Mandate, dict[str, Any]]] = []
        for row, verdict in pairs:
            plan = verdict.plan
            if verdict.target:
                mandate = there[verdict.target]
                old.append((row, mandate, values_of(mandate, MANDATE_FIELDS)))
            else:
                mandate = Mandate(
                    organisation_id=plan["organisation"],
                    unit_id=plan["unit"],
                    term_id=plan["term"],
                    office=verdict.values["office"],
                )
                new.append((row, mandate))
            mandate.starts_on, mandate.ends_on = plan["starts_on"], plan["ends_on"]
        # Shortened ones first: they make room for those that follow.
        upsert([mandate for _row, mandate, _before in old], MANDATE_FIELDS)
        Mandate.objects.bulk_create([m for _row, m in new], batch_size=ROWS_AT_ONCE)
        for row, mandate, before in old:
            _note(row, mandate, before, MANDATE_FIELDS)
        for row, mandate in new:
            row.target = mandate.pk
            _note(row, mandate, None, MANDATE_FIELDS)
