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
    Kind(
        "continuity.mandate",
        _("Your city holds an office in the next term"),
        _("Your city holds an office in the term %(term)s: %(office)s, %(record)s."),
        "now",
    ),
    Kind(
        "continuity.carried",
        _("Work of the term before goes on with you"),
        _("%(count)s unfinished matters of %(term)s go on in “%(record)s”."),
        "now",
    ),
    Kind(
        "continuity.term_ends",
        _("A term you led a unit in ends"),
        _(
            "The term %(term)s of %(record)s ends on %(last)s; its plan can be closed and reported"
            " until %(closes)s."
        ),
        "now",
    ),
    Kind(
        "continuity.nudge",
        _("The secretariat asks how a unit stands"),
        _("The secretariat asks how %(record)s stands: %(text)s"),
        "now",
    ),
    Kind(
        "continuity.answer",
        _("A unit says how it stands"),
        _("%(organisation)s says how %(record)s stands: %(text)s"),
    ),
)
