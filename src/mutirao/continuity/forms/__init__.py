"""What came in."""

from .handover import HandOverForm

__all__ = ["HandOverForm"]
