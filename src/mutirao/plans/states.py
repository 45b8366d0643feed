from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned with remarks")
    APPROVED = "approved", _("approved")
    IN_PROGRESS = "in_progress", _("in progress")
    CLOSED = "closed", _("closed")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.SUBMITTED,),
    State.SUBMITTED: (State.APPROVED, State.RETURNED, State.DRAFT),
    State.RETURNED: (State.SUBMITTED,),
    State.APPROVED: (State.IN_PROGRESS,),
    State.IN_PROGRESS: (State.CLOSED,),
    State.CLOSED: (State.IN_PROGRESS,),
}

# Before it is approved a plan is nobody's promise; from then on everyone reads it.
IN_FORCE = (State.APPROVED, State.IN_PROGRESS, State.CLOSED)
BEING_WRITTEN = (State.DRAFT, State.RETURNED)


class AxisKind(models.TextChoices):
    ACTION = "action", _("axis of action")
    WORK = "work", _("work axis")
    OBJECTIVE = "objective", _("objective")
