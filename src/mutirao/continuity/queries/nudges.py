"""Reminders: who is written to, whether it is too soon, and what the text says."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutirao.core.languages import DJANGO_CODES
from mutirao.core.templatetags.mutirao import day
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit

from ..models import Nudge
from .coordination import Row, late_work

DAYS_APART = 7
LISTED = 5


def nudges_visible_to(actor: Actor) -> QuerySet[Nudge]:
    """The secretariat sees all; a city those written to it, and those of units it leads now."""
    found = Nudge.objects.select_related("unit", "term", "to", "person", "answered_by")
    if actor.is_secretariat:
        return found
    if not actor.may_write:
        return found.none()
    led = Q(pk__in=())
    for mandate in actor.mandates:
        if actor.leads(mandate.unit_id, mandate.term_id):
            led |= Q(unit=mandate.unit_id, term=mandate.term_id)
    return found.filter(Q(to=actor.organisation_id or 0) | led)


def unanswered(actor: Actor) -> QuerySet[Nudge]:
    """For the desk: reminders that wait for this city's answer, of the last 60 days."""
    since = timezone.now() - timedelta(days=60)
    if actor.is_secretariat:
        return Nudge.objects.none()
    return nudges_visible_to(actor).filter(answer="", at__gte=since)


def too_soon(unit: Unit, term: Term) -> Nudge | None:
    """The reminder of the last seven days, if there is one."""
    since = timezone.now() - timedelta(days=DAYS_APART)
    return Nudge.objects.filter(unit=unit, term=term, at__gt=since).first()


def language_of(organisation: Organisation) -> str:
    return (organisation.languages or ["pt"])[0]


def proposed_text(unit: Unit, term: Term, language: str, row: Row | None = None) -> str:
    """What a reminder says before anybody edits it, in the city's language."""
    late = list(late_work(unit, term)[: LISTED + 1])
    with translation.override(DJANGO_CODES[language]):
        hello = _("Hello! We are following the work of the unit %(unit)s in %(term)s.")
        parts = [hello % {"unit": unit, "term": term}]
        if row is not None and row.plan is None:
            parts.append(_("We have no work plan of this unit yet."))
        if late:
            parts.append(_("These commitments are past their date:"))
            lines = [f"– {one.title} ({day(one.due_on, 'medium')})" for one in late[:LISTED]]
            if len(late) > LISTED:
                lines.append("– …")
            parts.append("\n".join(lines))
        if row is not None and row.silent_days:
            silent = ngettext(
                "Nothing was recorded for %(days)d day.",
                "Nothing was recorded for %(days)d days.",
                row.silent_days,
            )
            parts.append(silent % {"days": row.silent_days})
        parts.append(_("Could you tell us in a few words how it stands? Thank you."))
        return "\n\n".join(parts)
