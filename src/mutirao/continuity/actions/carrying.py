"""Unfinished work goes on in the next term's plan, with its history."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutirao.assembly.actions import deciders
from mutirao.commitments import actions as commitments
from mutirao.commitments.models import Commitment
from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES
from mutirao.discussions.models import Comment
from mutirao.network.models import Organisation, Unit
from mutirao.plans import actions as plans
from mutirao.plans.models import Activity, Plan
from mutirao.plans.states import Proposal

from .. import queries
from ..models import Opening
from ..states import Carry, OpeningState


@transaction.atomic
def carry_due(*, opening: Opening) -> Opening:
    """Carry the work of an opening that is done, once its closing term has ended; else nothing.

    Until then everybody goes on where they are; a daily job calls this.
    """
    current = (
        Opening.objects.select_for_update(of=("self",))
        .select_related("closing", "term", "person", "organisation")
        .get(pk=opening.pk)
    )
    over = current.closing.ends_on < timezone.localdate()
    if current.state != OpeningState.DONE or current.carried_at or not over:
        return current
    seats = list(current.seats.select_related("organisation"))
    leaders = queries.leaders_of(seats)
    for left in queries.unfinished(current):
        _carry_unit(current, left, leaders)
    current.carried_at = timezone.now()
    current.save(update_fields=["carried_at"])
    return current


def _carry_unit(opening: Opening, left: queries.Left, leaders: dict[int, Organisation]) -> None:
    leader = leaders.get(left.unit.pk)
    going_on = left.chosen(Carry.CARRY)
    if going_on:
        plan = _plan(opening, left.unit, leader)
        places: dict[int, Activity] = {}
        for row in going_on:
            if isinstance(row, Activity):
                plans.carry_activity(activity=row, plan=plan)
            else:
                _carry_promise(row, opening, plan, places, leader)
        if leader:
            tell("continuity.carried", people=deciders([leader.pk]), record=plan,
                 count=len(going_on), term=str(opening.closing))  # fmt: skip
    for row in left.chosen(Carry.DROP):
        if isinstance(row, Commitment):
            _drop(row, opening)


def _plan(opening: Opening, unit: Unit, leader: Organisation | None) -> Plan:
    """The unit's plan of the next term, begun as a draft when there is none."""
    there = queries.plan_for(unit, opening.term)
    if there is not None:
        return there
    assert opening.organisation is not None  # the database guarantees it: the opening is done
    former = queries.plan_for(unit, opening.closing)
    language = former.language if former else (leader.languages or ["pt"])[0] if leader else "pt"
    with translation.override(DJANGO_CODES[language]):
        title = _("Work plan %(term)s: %(unit)s") % {"term": opening.term, "unit": unit}
    return Plan.objects.create(
        unit=unit,
        term=opening.term,
        presented_by=leader or opening.organisation,
        title=title[:240],
        language=language,
        # Its presenter writes it before the term, and with it the mandate, begins.
        proposal=Proposal.ELECTED if leader else "",
    )


def _carry_promise(
    commitment: Commitment,
    opening: Opening,
    plan: Plan,
    places: dict[int, Activity],
    leader: Organisation | None,
) -> None:
    """The promise goes on under a copy of the activity it came from."""
    source = commitment.source
    place = None
    if isinstance(source, Activity):
        if source.pk not in places:
            places[source.pk] = plans.carry_activity(activity=source, plan=plan)
        place = places[source.pk]
    commitments.carry_over(
        commitment=commitment,
        term=opening.term,
        source=place,
        owner=_owner(commitment, opening, leader),
    )


def _owner(commitment: Commitment, opening: Opening, leader: Organisation | None) -> Organisation:
    """Whoever promised goes on answering for it; what the outgoing leader promised as leader is
    the next one's.
    """
    led = queries.held_to_the_end(opening.closing).filter(
        unit=commitment.unit_id, organisation=commitment.owner_id
    )
    stays = opening.seats.filter(unit=commitment.unit_id, organisation=commitment.owner_id)
    if leader is not None and led.exists() and not stays.exists():
        return leader
    return commitment.owner


def _drop(commitment: Commitment, opening: Opening) -> None:
    """Given up, with the reason among its comments, by whoever opened the term."""
    assert opening.person is not None  # the database guarantees it: the opening is done
    reason = opening.carries.get(commitment=commitment).reason
    commitments.give_up(commitment=commitment)
    Comment.objects.get_or_create(
        key=uuid5(NAMESPACE_URL, f"mutirao/opening/{opening.pk}/{commitment.pk}"),
        defaults={
            "record_type": ContentType.objects.get_for_model(Commitment),
            "record_id": commitment.pk,
            "text": reason,
            "unit": commitment.unit,
            "person": opening.person,
            "organisation": opening.organisation,
        },
    )
