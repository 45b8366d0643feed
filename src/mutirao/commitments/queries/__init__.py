"""What is seen of commitments."""

from .boards import BY, choices, filtered, groups, overdue_by_unit, shown
from .history import history_of
from .seen import (
    LATE,
    STANDINGS,
    counts_by_unit,
    counts_from,
    in_brief,
    is_late,
    overdue,
    owed_by,
    standing_counts,
    standing_of,
    stands,
    visible_to,
)

__all__ = [
    "BY",
    "LATE",
    "STANDINGS",
    "choices",
    "counts_by_unit",
    "counts_from",
    "filtered",
    "groups",
    "history_of",
    "in_brief",
    "is_late",
    "overdue",
    "overdue_by_unit",
    "owed_by",
    "shown",
    "standing_counts",
    "standing_of",
    "stands",
    "visible_to",
]
