from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


OPEN = (State.PLANNED, State.IN_PROGRESS)

TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.IN_PROGRESS, State.DONE, State.CANCELLED),
    State.IN_PROGRESS: (State.PLANNED, State.DONE, State.CANCELLED),
    State.DONE: (State.IN_PROGRESS,),
    State.CANCELLED: (State.PLANNED,),
}
