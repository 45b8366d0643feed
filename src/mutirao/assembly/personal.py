"""What assemblies keep about a person: that they cast a member's vote, and an open one's choice.

A secret ballot leads to nobody, so there is nothing to show or to erase.
"""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import OpenVote, Turnout

declare(
    Holding(
        Turnout, "person", _("Votes you cast for an organisation"), "keep",
        ("election", "organisation", "hour"),
    ),
    Holding(
        OpenVote, "person", _("Open votes you cast for an organisation"), "keep",
        ("election", "organisation", "candidacy", "cast_at"),
    ),
)  # fmt: skip
