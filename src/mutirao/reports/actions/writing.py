"""A report begun, written, published, withdrawn."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES
from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.models import Term, Unit
from mutirao.plans.models import Plan
from mutirao.plans.states import PUBLIC

from .. import queries
from ..models import Edition, Report
from ..states import VISIBILITY, Audience

FIELDS = ("title", "language", "introduction", "closing", "audience")


@transaction.atomic
def open_report(*, unit: Unit | None, term: Term, by: Actor) -> Report:
    """The report of `unit` (None: of the network) on `term`, begun now unless it is there.

    Raises PermissionDenied.
    """
    wanted = Report(unit=unit, term=term)
    if by.organisation is None or not rules.test_rule("reports.open_report", by, wanted):
        raise PermissionDenied
    language = _language(unit, term, by)
    made, _is_new = Report.objects.get_or_create(
        unit=unit,
        term=term,
        defaults={
            "organisation": by.organisation,
            "language": language,
            "title": _first_title(unit, term, language),
        },
    )
    return made


def _language(unit: Unit | None, term: Term, by: Actor) -> str:
    """The language of the unit's plan or, without one, of the person who begins."""
    plan = Plan.objects.filter(unit=unit, term=term, state__in=PUBLIC).order_by("-pk").first()
    return plan.language if plan else getattr(by.person, "language", "") or "pt"


def _first_title(unit: Unit | None, term: Term, language: str) -> str:
    with translation.override(DJANGO_CODES[language]):
        if unit is None:
            return _("Report to the assembly %(term)s") % {"term": term.code}
        return _("Report on the term %(term)s: %(unit)s") % {"term": term.code, "unit": unit}


@transaction.atomic
def write(*, report: Report, version: int, by: Actor, **words: Any) -> Report:
    """Keep title, language, introduction, closing and audience, as far as they are given.

    Raises PermissionDenied, and Conflict when somebody saved since `version`.
    """
    fresh = _may_write(report, by)
    if fresh.version != version:
        raise Conflict(fresh)
    given = {name: words[name] for name in FIELDS if name in words}
    if any(getattr(fresh, name) != value for name, value in given.items()):
        for name, value in given.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save(update_fields=[*given, "version", "updated_at"])
    return fresh


@transaction.atomic
def publish(*, edition: Edition, by: Actor) -> Report:
    """Make the edition the report of record, for whom it was made.

    An older edition stays readable beside it. Raises PermissionDenied, and NotAllowed when it is
    the edition of record already.
    """
    report = queries.locked(edition.report_id)
    if not rules.test_rule("reports.publish_report", by, report):
        raise PermissionDenied
    if report.current_id == edition.pk:
        raise NotAllowed(_("This edition is published already."))
    edition = Edition.objects.select_for_update().defer("data").get(pk=edition.pk)
    edition.published_at = edition.published_at or timezone.now()
    edition.save(update_fields=["published_at"])
    report.current, report.visibility = edition, VISIBILITY[Audience(edition.audience)]
    report.version += 1
    report.save(update_fields=["current", "visibility", "version", "updated_at"])
    tell("reports.published", record=report, by=by, followers=True, number=edition.number)
    return report


@transaction.atomic
def withdraw(*, report: Report, by: Actor) -> Report:
    """Take a published report back: its editions are the writers' alone again.

    Raises PermissionDenied, and NotAllowed when it is not published.
    """
    fresh = queries.locked(report.pk)
    if not rules.test_rule("reports.publish_report", by, fresh):
        raise PermissionDenied
    if not fresh.is_published:
        raise NotAllowed(_("This report is not published."))
    fresh.current, fresh.visibility = None, Visibility.DRAFT
    fresh.version += 1
    fresh.save(update_fields=["current", "visibility", "version", "updated_at"])
    return fresh


def _may_write(report: Report, by: Actor) -> Report:
    """The report under lock. Raises PermissionDenied."""
    fresh = queries.locked(report.pk)
    if not rules.test_rule("reports.write_report", by, fresh):
        raise PermissionDenied
    return fresh
