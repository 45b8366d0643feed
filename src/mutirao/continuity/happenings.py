"""What continuity tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "continuity.handed_over",
        _("Somebody hands over to you"),
        _(
            "%(leaving)s hands over to you what they held for %(record)s;"
            " their last day is %(day)s."
        ),
        "now",
    ),
    Kind(
        "continuity.left",
        _("Somebody leaves your organisation"),
        _("%(leaving)s acts for %(record)s until %(day)s. See what passed to whom."),
        "now",
    ),
    Kind(
        "continuity.role_ends",
        _("Your role in an organisation is about to end"),
        _("Your role in %(record)s ends on %(day)s. Hand over what you hold."),
        "now",
    ),
    Kind(
        "continuity.colleague_leaves",
        _("A colleague's role is about to end"),
        _("The role of %(leaving)s in %(record)s ends on %(day)s. Extend it, or see who goes on."),
        "daily",
    ),
)
