"""What the secretariat does to the network. Each act is refused to anybody else.

What the database refuses (a second live coordinator, two admissions at a time …) is said as
`core.models.NotAllowed`, in words that name what stands in the way.
"""

from __future__ import annotations

from .members import admit, end_member, lift, suspend
from .organisations import link_agency, save_organisation, unlink_agency
from .people import end_membership, give_membership, open_secretariat
from .units import end_mandate, give_mandate, open_term, save_unit

__all__ = [
    "admit",
    "end_mandate",
    "end_member",
    "end_membership",
    "give_mandate",
    "give_membership",
    "lift",
    "link_agency",
    "open_secretariat",
    "open_term",
    "save_organisation",
    "save_unit",
    "suspend",
    "unlink_agency",
]
