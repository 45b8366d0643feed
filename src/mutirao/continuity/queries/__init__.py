"""What is seen of hand-overs."""

from .handover import (
    Held,
    ended_without_handover,
    follows,
    handovers_of,
    held_by,
    holds_anything,
    successors,
    visible_to,
)

__all__ = [
    "Held",
    "ended_without_handover",
    "follows",
    "handovers_of",
    "held_by",
    "holds_anything",
    "successors",
    "visible_to",
]
