"""A city stands for an office, with its plan."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation
from mutirao.network.states import LEADING_OFFICES, Kind
from mutirao.plans import actions as plans
from mutirao.plans.models import Plan

from .. import queries
from ..models import Candidacy, Election
from ..states import CANDIDACY_TRANSITIONS, Candidate
from .common import checked, deciders


@transaction.atomic
def stand(
    *, election: Election, statement: str, language: str, plan: Plan | None, by: Actor
) -> Candidacy:
    """Begin a candidacy of the actor's city, a draft nobody else sees; one per office.

    Raises PermissionDenied; NotAllowed outside the window, or when the city stands already.
    """
    checked("assembly.stand", by, election)
    _in_window(election)
    organisation = by.organisation
    assert organisation is not None
    candidacy = Candidacy(
        election=election,
        organisation=organisation,
        statement=statement,
        language=language,
        plan=_own(plan, election, organisation),
    )
    try:
        with transaction.atomic():
            candidacy.save()
    except IntegrityError as error:
        raise NotAllowed(_("Your city already has a candidacy for this office.")) from error
    return candidacy


def _in_window(election: Election) -> None:
    if not election.assembly.takes_candidacies():
        raise NotAllowed(_("Candidacies are not being received now."))


def _own(plan: Plan | None, election: Election, organisation: Organisation) -> Plan | None:
    """The plan, if it is one this city may present for this office: a forged form may name any."""
    if plan is not None and plan not in queries.proposals_for(election, organisation):
        raise NotAllowed(_("Only a draft of your own for this unit and term can be presented."))
    return plan


def _locked(candidacy: Candidacy) -> Candidacy:
    return (
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("organisation", "election__unit", "election__assembly__term")
        .get(pk=candidacy.pk)
    )


@transaction.atomic
def edit(
    *,
    candidacy: Candidacy,
    version: int,
    statement: str,
    language: str,
    plan: Plan | None,
    by: Actor,
) -> Candidacy:
    """Change what is not submitted. Raises Conflict, NotAllowed, PermissionDenied."""
    current = _locked(candidacy)
    checked("assembly.write_candidacy", by, current)
    if not current.is_written:
        raise NotAllowed(_("Withdraw the candidacy first; then it can be changed."))
    _in_window(current.election)
    if current.version != version:
        raise Conflict(current)
    current.statement, current.language = statement, language
    current.plan = _own(plan, current.election, current.organisation)
    current.version += 1
    current.save()
    return current


@transaction.atomic
def submit(*, candidacy: Candidacy, by: Actor) -> Candidacy:
    """Hand it in: its plan is shown with it. Raises NotAllowed without a plan for who leads."""
    current = _locked(candidacy)
    checked("assembly.submit_candidacy", by, current)
    _in_window(current.election)
    leads = current.election.office in LEADING_OFFICES
    if leads and (current.plan is None or not current.plan.activities.exists()):
        raise NotAllowed(
            _("This office comes with a work plan: present one with at least one activity.")
        )
    _moved(current, Candidate.SUBMITTED)
    current.submitted_at = timezone.now()
    current.save(update_fields=["state", "submitted_at"])
    if current.plan:
        plans.propose(plan=current.plan)
    offices = Organisation.objects.filter(kind=Kind.NETWORK).values("pk")
    tell("assembly.candidacy", people=deciders(offices), record=current, by=by, followers=True)
    return current


@transaction.atomic
def withdraw(*, candidacy: Candidacy, by: Actor) -> Candidacy:
    """Take it back, until the vote; within the window it can be changed and submitted again."""
    current = _locked(candidacy)
    checked("assembly.withdraw_candidacy", by, current)
    if current.election.assembly.vote_has_begun():
        raise NotAllowed(_("The vote has begun; nothing about it can be changed any more."))
    _moved(current, Candidate.WITHDRAWN)
    current.save(update_fields=["state"])
    give_plan_back(current)
    return current


@transaction.atomic
def refuse(*, candidacy: Candidacy, reason: str, by: Actor) -> Candidacy:
    """The secretariat finds that it is not eligible, and says why."""
    current = _locked(candidacy)
    checked("assembly.refuse_candidacy", by, current)
    if current.election.assembly.vote_has_begun():
        raise NotAllowed(_("The vote has begun; nothing about it can be changed any more."))
    _moved(current, Candidate.REFUSED)
    current.reason = reason
    current.save(update_fields=["state", "reason"])
    give_plan_back(current)
    _tell_city("assembly.refused", current, by, reason=reason)
    return current


@transaction.atomic
def admit(*, candidacy: Candidacy, by: Actor) -> Candidacy:
    """A refused candidacy stands after all."""
    current = _locked(candidacy)
    checked("assembly.admit_candidacy", by, current)
    if current.state != Candidate.REFUSED:
        raise NotAllowed(_("Only a refused candidacy can be admitted."))
    _moved(current, Candidate.SUBMITTED)
    current.reason = ""
    current.save(update_fields=["state", "reason"])
    if current.plan:
        plans.propose(plan=current.plan)
    _tell_city("assembly.admitted", current, by)
    return current


def _moved(candidacy: Candidacy, to: str) -> None:
    if to not in CANDIDACY_TRANSITIONS[candidacy.state]:
        raise NotAllowed(
            _("The candidacy is %(state)s now; this step is not possible any more.")
            % {"state": candidacy.get_state_display()}
        )
    candidacy.state = to


def settle(candidacy: Candidacy, *, elected: bool, votes: int | None) -> None:
    """The office is decided; the caller holds its lock."""
    _moved(candidacy, Candidate.ELECTED if elected else Candidate.NOT_ELECTED)
    candidacy.votes = votes
    candidacy.save(update_fields=["state", "votes"])
    if candidacy.plan and elected and candidacy.election.office in LEADING_OFFICES:
        plans.hand_to_unit(plan=candidacy.plan)
    else:
        give_plan_back(candidacy)


def give_plan_back(candidacy: Candidacy) -> None:
    """Its city's alone again, unless another candidacy of the city presents it too."""
    plan = candidacy.plan
    held = (Candidate.SUBMITTED, Candidate.ELECTED)
    if plan and plan.is_candidates:
        others = plan.candidacies.filter(state__in=held).exclude(pk=candidacy.pk)
        if not others.exists():
            plans.take_back(plan=plan)


def _tell_city(kind: str, candidacy: Candidacy, by: Actor, **facts: Any) -> None:
    tell(kind, people=deciders([candidacy.organisation_id]), record=candidacy, by=by, **facts)
