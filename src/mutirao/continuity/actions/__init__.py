"""What keeps the work going when people and terms change."""

from .carrying import carry_due
from .handover import hand_over, hand_to_newcomer, pass_on_what_is_left, remind_of_ends
from .nudges import answer, nudge, nudge_silent
from .terms import add_seat, begin, choose_seats, choose_work, open_next, take_up_again

__all__ = [
    "add_seat",
    "answer",
    "begin",
    "carry_due",
    "choose_seats",
    "choose_work",
    "hand_over",
    "hand_to_newcomer",
    "nudge",
    "nudge_silent",
    "open_next",
    "pass_on_what_is_left",
    "remind_of_ends",
    "take_up_again",
]
