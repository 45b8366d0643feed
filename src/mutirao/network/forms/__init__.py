"""What came in: pickers for every app's forms, filters of lists, and the secretariat's forms."""

from .filters import DirectoryFilter, ManagedFilter, UnitFilter
from .pickers import OrganisationField, OrganisationsField, UnitField

__all__ = [
    "DirectoryFilter",
    "ManagedFilter",
    "OrganisationField",
    "OrganisationsField",
    "UnitField",
    "UnitFilter",
]
