"""What reports keep about a person: that they made an edition for their organisation."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Edition, Production

declare(
    Holding(
        Edition,
        "person",
        _("Editions of reports you made"),
        "keep",
        ("title", "number", "made_at", "published_at"),
    ),
    Holding(
        Production,
        "person",
        _("Editions of reports you asked for"),
        "delete",
        ("report", "state", "created_at"),
    ),
)
