"""What keeps the network's work going when people and terms change."""

from .handover import HandOver

__all__ = ["HandOver"]
