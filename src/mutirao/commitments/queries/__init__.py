"""What is seen of commitments."""

from .boards import ALL, BY, NOW, choices, filtered, groups, of_now, overdue_by_unit, shown
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
    "ALL",
    "BY",
    "LATE",
    "NOW",
    "STANDINGS",
    "choices",
    "counts_by_unit",
    "counts_from",
    "filtered",
    "groups",
    "in_brief",
    "is_late",
    "of_now",
    "overdue",
    "overdue_by_unit",
    "owed_by",
    "shown",
    "standing_counts",
    "standing_of",
    "stands",
    "visible_to",
]
