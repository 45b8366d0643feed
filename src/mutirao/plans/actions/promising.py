"""An activity becomes promises of organisations."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from mutirao.commitments import actions as commitments
from mutirao.commitments.models import Commitment
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation

from ..models import Activity
from .lock import for_following, next_position


@transaction.atomic
def add_commitment(
    *,
    activity: Activity,
    title: str,
    owner: Organisation,
    by: Actor,
    due_on: date | None = None,
    description: str = "",
) -> Commitment:
    """Promise something for an activity; for everyone's eyes once the plan is in force.

    Raises PermissionDenied, or NotAllowed for a plan that is not open.
    """
    plan = for_following(activity.plan, by)
    return commitments.promise(
        title=title,
        owner=owner,
        by=by,
        due_on=due_on,
        description=description,
        unit=plan.unit,
        term=plan.term,
        source=activity,
        language=plan.language,
        visibility=Visibility.PUBLIC if plan.is_in_force else Visibility.DRAFT,
        position=next_position(activity.commitments.all()),
    )
