from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkRole(models.TextChoices):
    """The network's role in an event."""

    ORGANISES = "organises", _("the network organises")
    PROMOTES = "promotes", _("the network promotes")
    TAKES_PART = "takes_part", _("the network takes part")
