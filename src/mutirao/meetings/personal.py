"""What meetings keep about a person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import CalendarAddress

declare(
    # The secret part stays out of what is shown: whoever reads it reads the calendar.
    Holding(
        CalendarAddress,
        "person",
        _("The secret address of your calendar"),
        "delete",
        ("created_at",),
    )
)
