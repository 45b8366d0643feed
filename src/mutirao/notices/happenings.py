"""What this app itself tells."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

# In the page only, whatever was chosen: the mail it speaks of does not arrive.
declare(
    Kind(
        "notices.address_refused",
        _("Your e-mail address takes no mail"),
        _(
            "Mail to %(address)s came back, so no more is sent there. Check the address, then"
            " choose “try again” in “How I am told”, or confirm another one."
        ),
        default="page",
        must=True,
    )
)
