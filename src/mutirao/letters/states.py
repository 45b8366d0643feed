"""How a letter stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the other side")
    FAILED = "failed", _("given up after many attempts")
    HELD = "held", _("not sent: the address is switched off")
