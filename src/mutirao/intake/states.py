from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftKind(models.TextChoices):
    PLAN = "plan", _("work plan")


class DraftState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    READY = "ready", _("to be checked")
    FAILED = "failed", _("could not be read")
    ACCEPTED = "accepted", _("accepted")
    DISCARDED = "discarded", _("discarded")


OPEN = (DraftState.WAITING, DraftState.READING, DraftState.READY, DraftState.FAILED)
UNREAD = (DraftState.WAITING, DraftState.READING)

# A job that found its draft READING was either started twice or takes over from a worker that
# died: both may read, and the first to finish is the one that counts.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    DraftState.WAITING: (DraftState.READING, DraftState.FAILED, DraftState.DISCARDED),
    DraftState.READING: (
        DraftState.READING,
        DraftState.READY,
        DraftState.FAILED,
        DraftState.WAITING,
        DraftState.DISCARDED,
    ),
    DraftState.FAILED: (DraftState.WAITING, DraftState.DISCARDED),
    DraftState.READY: (DraftState.ACCEPTED, DraftState.DISCARDED),
    DraftState.ACCEPTED: (),
    DraftState.DISCARDED: (),
}

# Which job reads which kind of document. By name: the readers of a kind live in a higher app.
READING_TASKS = {DraftKind.PLAN: "plans.read_document"}
