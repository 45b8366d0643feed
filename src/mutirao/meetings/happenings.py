"""What people are told of the calendar."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "meetings.new",
        _("A meeting or event is on the calendar"),
        _("New on the calendar: “%(record)s”, %(when)s."),
    ),
    Kind(
        "meetings.changed",
        _("A meeting or event changes its date or place"),
        _("“%(record)s” changed: %(when)s."),
        default="now",
    ),
    Kind(
        "meetings.cancelled",
        _("A meeting or event is cancelled"),
        _("“%(record)s” (%(when)s) is cancelled."),
        default="now",
    ),
    Kind(
        "meetings.restored",
        _("A cancelled meeting takes place after all"),
        _("“%(record)s” takes place after all: %(when)s."),
        default="now",
    ),
    Kind(
        "meetings.tomorrow",
        _("A meeting or event is tomorrow"),
        _("Tomorrow: “%(record)s”, %(when)s."),
        default="now",
    ),
)
