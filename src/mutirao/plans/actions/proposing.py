"""A plan as a candidate's proposal: shown to the members, handed to the unit, or kept by its city.

Who may is the election's affair: the app that holds it calls these.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.models import Term, Unit

from ..models import Activity, Plan
from ..states import Proposal, State
from .lock import locked, next_position


def proposal_of(by: Actor, unit: Unit, term: Term) -> str:
    """What a new plan is: the unit's own when its leader or the secretariat writes it."""
    return "" if by.is_secretariat or by.leads(unit.pk, term.pk) else Proposal.OWN


def propose(*, plan: Plan) -> Plan:
    """Show a draft to the members, as the plan of a candidacy. Raises NotAllowed for no draft."""
    return _become(plan, Proposal.SHOWN)


def take_back(*, plan: Plan) -> Plan:
    """The plan of a candidacy that was withdrawn or not elected is its presenter's again."""
    return _become(plan, Proposal.OWN)


def hand_to_unit(*, plan: Plan) -> Plan:
    """The plan of who was elected becomes the unit's draft; its presenter goes on writing it."""
    return _become(plan, Proposal.ELECTED)


@transaction.atomic
def carry_activity(*, activity: Activity, plan: Plan) -> Activity:
    """An unfinished activity goes on in the unit's next plan, at its end, with what it is about.

    Who may is the caller's decision; the plan may be in force already. Called again it returns
    the one made before.
    """
    current = locked(plan)
    if same := current.activities.filter(continues=activity).first():
        return same
    made = Activity.objects.create(
        plan=current,
        title=activity.title,
        text=activity.text,
        position=next_position(current.activities.all()),
        continues=activity,
    )
    for name in ("themes", "targets", "organisations", "units"):
        getattr(made, name).set(getattr(activity, name).all())
    return made


def _become(plan: Plan, proposal: str) -> Plan:
    current = locked(plan)
    if current.proposal == proposal:
        return current
    if current.state != State.DRAFT:
        raise NotAllowed(_("Only a draft is presented with a candidacy."))
    current.proposal = proposal
    current.save(update_fields=["proposal", "updated_at"])
    return current
