"""Everything that happens in discussions, and the way back in a record's history."""

from .comments import comment, delete_comment, edit_comment, rewrite
from .moderation import (
    bar_person,
    close_thread,
    lift_bar,
    moderate,
    open_to_citizens,
    reopen_thread,
    report_comment,
)
from .restoring import take_back

__all__ = [
    "bar_person",
    "close_thread",
    "comment",
    "delete_comment",
    "edit_comment",
    "lift_bar",
    "moderate",
    "open_to_citizens",
    "reopen_thread",
    "report_comment",
    "rewrite",
    "take_back",
]
