from django.db import models
from django.utils.translation import gettext_lazy as _


class TextKind(models.TextChoices):
    """What people agree to."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")


# In a session: when its line in the list of sessions was last written, seconds since 1970.
SEEN = "seen_at"
