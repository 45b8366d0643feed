"""The making of an edition: asked for on a page, done by a job, put away at once or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from mutirao.core.happenings import tell
from mutirao.core.languages import LANGUAGES
from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor

from .. import queries
from ..models import Edition, EditionFile, Production, Report
from ..states import TRANSITIONS, UNDER_WAY, Kind, Progress, Step

STEPS_A_LANGUAGE = (Step.GATHER, Step.PDF, Step.DOCX, Step.XLSX)


@transaction.atomic
def ask_for_edition(*, report: Report, languages: Iterable[str], by: Actor) -> Production:
    """Queue the making of an edition in these languages, or give back the one under way.

    Raises PermissionDenied, and NotAllowed without a language.
    """
    fresh = queries.locked(report.pk)
    if not rules.test_rule("reports.write_report", by, fresh):
        raise PermissionDenied
    if by.person is None or by.organisation is None:
        raise PermissionDenied
    if running := queries.under_way(fresh):
        return running
    wanted = [code for code in LANGUAGES if code in set(languages)]
    if not wanted:
        raise NotAllowed(_("Choose at least one language."))
    made = Production.objects.create(
        report=fresh,
        languages=wanted,
        audience=fresh.audience,
        total=len(STEPS_A_LANGUAGE) * len(wanted) + 1,
        person=by.person,
        organisation=by.organisation,
    )
    app.configure_task("reports.make_edition").defer(production_id=made.pk)
    return made


@transaction.atomic
def cancel(*, production: Production, by: Actor) -> Production:
    """Stop the making. Raises PermissionDenied, and NotAllowed when it is over."""
    fresh = queries.production_locked(production.pk)
    if fresh is None or not rules.test_rule("reports.write_report", by, fresh.report):
        raise PermissionDenied
    if not fresh.is_under_way:
        raise NotAllowed(_("This edition is not being made any more."))
    return _move(fresh, Progress.CANCELLED)


@transaction.atomic
def start(*, production_id: int) -> Production | None:
    """Say that the making begins; None when there is nothing (left) to make."""
    production = queries.production_locked(production_id)
    if production is None or not production.is_under_way:
        return None
    production.done, production.step, production.step_language = 0, "", ""
    return _move(production, Progress.RUNNING)


def note_step(*, production_id: int, step: str, language: str, done: int) -> None:
    """Note what is being done now and how many steps lie behind."""
    running = Production.objects.filter(pk=production_id, state=Progress.RUNNING)
    running.update(step=step, step_language=language, done=done, updated_at=timezone.now())


def goes_on(*, production_id: int) -> bool:
    """Nobody has cancelled it meanwhile."""
    return Production.objects.filter(pk=production_id, state__in=UNDER_WAY).exists()


def put_away(
    *,
    production_id: int,
    as_of: datetime,
    number: int,
    papers: Mapping[str, Mapping[str, Any]],
    files: Mapping[tuple[str, str], bytes],
) -> Edition | None:
    """Keep the edition with its files, both or neither; None when another run was first.

    `papers` by language, `files` by (language, kind). `number` stands in the files already:
    raises NotAllowed when it was given to another edition meanwhile.
    """
    written: list[EditionFile] = []
    try:
        with transaction.atomic():
            return _put_away(production_id, as_of, number, papers, files, written)
    except BaseException:
        for one in written:  # the rows are rolled back, the files must go by hand
            one.file.delete(save=False)
        raise


def _put_away(
    production_id: int,
    as_of: datetime,
    number: int,
    papers: Mapping[str, Mapping[str, Any]],
    files: Mapping[tuple[str, str], bytes],
    written: list[EditionFile],
) -> Edition | None:
    production = queries.production_locked(production_id)
    if production is None or production.state != Progress.RUNNING:
        return None
    report = queries.locked(production.report_id)
    if number != next_number(report):
        raise NotAllowed("another edition took this number")
    edition = Edition.objects.create(
        report=report,
        number=number,
        title=papers[production.languages[0]]["title"],
        audience=production.audience,
        languages=production.languages,
        as_of=as_of,
        data=dict(papers),
        person=production.person,
        organisation=production.organisation,
    )
    for (language, kind), content in files.items():
        written.append(_file(edition, language, kind, content))
    EditionFile.objects.bulk_create(written)
    production.edition, production.done = edition, production.total
    _move(production, Progress.DONE)
    tell(
        "reports.ready",
        people=[production.person_id],
        record=report,
        url=edition.get_absolute_url(),
        number=number,
    )
    return edition


def _file(edition: Edition, language: str, kind: str, content: bytes) -> EditionFile:
    """The file in the storage, under a name that says nothing, and its row, not yet saved."""
    row = EditionFile(
        edition=edition,
        language=language,
        kind=Kind(kind),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    name = f"{edition.report_id}-{edition.number}-{language}.{kind}"
    row.file.save(name, ContentFile(content), save=False)
    return row


def next_number(report: Report) -> int:
    return (report.editions.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def give_up(*, production_id: int) -> Production | None:
    """The edition could not be made; whoever asked for it is told."""
    production = queries.production_locked(production_id)
    if production is None or not production.is_under_way:
        return None
    tell(
        "reports.failed",
        people=[production.person_id],
        record=production.report,
        url=production.get_absolute_url(),
    )
    return _move(production, Progress.FAILED)


def _move(production: Production, state: str) -> Production:
    if state not in TRANSITIONS[production.state]:
        raise NotAllowed(_("This edition is not being made any more."))
    production.state = state
    production.save()
    return production
