"""Everything that happens in discussions, and the way back in a record's history."""

from .comments import comment, delete_comment
from .restoring import take_back

__all__ = ["comment", "delete_comment", "take_back"]
