"""Reports with something to tell, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from mutirao.commitments.models import Commitment
from mutirao.core.papers import blocks
from mutirao.core.papers.labels import labels
from mutirao.core.states import Visibility
from mutirao.network.models import Term, Unit
from mutirao.network.states import Office
from mutirao.plans.models import Plan
from mutirao.reports.actions.making import next_number
from mutirao.reports.models import Edition, EditionFile, Report
from mutirao.reports.states import VISIBILITY
from mutirao.topics.actions import load_vocabularies
from tests.commitments.factories import EvidenceFactory
from tests.factories import (
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    UserFactory,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    unit = factory.SubFactory(UnitFactory)
    term = factory.SubFactory(TermFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Relatório da gestão {n}")
    language = "pt"
    introduction = "O que fizemos.\n\nO que falta."


def unit_at_work(term: Term | None = None, commitments: int = 4) -> Plan:
    """A unit in its term: a plan in force, promises in every state, evidence, meetings."""
    term = term or TermFactory()
    unit: Unit = UnitFactory()
    leader = MandateFactory(unit=unit, term=term).organisation
    other = OrganisationFactory(country="AR", latitude=-31.25, longitude=-61.49)
    MandateFactory(unit=unit, term=term, organisation=other, office=Office.SUB_COORDINATOR)
    for city in (leader, other):
        MemberFactory(organisation=city)
    plan = PlanFactory(unit=unit, term=term, presented_by=leader, state="in_progress")
    axis = AxisFactory(plan=plan)
    activity = ActivityFactory(plan=plan)
    activity.axes.add(axis)
    activity.organisations.add(other)
    load_vocabularies()
    activity.targets.set(["8.2", "17.9"])
    today = timezone.localdate()
    states = ("done", "in_progress", "planned", "cancelled")
    for n in range(commitments):
        state = states[n % 4]
        row = Commitment.objects.create(
            title=f"Promessa {n} de {unit.slug}",
            owner=other if n % 2 else leader,
            unit=unit,
            term=term,
            due_on=today + timedelta(days=(-10 if state == "planned" else 20)),
            state=state,
            done_on=today if state == "done" else None,
            progress=100 if state == "done" else 25,
            source=activity,
            visibility=Visibility.PUBLIC,
            language="pt",
        )
        if state == "done":
            EvidenceFactory(commitment=row, organisation=row.owner)
    EventFactory(unit=unit, organisation=other)
    EventFactory(
        unit=unit,
        organisation=leader,
        starts_on=max(term.starts_on, today - timedelta(days=20)),
    )
    return plan


def paper(title: str = "Relatório", **figures: int) -> dict[str, Any]:
    """A small whole paper with one figure a keyword."""
    rows = [blocks.figure(key, value, key) for key, value in figures.items()]
    part = blocks.section("summary", "Resumo", [blocks.figures(rows), blocks.note("Nota")])
    return {
        "format": blocks.FORMAT,
        "kind": "unit",
        "language": "pt",
        "own": "pt",
        "title": title,
        "subtitle": "Unidade · 2026",
        "short": "Unidade 2026",
        "network": "Rede",
        "address": "http://localhost/",
        "contents": True,
        "labels": labels(),
        "facts": [["Unidade", "Turismo"]],
        "cover": "",
        "has_cover": True,
        "sections": [part],
    }


class EditionFactory(DjangoModelFactory):
    """An edition in Portuguese with one file."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    report = factory.SubFactory(ReportFactory)
    number = factory.LazyAttribute(lambda edition: next_number(edition.report))
    title = factory.SelfAttribute("report.title")
    audience = factory.SelfAttribute("report.audience")
    languages = ["pt"]
    as_of = factory.LazyFunction(timezone.now)
    data = factory.LazyAttribute(lambda edition: {"pt": paper(edition.title, done=1)})
    person = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("report.organisation")

    @factory.post_generation
    def file(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        row = EditionFile(edition=self, language="pt", kind="pdf", sha256="0" * 64, size=4)
        row.file.save("report.pdf", ContentFile(b"%PDF"))


def published(**fields: Any) -> Report:
    """A report whose first edition is the one of record."""
    report = ReportFactory(**fields)
    edition = EditionFactory(report=report, published_at=timezone.now())
    report.current, report.visibility = edition, VISIBILITY[report.audience]
    report.save()
    return report
