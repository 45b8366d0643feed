"""What letters keep about a person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, Period, declare, keep_for

from .models import Letter

declare(
    Holding(
        Letter,
        "person",
        _("Mail that was sent to you"),
        "delete",
        ("to", "subject", "text", "written_at", "sent_at"),
    )
)

keep_for(Period("LETTERS_DAYS", _("Mail that was sent to you")))
