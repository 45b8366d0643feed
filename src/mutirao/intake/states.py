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
