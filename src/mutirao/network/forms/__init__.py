"""What came in: pickers for every app's forms, filters of lists, and the secretariat's forms."""

from .filters import DirectoryFilter, ManagedFilter, MembersFilter, UnitFilter
from .pickers import OrganisationField, OrganisationsField, UnitField

__all__ = [
    "DirectoryFilter",
    "ManagedFilter",
    "MembersFilter",
    "OrganisationField",
    "OrganisationsField",
    "UnitField",
    "UnitFilter",
]
