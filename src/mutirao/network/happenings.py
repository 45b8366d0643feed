"""What the network tells people."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "network.admitted",
        _("An organisation is admitted"),
        _("%(record)s is a member of the network from %(day)s."),
    ),
    Kind(
        "network.suspended",
        _("A member is suspended"),
        _("%(record)s is suspended from %(day)s."),
        default="now",
    ),
    Kind(
        "network.lifted",
        _("A suspension is lifted"),
        _("%(record)s has its rights as a member again from %(day)s."),
        default="now",
    ),
    Kind(
        "network.left",
        _("A member leaves the network"),
        _("%(record)s leaves the network; its last day as a member is %(day)s."),
    ),
)
