"""What people are told of work plans."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "plans.submitted",
        _("A plan waits for the executive board"),
        _("%(organisation)s submitted “%(record)s”: the executive board decides now."),
        default="now",
    ),
    Kind(
        "plans.decided",
        _("The board decides on my unit's plan"),
        _("%(organisation)s decided on “%(record)s”. It is now: %(state)s."),
        default="now",
    ),
    Kind(
        "plans.moved",
        _("A plan I follow moves on"),
        _("“%(record)s” is now: %(state)s."),
    ),
    Kind(
        "plans.counts_on",
        _("A plan in force counts on my organisation"),
        _("“%(record)s” is in force and counts on %(owner)s. See what it promised there."),
        default="now",
    ),
)
