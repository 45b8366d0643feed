"""`manage registry_import FILE`: what each row of a spreadsheet would do; or bring it in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pghistory
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from mutirao.accounts.models import User
from mutirao.core.languages import DJANGO_CODES
from mutirao.intake.readers import UnreadableDocument
from mutirao.network.acting import actor_for

from ... import actions
from ...checking import check, dates_in
from ...columns import find_headings, lacking
from ...messages import file_message
from ...models import Import, ImportRow
from ...presenting import findings_of, what_happens
from ...sheets import read_sheets
from ...states import ImportState, Mark, SheetKind


class Command(BaseCommand):
    help = "Read a spreadsheet of members or mandates; with --dry-run nothing at all is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx or .csv")
        parser.add_argument("--kind", choices=SheetKind.values, default=SheetKind.ORGANISATIONS)
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--by", metavar="EMAIL", help="who will look at the preview")
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self._dry_run(options) if options["dry_run"] else self._bring_in(options)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be opened: {error.strerror}.") from error
        except UnreadableDocument as error:
            raise CommandError(
                file_message({"code": error.code, "params": error.params})
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_sentences(answer)))
        if answer["counts"].get(Mark.WRONG):
            raise SystemExit(1)

    def _dry_run(self, options: dict[str, Any]) -> dict[str, Any]:
        path, kind = options["file"], options["kind"]
        sheets = read_sheets(path.read_bytes(), path.name)
        place, first, mapping = find_headings(kind, sheets)
        head, rows = sheets[place][first], sheets[place][first + 1 :]
        if missing := lacking(kind, mapping):
            names = ", ".join(str(column.label) for column in missing)
            raise CommandError(f"No column was recognised as: {names}.")
        order, _guess = dates_in(kind, rows, mapping, "")
        batch = Import(kind=kind, headings=[cell.text for cell in head.cells], mapping=mapping)
        said, counts = [], dict.fromkeys(Mark.values, 0)
        for verdict in check(kind, rows, mapping=mapping, order=order, width=len(batch.headings)):
            counts[verdict.mark] += 1
            row = ImportRow(
                number=verdict.row.number,
                cells=[[cell.text, cell.kind] for cell in verdict.row.cells],
                mark=verdict.mark,
                label=verdict.label,
            )
            row.findings = [finding.as_json() for finding in verdict.findings]
            said.append(_row(batch, row))
        return {"file": path.name, "counts": counts, "rows": said}

    def _bring_in(self, options: dict[str, Any]) -> dict[str, Any]:
        person = User.objects.filter(email__iexact=options["by"] or "", is_active=True).first()
        if person is None:
            raise CommandError("Say who will look at the preview: --by EMAIL (or use --dry-run).")
        actor = actor_for(person)
        path = options["file"]
        with (
            translation.override(DJANGO_CODES[person.language]),
            pghistory.context(user=person.pk, organisation=actor.organisation_id),
            path.open("rb") as source,
        ):
            try:
                with transaction.atomic():
                    batch = actions.bring_in(
                        by=actor,
                        kind=options["kind"],
                        file=File(source, name=path.name),
                        filename=path.name,
                        key=uuid4(),
                    )
            except PermissionDenied as error:
                raise CommandError(f"{person.email} may not bring in members.") from error
            actions.preview(import_id=batch.pk)
            batch.refresh_from_db()
            if batch.state == ImportState.FAILED:
                raise CommandError(file_message(batch.error or {"code": "unexpected"}))
            wrong = batch.rows.filter(mark__in=[Mark.WRONG, Mark.UNSURE])
            return {
                "file": path.name,
                "counts": batch.counts,
                "rows": [_row(batch, row) for row in wrong],
                "address": settings.BASE_URL + batch.get_absolute_url(),
            }


def _row(batch: Import, row: ImportRow) -> dict[str, Any]:
    cells = [
        {"column": one.letter, "heading": one.heading, "value": one.value, "message": one.message}
        for one in findings_of(batch, row)
    ]
    return {
        "row": row.number,
        "name": row.label,
        "result": row.mark,
        "findings": cells,
        "remarks": what_happens(batch, row),
    }


def _sentences(answer: dict[str, Any]) -> list[str]:
    lines = [
        f"{row['row']}: {row['remarks']}"
        for row in answer["rows"]
        if row["result"] in (Mark.WRONG, Mark.UNSURE)
    ]
    counts = ", ".join(f"{count} {mark}" for mark, count in answer["counts"].items() if count)
    lines.append(f"{answer['file']}: {counts or 'no rows'}")
    return [*lines, answer["address"]] if "address" in answer else lines
