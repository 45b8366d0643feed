"""What commitments keep about a person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Commitment, Evidence

declare(
    Holding(
        Commitment,
        "people",
        _("Commitments on which you are named"),
        "keep",
        ("title", "owner", "state", "due_on"),
    ),
    Holding(
        Evidence,
        "person",
        _("Evidence you added"),
        "keep",
        ("commitment", "title", "url", "filename", "organisation", "created_at"),
    ),
)
