"""Editions: made once, whatever happens to the job; kept as they were made."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mutirao.commitments.models import Commitment
from mutirao.core.models import NotAllowed
from mutirao.reports import actions
from mutirao.reports.actions.making import next_number
from mutirao.reports.models import Edition, EditionFile, Production
from mutirao.reports.states import Progress
from mutirao.reports.tasks import Stopped, make
from tests.factories import actor, coordinator
from tests.reports.factories import EditionFactory, ReportFactory, unit_at_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return unit_at_work()


@pytest.fixture
def writer(plan):
    return coordinator(plan.unit.mandates.get(office="coordinator"))


@pytest.fixture
def report(plan, writer):
    return ReportFactory(unit=plan.unit, term=plan.term, organisation=writer.organisation)


@pytest.fixture
def production(report, writer):
    return actions.ask_for_edition(report=report, languages=["es"], by=writer)


def test_two_who_ask_at_once_share_one_production(report, writer, production):
    again = actions.ask_for_edition(report=report, languages=["pt"], by=writer)
    assert again == production
    assert ProcrastinateJob.objects.filter(task_name="reports.make_edition").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Production.objects.create(
            report=report,
            languages=["pt"],
            audience="public",
            person=writer.person,
            organisation=writer.organisation,
        )


def test_an_edition_keeps_its_figures_and_its_files(production, report, writer):
    make(production.pk)
    edition = Edition.objects.get()
    production.refresh_from_db()
    assert (production.state, production.edition, production.done) == (
        Progress.DONE,
        edition,
        production.total,
    )
    before = edition.data["es"]
    Commitment.objects.all().delete()
    edition.refresh_from_db()
    assert edition.data["es"] == before
    for file in edition.files.all():
        with file.file.open("rb") as opened:
            assert hashlib.sha256(opened.read()).hexdigest() == file.sha256
    pdf = edition.files.get(kind="pdf")
    with pikepdf.open(io.BytesIO(pdf.file.open("rb").read())) as opened:
        assert str(opened.Root.Lang) == "es"


def test_a_job_that_runs_twice_makes_one_edition(production):
    make(production.pk)
    make(production.pk)
    assert Edition.objects.count() == 1
    assert EditionFile.objects.count() == 3


def test_a_job_taken_up_after_a_kill_begins_anew_and_makes_one_edition(production):
    # What a killed worker leaves behind: running, some steps done.
    actions.start(production_id=production.pk)
    actions.note_step(production_id=production.pk, step="pdf", language="es", done=2)
    make(production.pk)
    assert Edition.objects.count() == 1


def test_of_two_runs_at_once_the_second_puts_nothing_away(production, settings):
    actions.start(production_id=production.pk)
    from tests.reports.factories import paper

    words = {"es": paper("Informe")}
    files = {("es", "pdf"): b"%PDF"}
    first = actions.put_away(
        production_id=production.pk,
        as_of=production.created_at,
        number=1,
        papers=words,
        files=files,
    )
    second = actions.put_away(
        production_id=production.pk,
        as_of=production.created_at,
        number=2,
        papers=words,
        files=files,
    )
    assert first is not None
    assert second is None
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 1


def test_files_of_an_edition_that_fails_do_not_stay(production, settings):
    actions.start(production_id=production.pk)
    with pytest.raises(KeyError):
        actions.put_away(
            production_id=production.pk,
            as_of=production.created_at,
            number=1,
            papers={},
            files={("es", "pdf"): b"%PDF"},
        )
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))
    assert not Edition.objects.exists()


def test_a_cancelled_edition_is_not_made(production, writer):
    actions.cancel(production=production, by=writer)
    make(production.pk)
    assert not Edition.objects.exists()
    with pytest.raises(NotAllowed):
        actions.cancel(production=production, by=writer)


def test_a_making_cancelled_on_the_way_stops_at_the_next_step(production, writer, monkeypatch):
    told = []

    def cancel_then_note(**step):
        told.append(step["step"])
        actions.cancel(production=production, by=writer)

    monkeypatch.setattr("mutirao.reports.tasks.actions.note_step", cancel_then_note)
    with pytest.raises(Stopped):
        make(production.pk)
    assert told == ["gather"]
    assert not Edition.objects.exists()


def test_what_fails_tells_who_asked_and_leaves_the_report_free(production, report, writer):
    given_up = actions.give_up(production_id=production.pk)
    assert given_up.state == Progress.FAILED
    assert actions.ask_for_edition(report=report, languages=["pt"], by=writer) != production


def test_editions_are_numbered_one_after_the_other(report):
    assert next_number(report) == 1
    EditionFactory(report=report)
    assert next_number(report) == 2


def test_another_citys_officer_cannot_have_an_edition_made(report):
    with pytest.raises(PermissionDenied):
        actions.ask_for_edition(report=report, languages=["pt"], by=actor())


def test_an_edition_for_everyone_holds_nothing_that_members_only_see(report, writer, plan):
    secret = "Só para quem é membro"
    Commitment.objects.create(
        title=secret,
        owner=plan.presented_by,
        unit=plan.unit,
        term=plan.term,
        visibility="members",
    )
    make(actions.ask_for_edition(report=report, languages=["pt"], by=writer).pk)
    assert secret not in str(Edition.objects.get().data)
    report.refresh_from_db()
    actions.write(report=report, version=report.version, by=writer, audience="members")
    make(actions.ask_for_edition(report=report, languages=["pt"], by=writer).pk)
    assert secret in str(Edition.objects.first().data)
