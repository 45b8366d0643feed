"""What plans keep about a person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Move

declare(
    Holding(
        Move,
        "person",
        _("Plans you moved on"),
        "keep",
        ("plan", "from_state", "to_state", "remark", "organisation", "at"),
    )
)
