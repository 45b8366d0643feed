"""Everything that happens to commitments."""

from .carrying import carry_over, give_up
from .evidence import add_evidence, delete_evidence
from .people import pass_on, take_on
from .promises import change, promise, publish
from .steps import add_step, delete_step, edit_step, shift_step, tick_step
from .work import move, set_progress

__all__ = [
    "add_evidence",
    "add_step",
    "carry_over",
    "change",
    "delete_evidence",
    "delete_step",
    "edit_step",
    "give_up",
    "move",
    "pass_on",
    "promise",
    "publish",
    "set_progress",
    "shift_step",
    "take_on",
    "tick_step",
]
