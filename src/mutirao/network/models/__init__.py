"""The network: who can act, who holds which office, who acts for whom, and since when."""

from .common import ENDS_AFTER_START, days, same, unique_slug
from .organisations import AgencyCity, Member, Organisation
from .people import Membership
from .units import Mandate, Term, Unit

__all__ = [
    "ENDS_AFTER_START",
    "AgencyCity",
    "Mandate",
    "Member",
    "Membership",
    "Organisation",
    "Term",
    "Unit",
    "days",
    "same",
    "unique_slug",
]
