"""HTTP only: what everyone sees (`public`), whom one acts for (`acting`), and the secretariat's
side (`manage`)."""

from .acting import act_for
from .public import directory, network_map, organisation, term, terms, unit, units

__all__ = [
    "act_for",
    "directory",
    "network_map",
    "organisation",
    "term",
    "terms",
    "unit",
    "units",
]
