"""The network: who can act, who holds which office, who acts for whom, and since when."""

from .common import ENDS_AFTER_START, days, same, unique_slug
from .contact import ContactMessage
from .members import Act, Member, Suspension
from .organisations import AgencyCity, Organisation
from .people import Invitation, Membership, MembershipRequest
from .units import Mandate, Term, Unit

__all__ = [
    "ENDS_AFTER_START",
    "Act",
    "AgencyCity",
    "ContactMessage",
    "Invitation",
    "Mandate",
    "Member",
    "Membership",
    "MembershipRequest",
    "Organisation",
    "Suspension",
    "Term",
    "Unit",
    "days",
    "same",
    "unique_slug",
]
