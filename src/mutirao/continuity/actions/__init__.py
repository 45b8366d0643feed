"""What keeps the work going when people change."""

from .handover import hand_over, hand_to_newcomer, pass_on_what_is_left, remind_of_ends

__all__ = ["hand_over", "hand_to_newcomer", "pass_on_what_is_left", "remind_of_ends"]
