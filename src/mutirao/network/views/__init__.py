"""HTTP only: what everyone sees (`public`), whom one acts for (`acting`), and the secretariat's
side (`manage`)."""

from .acting import act_for
from .members import act_file, members
from .public import directory, network_map, organisation, term, terms, unit, units

__all__ = [
    "act_file",
    "act_for",
    "directory",
    "members",
    "network_map",
    "organisation",
    "term",
    "terms",
    "unit",
    "units",
]
