"""What a plan brings about elsewhere: promises of organisations, and days on the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from mutirao.commitments import actions as commitments
from mutirao.commitments.models import Commitment
from mutirao.core.states import Visibility
from mutirao.meetings import actions as meetings
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation

from ..models import Activity, Plan
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
    words: dict[str, Any] = {
        "title": title,
        "owner": owner,
        "due_on": due_on,
        "description": description,
    }
    if same := activity.commitments.filter(**words).first():
        return same
    return commitments.promise(
        **words,
        by=by,
        unit=plan.unit,
        term=plan.term,
        source=activity,
        language=plan.language,
        visibility=_visibility(plan),
        position=next_position(activity.commitments.all()),
    )


@transaction.atomic
def add_event(*, plan: Plan, by: Actor, **fields: Any) -> Event:
    """Put an entry of the plan on the calendar; for everyone's eyes once the plan is in force.

    `fields` are those of `Event`; unit, host and language are the plan's. Raises PermissionDenied,
    NotAllowed for a plan that is not open, ValidationError.
    """
    current = for_following(plan, by)
    if same := current.events.filter(**fields).first():
        return same
    return meetings.create_event(
        by=by,
        source=current,
        unit=current.unit,
        organisation=current.presented_by,
        language=current.language,
        visibility=_visibility(current),
        **fields,
    )


def _visibility(plan: Plan) -> str:
    return Visibility.PUBLIC if plan.is_in_force else Visibility.DRAFT
