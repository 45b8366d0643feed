from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("commitment", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("commitment", "in progress")
    DONE = "done", pgettext_lazy("commitment", "done")
    CANCELLED = "cancelled", pgettext_lazy("commitment", "cancelled")


OPEN = (State.PLANNED, State.IN_PROGRESS)

TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.IN_PROGRESS, State.DONE, State.CANCELLED),
    State.IN_PROGRESS: (State.PLANNED, State.DONE, State.CANCELLED),
    State.DONE: (State.IN_PROGRESS,),
    State.CANCELLED: (State.PLANNED,),
}
