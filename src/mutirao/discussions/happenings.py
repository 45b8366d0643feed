"""What people are told of discussions."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "discussions.commented",
        _("Somebody comments where I take part or follow"),
        _("%(person)s (%(organisation)s) on “%(record)s”: %(text)s"),
    ),
)
