"""What reports tell people."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "reports.published",
        _("Reports published"),
        _("%(organisation)s published edition %(number)s of “%(record)s”."),
        "daily",
    ),
    Kind(
        "reports.ready",
        _("Editions you asked for"),
        _("Edition %(number)s of “%(record)s” is made."),
        "page",
    ),
    Kind(
        "reports.failed",
        _("Editions that could not be made"),
        _("The edition of “%(record)s” could not be made."),
        "now",
    ),
)
