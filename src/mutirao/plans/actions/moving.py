"""A plan moves on: submitted, approved or returned, worked on, closed."""

from __future__ import annotations

from collections.abc import Callable

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.commitments import actions as commitments
from mutirao.commitments.models import Commitment
from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.core.states import Visibility
from mutirao.meetings import actions as meetings
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation
from mutirao.network.queries import board_people, deciders, leaders_of, secretariat_people
from mutirao.notices.queries import follower_ids

from ..models import Activity, Move, Plan
from ..states import IN_FORCE, VERBS, State
from .lock import locked


def submit(*, plan: Plan, by: Actor, remark: str = "") -> Plan:
    """Hand the plan to the executive board. Raises NotAllowed for a plan without activities."""
    return _move("submit", plan, by, remark)


def withdraw(*, plan: Plan, by: Actor, remark: str = "") -> Plan:
    """Take a submitted plan back to write on."""
    return _move("withdraw", plan, by, remark)


@transaction.atomic
def approve(*, plan: Plan, by: Actor, remark: str = "", replacing: int | None = None) -> Plan:
    """Put the plan in force: from now on everyone reads it, its commitments and its events.

    When another plan of the unit is in force for the term, `replacing` must be its number: who
    approves has seen it. Otherwise NotAllowed is raised. The replaced plan stays readable and its
    commitments stand; its calendar gives way to the new one's.
    """
    former = in_force_beside(plan)
    if former is not None and former.pk != replacing:
        raise NotAllowed(
            _("“%(title)s” is in force for this unit and term. Look at it, then approve again.")
            % {"title": former.title}
        )
    if former is not None:
        _make_way(former, plan, by)
    return _move("approve", plan, by, remark)


def in_force_beside(plan: Plan) -> Plan | None:
    """The other plan in force for the same unit and term."""
    others = Plan.objects.filter(unit=plan.unit_id, term=plan.term_id, state__in=IN_FORCE)
    return others.exclude(pk=plan.pk).first()


def _make_way(former: Plan, plan: Plan, by: Actor) -> None:
    """The plan in force becomes a replaced one. The approval behind it checks the rule."""
    if not rules.test_rule("plans.approve_plan", by, plan) or by.person is None:
        raise PermissionDenied
    former = locked(former)
    before, former.state, former.replaced_by = former.state, State.REPLACED, plan
    former.save(update_fields=["state", "replaced_by", "updated_at"])
    _record(former, before, by, "")
    meetings.publish_from(source=former, visibility=Visibility.DRAFT)


def return_with_remarks(*, plan: Plan, by: Actor, remark: str) -> Plan:
    """Give the plan back to its authors. Raises ValidationError without a remark."""
    return _move("return", plan, by, remark)


def start(*, plan: Plan, by: Actor, remark: str = "") -> Plan:
    """The work begins."""
    return _move("start", plan, by, remark)


def close(*, plan: Plan, by: Actor, remark: str = "") -> Plan:
    """The work is over; nothing changes any more."""
    return _move("close", plan, by, remark)


def reopen(*, plan: Plan, by: Actor, remark: str = "") -> Plan:
    """Take up a closed plan again."""
    return _move("reopen", plan, by, remark)


ACTIONS: dict[str, Callable[..., Plan]] = {
    "submit": submit,
    "withdraw": withdraw,
    "approve": approve,
    "return": return_with_remarks,
    "start": start,
    "close": close,
    "reopen": reopen,
}


@transaction.atomic
def _move(verb: str, plan: Plan, by: Actor, remark: str) -> Plan:
    step = VERBS[verb]
    current = locked(plan)
    if not rules.test_rule(f"plans.{verb}_plan", by, current):
        raise PermissionDenied
    if current.state not in step.sources:
        raise NotAllowed(
            _("The plan is %(state)s now; this step is not possible any more.")
            % {"state": current.get_state_display()}
        )
    remark = _checked(remark, needed=step.remark_needed)
    _before(verb, current)
    before, current.state = current.state, step.target
    _save(current)
    _record(current, before, by, remark)
    if verb == "approve":
        _publish(current)
    _tell(verb, current, by)
    return current


def _tell(verb: str, plan: Plan, by: Actor) -> None:
    """Who decides next, who waited for the decision, who follows; each hears it once."""
    told: set[int] = set()
    if verb == "submit":
        told = {*board_people(), *secretariat_people()}
        tell("plans.submitted", people=told, record=plan, by=by)
    elif verb in ("approve", "return"):
        told = {*leaders_of(plan.unit, plan.term), *_deciders(plan.presented_by)}
        tell("plans.decided", people=told, record=plan, by=by, state=State(plan.state).label)
    if verb == "approve":
        told |= _tell_owners(plan, by)
    if plan.is_public:
        others = follower_ids(plan) - told
        tell("plans.moved", people=others, record=plan, by=by, state=State(plan.state).label)


def _deciders(organisation: Organisation) -> set[int]:
    return set(deciders(organisation).values_list("person_id", flat=True))


def _tell_owners(plan: Plan, by: Actor) -> set[int]:
    """Those who decide for the organisations whose promises came into force with the plan."""
    own = {by.organisation_id or 0, plan.presented_by_id}
    owners = Organisation.objects.filter(commitments__in=_promised(plan)).exclude(pk__in=own)
    told: set[int] = set()
    for owner in owners.distinct():
        people = _deciders(owner)
        told |= people
        tell("plans.counts_on", people=people, record=plan, by=by, owner=owner.display)
    return told


def _record(plan: Plan, before: str, by: Actor, remark: str) -> None:
    if by.person is None or by.organisation is None:  # no rule lets nobody through
        raise PermissionDenied
    Move.objects.create(
        plan=plan,
        from_state=before,
        to_state=plan.state,
        remark=remark,
        person=by.person,
        organisation=by.organisation,
    )


def _checked(remark: str, *, needed: bool) -> str:
    remark = remark.strip()
    if needed and not remark:
        raise ValidationError({"remark": _("Say what should be changed.")})
    if len(remark) > 4000:
        raise ValidationError({"remark": _("At most 4000 characters.")})
    return remark


def _before(verb: str, plan: Plan) -> None:
    if verb == "submit" and not plan.activities.exists():
        raise NotAllowed(_("A plan needs at least one activity before it is submitted."))
    if verb == "approve":
        plan.approved_on = timezone.localdate()


def _save(plan: Plan) -> None:
    """The database alone knows for sure whether another plan came into force meanwhile."""
    try:
        with transaction.atomic():
            plan.save(update_fields=["state", "approved_on", "updated_at"])
    except IntegrityError as error:
        if "plan_one_in_force" not in str(error):
            raise
        raise NotAllowed(
            _("Another plan of this unit is already in force for this term.")
        ) from error


def _publish(plan: Plan) -> None:
    """What was promised and put on the calendar is for everyone from now on."""
    commitments.publish(commitments=_promised(plan), visibility=Visibility.PUBLIC)
    meetings.publish_from(source=plan, visibility=Visibility.PUBLIC)


def _promised(plan: Plan) -> QuerySet[Commitment]:
    """The commitments of its activities."""
    return Commitment.objects.filter(
        pk__in=Activity.objects.filter(plan=plan, commitments__isnull=False).values("commitments")
    )
