"""What people are told of commitments."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "commitments.named",
        _("I am named on a commitment"),
        _("%(person)s (%(organisation)s) counts on you for “%(record)s”."),
        default="now",
    ),
    Kind(
        "commitments.owed",
        _("A commitment is laid on my organisation"),
        _("%(organisation)s wrote down for %(owner)s: “%(record)s”."),
        default="now",
    ),
    Kind(
        "commitments.due",
        _("A commitment of mine is due soon"),
        _("“%(record)s” is due on %(due)s."),
        default="now",
    ),
    Kind(
        "commitments.late",
        _("A commitment of mine is late"),
        _("“%(record)s” was due on %(due)s and is still open."),
        default="now",
    ),
    Kind(
        "commitments.unit_late",
        _("A commitment in a unit I coordinate is late"),
        _("%(owner)s: “%(record)s” was due on %(due)s and is still open."),
        default="weekly",
    ),
    Kind(
        "commitments.moved",
        _("A commitment moves on"),
        _("%(person)s (%(organisation)s) moved “%(record)s” to: %(state)s."),
    ),
    Kind(
        "commitments.rescheduled",
        _("A commitment has another date"),
        _("%(person)s (%(organisation)s) set another date for “%(record)s”: %(due)s."),
    ),
    Kind(
        "commitments.evidence",
        _("Evidence is added to a commitment"),
        _("%(person)s (%(organisation)s) added evidence to “%(record)s”: %(title)s."),
    ),
)
