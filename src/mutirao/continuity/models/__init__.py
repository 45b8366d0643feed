"""What keeps the network's work going when people and terms change."""

from .handover import HandOver
from .nudges import Nudge
from .opening import CarryChoice, Opening, SeatChoice

__all__ = [
    "CarryChoice",
    "HandOver",
    "Nudge",
    "Opening",
    "SeatChoice",
]
