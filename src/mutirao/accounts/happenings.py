"""What accounts tell their person."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "accounts.new_device",
        _("Your account was entered from a new browser"),
        _(
            "Your account was entered from a browser not seen before: %(browser)s, %(when)s."
            " If it was not you, sign it out and change your password."
        ),
        default="now",
        must=True,
    ),
)
