from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("commitment", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("commitment", "in progress")
    DONE = "done", pgettext_lazy("commitment", "done")
    CANCELLED = "cancelled", pgettext_lazy("commitment", "cancelled")
    # Taken over by the next term's plan, where another one continues it: over for this term.
    CARRIED = "carried", pgettext_lazy("commitment", "carried over")


OPEN = (State.PLANNED, State.IN_PROGRESS)

TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.IN_PROGRESS, State.DONE, State.CANCELLED),
    State.IN_PROGRESS: (State.PLANNED, State.DONE, State.CANCELLED),
    State.DONE: (State.IN_PROGRESS,),
    State.CANCELLED: (State.PLANNED,),
    State.CARRIED: (),  # reached only by actions.carry_over, all of a term at once
}
