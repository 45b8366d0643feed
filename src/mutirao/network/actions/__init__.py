"""What the secretariat does to the network. Each act is refused to anybody else.

What the database refuses (a second live coordinator, two admissions at a time …) is said as
`core.models.NotAllowed`, in words that name what stands in the way.
"""

from __future__ import annotations

from .contact import delete_message, mark_message, write_message
from .invitations import (
    accept,
    accept_as_new,
    ask_anew,
    decline_invitation,
    hash_of,
    invite,
    send_again,
    withdraw_invitation,
)
from .members import admit, end_member, lift, suspend
from .organisations import link_agency, save_organisation, unlink_agency
from .people import (
    change_membership,
    end_membership,
    give_membership,
    open_secretariat,
    part_with,
)
from .requests import ask_to_act, confirm_request, decline_request, withdraw_request
from .units import end_mandate, give_mandate, open_term, save_unit

__all__ = [
    "accept",
    "accept_as_new",
    "admit",
    "ask_anew",
    "ask_to_act",
    "change_membership",
    "confirm_request",
    "decline_invitation",
    "decline_request",
    "delete_message",
    "end_mandate",
    "end_member",
    "end_membership",
    "give_mandate",
    "give_membership",
    "hash_of",
    "invite",
    "lift",
    "link_agency",
    "mark_message",
    "open_secretariat",
    "open_term",
    "part_with",
    "save_organisation",
    "save_unit",
    "send_again",
    "suspend",
    "unlink_agency",
    "withdraw_invitation",
    "withdraw_request",
    "write_message",
]
