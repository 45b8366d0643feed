"""What discussions keep about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Bar, Closure, Comment, Decision, Mention, Report

_SAID = ("text", "language", "audience", "state", "created_at", "edited_at")

declare(
    # Taken out of a conversation, the answers to it would make no sense: it stays, by "a person".
    Holding(Comment, "person", _("Comments you wrote"), "keep", _SAID),
    Holding(Mention, "person", _("Comments that mention you"), "keep", ("comment",)),
    Holding(
        Report, "person", _("Comments you reported"), "delete",
        ("comment", "ground", "text", "outcome", "created_at"),
    ),
    Holding(
        Decision, "person", _("Comments you moderated"), "keep",
        ("comment", "verb", "reason", "at"),
    ),
    Holding(Closure, "person", _("Discussions you closed"), "keep", ("reason", "at")),
    Holding(Bar, "person", _("Times you were barred from commenting"), "delete",
            ("until", "reason", "at")),
    Holding(Bar, "by", _("People you barred from commenting"), "keep", ("until", "reason", "at")),
)  # fmt: skip
