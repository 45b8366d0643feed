"""The one act that ends a review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutirao.core.models import Conflict, NotAllowed
from mutirao.intake import actions as intake
from mutirao.intake.models import Draft
from mutirao.intake.states import DraftState
from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit

from ..actions import create_from_reading
from ..models import Plan


@transaction.atomic
def accept(
    *,
    draft: Draft,
    version: int,
    where: tuple[Unit, Term, Organisation],
    content: Mapping[str, Any],
    by: Actor,
) -> Plan:
    """Make the plan and close the review, both or neither; asked twice, there is one plan.

    `content` is what `check` made of version `version` of the review. Raises PermissionDenied,
    ValidationError, Conflict when somebody saved since, NotAllowed when it was discarded.
    """
    draft = intake.lock_for_accepting(draft=draft, by=by)
    if draft.state == DraftState.ACCEPTED and isinstance(draft.result, Plan):
        return draft.result
    if draft.state != DraftState.READY:
        raise NotAllowed(_("This document is no longer under review."))
    if draft.version != version:
        raise Conflict(draft)
    unit, term, presented_by = where
    plan = create_from_reading(
        unit=unit, term=term, presented_by=presented_by, content=content, document=draft, by=by
    )
    intake.accept_as(draft=draft, result=plan, by=by)
    return plan
