"""The secretariat's side: organisations, units, terms, mandates, and who acts for whom."""

from .members import admit, end_member, lift, suspend
from .organisations import link, new_organisation, organisation, overview, unlink
from .people import add_person
from .units import end_mandate, give_mandate, new_term, new_unit, unit

__all__ = [
    "add_person",
    "admit",
    "end_mandate",
    "end_member",
    "give_mandate",
    "lift",
    "link",
    "new_organisation",
    "new_term",
    "new_unit",
    "organisation",
    "overview",
    "suspend",
    "unit",
    "unlink",
]
