"""What discussions keep about a person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Comment

declare(
    Holding(
        Comment,
        "person",
        _("Comments you wrote"),
        "keep",
        ("text", "organisation", "created_at"),
    )
)
