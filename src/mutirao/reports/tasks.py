"""What reports do later, in the job worker."""

from __future__ import annotations

import logging

from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mutirao.core.languages import DJANGO_CODES
from mutirao.core.papers.pdf import as_pdf
from mutirao.core.papers.sheets import as_xlsx
from mutirao.core.papers.word import as_docx

from . import actions
from .actions.making import next_number
from .content import Frame, gather
from .models import Production
from .states import Kind, Step

log = logging.getLogger(__name__)

# An edition that ends its worker (memory, a fault in a library) must not do so for ever.
MOST_ATTEMPTS = 3


class Stopped(Exception):
    """Somebody cancelled the making."""


@app.task(name="reports.make_edition", pass_context=True)
def make_edition(context: JobContext, production_id: int) -> None:
    """Make the edition somebody asked for; running twice makes one."""
    if context.job.attempts >= MOST_ATTEMPTS:
        actions.give_up(production_id=production_id)
        return
    try:
        make(production_id)
    except Stopped:
        return
    except Exception:
        log.exception("edition of production %s could not be made", production_id)
        actions.give_up(production_id=production_id)


def make(production_id: int) -> None:
    """Gather, write and put away. Raises Stopped when it was cancelled on the way."""
    production = actions.start(production_id=production_id)
    if production is None:
        return
    as_of, number = timezone.now(), next_number(production.report)
    papers, files = {}, {}
    step = _Steps(production.pk)
    for language in production.languages:
        step(Step.GATHER, language)
        with translation.override(DJANGO_CODES[language]):
            paper = _gathered(production, language, as_of, number)
            papers[language] = paper
            step(Step.PDF, language)
            files[language, str(Kind.PDF)] = as_pdf(paper, as_of)
            step(Step.DOCX, language)
            files[language, str(Kind.DOCX)] = as_docx(paper)
            step(Step.XLSX, language)
            files[language, str(Kind.XLSX)] = as_xlsx(paper)
    step(Step.STORE, "")
    actions.put_away(
        production_id=production.pk, as_of=as_of, number=number, papers=papers, files=files
    )


def _gathered(production: Production, language: str, as_of, number: int) -> dict:
    """The paper from one state of the database, whatever is written meanwhile."""
    frame = Frame(production.report, language, production.audience, as_of, number)
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return gather(frame)


class _Steps:
    """Notes each step as it begins, and stops when somebody cancelled."""

    def __init__(self, production_id: int) -> None:
        self.production_id, self.done = production_id, 0

    def __call__(self, step: Step, language: str) -> None:
        if not actions.goes_on(production_id=self.production_id):
            raise Stopped
        actions.note_step(
            production_id=self.production_id, step=step, language=language, done=self.done
        )
        self.done += 1
