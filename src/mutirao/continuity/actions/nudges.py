"""The secretariat asks how a unit stands; the city answers."""

from __future__ import annotations

from collections.abc import Iterable

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.assembly.actions import deciders
from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.core.templatetags.mutirao import day
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit

from .. import queries
from ..models import Nudge


@transaction.atomic
def nudge(
    *, unit: Unit, term: Term, to: Organisation, text: str, by: Actor, force: bool = False
) -> Nudge:
    """Write to those who may bind `to`. At most once in seven days for a unit, unless forced.

    Raises PermissionDenied; NotAllowed when it is too soon.
    """
    if not rules.test_rule("continuity.nudge", by) or by.person is None:
        raise PermissionDenied
    assert by.organisation is not None  # the secretariat's
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # two clicks are one reminder
    before = queries.too_soon(unit, term)
    if before is not None and not force:
        raise NotAllowed(
            _("%(unit)s was written to on %(day)s. Wait a week, or send it all the same.")
            % {"unit": unit, "day": day(before.at, "medium")}
        )
    made = Nudge.objects.create(
        unit=unit,
        term=term,
        to=to,
        text=text,
        language=queries.language_of(to),
        person=by.person,
        organisation=by.organisation,
    )
    tell("continuity.nudge", people=deciders([to.pk]), record=made, by=by, text=text,
         url=made.get_absolute_url())  # fmt: skip
    return made


@transaction.atomic
def nudge_silent(
    *, term: Term, letters: Iterable[tuple[Unit, Organisation, str]], by: Actor
) -> list[Nudge]:
    """Write to several units at once; those written to in the last seven days are left out."""
    return [
        nudge(unit=unit, term=term, to=to, text=text, by=by)
        for unit, to, text in letters
        if queries.too_soon(unit, term) is None
    ]


@transaction.atomic
def answer(*, nudge: Nudge, text: str, by: Actor) -> Nudge:
    """Say how it stands. The first answer stays. Raises PermissionDenied, NotAllowed."""
    current = Nudge.objects.select_for_update().get(pk=nudge.pk)
    if not rules.test_rule("continuity.answer_nudge", by, current):
        raise PermissionDenied
    if current.answer:
        if current.answer == text:
            return current  # the form was sent twice
        raise NotAllowed(_("Your organisation has answered already."))
    current.answer, current.answered_by, current.answered_at = text, by.person, timezone.now()
    current.save(update_fields=["answer", "answered_by", "answered_at"])
    tell("continuity.answer", people=[current.person_id], record=current, by=by, text=text,
         url=current.get_absolute_url())  # fmt: skip
    return current
