"""A small network at work, for the front page and the desk."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from mutirao.commitments.models import Commitment
from mutirao.core.states import Visibility
from mutirao.network.models import Mandate
from mutirao.network.states import Office
from mutirao.plans.models import Activity, Plan
from tests.commitments.factories import CommitmentFactory
from tests.factories import MandateFactory, MemberFactory
from tests.meetings.factories import EventFactory
from tests.plans.factories import ActivityFactory, PlanFactory


def working_unit(state: str = "in_progress") -> Mandate:
    """A unit led by one member city and shared by another, with a plan and what follows from it.

    In force, its commitment and meeting are public; before that they are drafts. Returns the
    leader's mandate.
    """
    leads = MandateFactory()
    shares = MandateFactory(unit=leads.unit, term=leads.term, office=Office.SUB_COORDINATOR)
    for nth, mandate in enumerate((leads, shares)):
        mandate.organisation.longitude -= 10 * nth
        mandate.organisation.save()
        MemberFactory(organisation=mandate.organisation)
    plan = PlanFactory(
        unit=leads.unit, term=leads.term, presented_by=leads.organisation, state=state
    )
    visibility = Visibility.PUBLIC if plan.is_in_force else Visibility.DRAFT
    promise(plan, visibility=visibility)
    EventFactory(
        unit=leads.unit,
        organisation=shares.organisation,
        title=f"Visita {plan.pk}",
        visibility=visibility,
    )
    return leads


def promise(plan: Plan, **fields: object) -> Commitment:
    """A commitment of the plan's city, from an activity of the plan."""
    activity = ActivityFactory(plan=plan)
    return CommitmentFactory(
        owner=plan.presented_by,
        unit=plan.unit,
        term=plan.term,
        source_type=ContentType.objects.get_for_model(Activity),
        source_id=activity.pk,
        **fields,
    )
