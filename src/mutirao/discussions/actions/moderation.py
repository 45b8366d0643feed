"""Keeping discussions civil: decisions, reports, closed threads, barred people."""

from __future__ import annotations

from datetime import date

import rules
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutirao.accounts.models import User
from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES
from mutirao.core.models import NotAllowed
from mutirao.core.states import label_of
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from ..models import Bar, Closure, Comment, Decision, Openness, Report, on
from ..queries import visible_to
from ..states import MOVES, REPORTS_HIDE, WITH_REASON, Ground, Outcome, State, Verb
from .comments import tell_of, title_of
from .moderators import moderators_of


@transaction.atomic
def moderate(*, comment: Comment, verb: str, by: Actor, reason: str = "") -> Comment:
    """Approve, refuse, hide, restore a comment, or keep one that was reported (`dismiss`).

    Raises PermissionDenied for who does not look after it (nobody judges their own words),
    ValidationError without the reason a refusal needs, and NotAllowed when another moderator was
    faster: the message says who did what.
    """
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if not rules.test_rule("discussions.moderate_comment", by, current) or by.person is None:
        raise PermissionDenied
    sources, target = MOVES[verb]
    looks = verb == Verb.DISMISS or current.state == target  # only what was reported
    if current.state not in sources or (looks and not _open(current)):
        raise NotAllowed(_somebody_was_faster(current))
    reason = reason.strip()[:1000]
    if verb in WITH_REASON and not reason:
        raise ValidationError({"reason": _("Say why: the author reads it.")})
    current.state = target
    current.version += 1
    current.save(update_fields=["state", "version"])
    Decision.objects.create(
        comment=current, verb=verb, reason=reason, person=by.person, organisation=by.organisation
    )
    _answer_reports(current, verb, by)
    _answer_author(current, verb, by, reason)
    return current


def _open(comment: Comment) -> bool:
    return comment.reports.filter(outcome=Outcome.OPEN).exists()


def _somebody_was_faster(comment: Comment) -> str:
    last = comment.decisions.select_related("person", "organisation").first()
    if last is None or last.person is None:
        return _("This comment is not as you saw it any more. Look again.")
    return _("%(person)s, %(organisation)s, already decided: %(outcome)s.") % {
        "person": str(last.person) or _("a person"),
        "organisation": last.organisation.display if last.organisation else "",
        "outcome": last.get_verb_display(),
    }


def _answer_reports(comment: Comment, verb: str, by: Actor) -> None:
    """Who reported it is told what became of it."""
    outcome = {Verb.HIDE: Outcome.UPHELD, Verb.DISMISS: Outcome.DISMISSED,
               Verb.RESTORE: Outcome.DISMISSED}.get(Verb(verb))  # fmt: skip
    if outcome is None:
        return
    reports = comment.reports.filter(outcome=Outcome.OPEN)
    people = set(reports.values_list("person_id", flat=True))
    reports.update(outcome=outcome)
    # Of the record: the comment itself is no longer theirs to see when it was hidden.
    tell("discussions.report_settled", people=people, record=comment.record, by=by,
         title=title_of(comment), outcome=_label(Outcome, outcome))  # fmt: skip


def _answer_author(comment: Comment, verb: str, by: Actor, reason: str) -> None:
    if verb == Verb.APPROVE:
        tell_of(comment, by)
    if verb != Verb.DISMISS:
        tell("discussions.moderated", people={comment.person_id}, record=comment, by=by,
             title=title_of(comment), outcome=_label(Verb, verb), reason=reason)  # fmt: skip


def _label(choices: type[models.TextChoices], value: str) -> dict[str, str]:
    """A choice's label in the three languages: whoever is told reads their own."""

    found = {}
    for language, code in DJANGO_CODES.items():
        with override(code):
            found[language] = label_of(choices, value)
    return found


@transaction.atomic
def report_comment(*, comment: Comment, ground: str, text: str, by: Actor) -> Report:
    """Tell the moderators about a comment, once a person: again, the first report is returned.

    When people of `REPORTS_HIDE` different organisations have, and no moderator has kept it before,
    it is hidden until one looks. Raises PermissionDenied.
    """
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if by.person is None or not visible_to(by).filter(pk=current.pk).exists():
        raise PermissionDenied
    if earlier := current.reports.filter(person=by.person).first():
        return earlier
    if not rules.test_rule("discussions.report_comment", by, current):
        raise PermissionDenied
    report = Report.objects.create(
        comment=current,
        person=by.person,
        organisation=by.organisation,
        ground=ground,
        text=text[:1000],
    )
    _hide_for_now(current)
    tell("discussions.reported", people=moderators_of(current) - {by.person.pk},
         record=current, by=by, title=title_of(current),
         ground=_label(Ground, ground))  # fmt: skip
    return report


def _hide_for_now(comment: Comment) -> None:
    """One organisation alone, or any number of citizens alone, silences nobody."""
    looked_at = comment.decisions.filter(verb__in=(Verb.DISMISS, Verb.RESTORE)).exists()
    sides = set(comment.reports.filter(outcome=Outcome.OPEN).values_list("organisation", flat=True))
    if looked_at or len(sides) < REPORTS_HIDE:
        return
    comment.state = State.HIDDEN
    comment.version += 1
    comment.save(update_fields=["state", "version"])
    Decision.objects.create(comment=comment, verb=Verb.REPORTED)


@transaction.atomic
def close_thread(*, record: models.Model, by: Actor, reason: str = "") -> Closure:
    """Nothing more is said on a record; closed already, that closure is returned."""
    if not rules.test_rule("discussions.close_thread", by, record):
        raise PermissionDenied
    if by.person is None or by.organisation is None:  # no rule lets nobody through
        raise PermissionDenied
    closure, _new = Closure.objects.get_or_create(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        defaults={
            "reason": reason.strip()[:300],
            "person": by.person,
            "organisation": by.organisation,
        },
    )
    return closure


@transaction.atomic
def reopen_thread(*, record: models.Model, by: Actor) -> None:
    if not rules.test_rule("discussions.close_thread", by, record):
        raise PermissionDenied
    Closure.objects.filter(on(record)).delete()


@transaction.atomic
def open_to_citizens(*, unit: Unit, admits: str, by: Actor) -> Openness:
    """Say whether citizens may comment on a unit's public records. What was said stays."""
    if not rules.test_rule("discussions.open_to_citizens", by, unit):
        raise PermissionDenied
    openness, _new = Openness.objects.update_or_create(unit=unit, defaults={"admits": admits})
    return openness


@transaction.atomic
def bar_person(*, person: User, until: date, reason: str, by: Actor) -> Bar:
    """A person may not comment until a day (included). They are told why.

    Raises PermissionDenied for anybody but the secretariat, NotAllowed for a day gone by or for
    oneself.
    """
    if not rules.test_rule("discussions.bar_person", by):
        raise PermissionDenied
    if by.person is None or by.organisation is None:  # no rule lets nobody through
        raise PermissionDenied
    if person.pk == by.person.pk:
        raise NotAllowed(_("Nobody bars themselves."))
    if until < timezone.localdate():
        raise NotAllowed(_("That day is over."))
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    bar = Bar.of(person.pk)
    if bar is None or bar.until != until:
        bar = Bar.objects.create(
            person=person, until=until, reason=reason, by=by.person, organisation=by.organisation
        )
        tell("discussions.barred", people={person.pk}, by=by, until=until, reason=reason)
    return bar


@transaction.atomic
def lift_bar(*, bar: Bar, by: Actor) -> None:
    """The person may comment again from today."""
    if not rules.test_rule("discussions.bar_person", by):
        raise PermissionDenied
    Bar.objects.filter(person=bar.person, until__gte=timezone.localdate()).delete()
