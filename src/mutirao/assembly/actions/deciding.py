"""What the assembly decided, and the mandates it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.actions import give_mandate
from mutirao.network.models import Mandate

from .. import queries
from ..models import Assembly, Candidacy, Election
from ..states import How
from .candidacies import settle
from .common import checked, deciders, locked_assembly, locked_election


@dataclass
class Figures:
    """A vote as counted at the assembly: candidacy's id → votes, and the rest of the act."""

    votes: Mapping[int, int] = field(default_factory=dict)
    blank: int = 0
    abstentions: int = 0
    turnout: int | None = None
    entitled: int | None = None


@transaction.atomic
def decide(
    *,
    election: Election,
    how: str,
    by: Actor,
    elected: Iterable[Candidacy] = (),
    figures: Figures | None = None,
    reason: str = "",
) -> Election:
    """Record what was decided for an office; the candidacies and their plans follow.

    `how` VOTES: whoever has most votes, counted here or given in `figures`; a tie or a missing
    quorum raises NotAllowed. ACCLAMATION and DECISION name who is `elected`; a decision has its
    `reason`, and may elect nobody. A vote held here is decided only after it closed.
    Raises PermissionDenied, NotAllowed.
    """
    current = locked_election(election)
    checked("assembly.decide", by, current)
    if current.is_decided:
        raise NotAllowed(_("This office is decided already."))
    standing = {one.pk: one for one in queries.standing_in(current)}
    if not standing:
        raise NotAllowed(_("Nobody stands for this office."))
    figures = _counted(current, figures or Figures())
    winners = _winners(current, how, {one.pk for one in elected}, figures)
    if not winners <= set(standing):
        raise NotAllowed(_("Only who stands for this office can be elected."))
    _checked_words(how, winners, reason, current.seats)
    for pk, candidacy in standing.items():
        candidacy.election = current
        votes = figures.votes.get(pk) if how != How.ACCLAMATION else None
        settle(candidacy, elected=pk in winners, votes=votes)
    current.how, current.reason, current.decided_at = how, reason.strip(), timezone.now()
    current.blank, current.abstentions = figures.blank, figures.abstentions
    current.turnout, current.entitled = figures.turnout, figures.entitled
    current.save()
    for candidacy in standing.values():
        kind = "assembly.elected" if candidacy.pk in winners else "assembly.not_elected"
        people = deciders([candidacy.organisation_id])
        tell(kind, people=people, record=candidacy, by=by)
    return current


def _counted(election: Election, given: Figures) -> Figures:
    """The urn's own figures for a vote held here; nobody writes others over them."""
    if not election.assembly.is_held_here:
        return given
    if not election.assembly.vote_is_over():
        raise NotAllowed(_("The vote is still open, or has not begun."))
    found = queries.counted(election)
    return Figures(found.votes, found.blank, 0, found.turnout, found.entitled)


def _winners(election: Election, how: str, named: set[int], figures: Figures) -> set[int]:
    if how != How.VOTES:
        return named
    quorum = election.assembly.quorum
    counted = figures.entitled and figures.turnout is not None
    if counted and figures.turnout * 100 < quorum * figures.entitled:  # type: ignore[operator]
        raise NotAllowed(_("The quorum was not reached; record what the assembly decided."))
    leaders, tied = queries.placed(dict(figures.votes), election.seats)
    if tied:
        raise NotAllowed(
            _("There is a tie: record the second round or the assembly's decision, and why.")
        )
    if not leaders:
        raise NotAllowed(_("Nobody has a vote. Record what the assembly decided."))
    return set(leaders)


def _checked_words(how: str, winners: set[int], reason: str, seats: int) -> None:
    if how not in How.values:
        raise NotAllowed(_("Say how it was decided."))
    if len(winners) > seats:
        raise NotAllowed(_("More are elected than the office has seats."))
    if how == How.ACCLAMATION and not winners:
        raise NotAllowed(_("Say who was elected."))
    if how == How.DECISION and not reason.strip():
        raise NotAllowed(_("Say why the assembly decided so."))


@transaction.atomic
def make_mandates(*, assembly: Assembly, by: Actor) -> list[Mandate]:
    """Give every elected city its mandate for the term: all of them, or none.

    Those given before stay; called again it gives nothing. Raises NotAllowed when another city
    holds one of the offices.
    """
    checked("assembly.decide", by, assembly)
    current = locked_assembly(assembly)
    rows = queries.mandates_from(current)
    for row in rows:
        if row.clash:
            facts = {"organisation": row.clash.organisation, "office": row.candidacy.election}
            raise NotAllowed(
                _("%(organisation)s holds “%(office)s” in that term. End that mandate first.")
                % facts
            )
    made = []
    for row in rows:
        if row.there:
            continue
        election = row.candidacy.election
        mandate = give_mandate(
            by=by,
            organisation=row.candidacy.organisation,
            unit=election.unit,
            term=current.term,
            office=election.office,
        )
        made.append(mandate)
        people = deciders([mandate.organisation_id])
        tell("assembly.mandate", people=people, record=election.unit, by=by, office=str(election))
    return made
