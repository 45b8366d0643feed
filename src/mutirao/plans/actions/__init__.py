"""What happens to plans. Every function is atomic, takes keywords only and checks its rule."""

from .bring_in import create_from_reading
from .moving import (
    ACTIONS,
    approve,
    close,
    in_force_beside,
    reopen,
    return_with_remarks,
    start,
    submit,
    withdraw,
)
from .promising import add_commitment, add_event
from .proposing import hand_to_unit, propose, take_back
from .writing import (
    DOWN,
    UP,
    add_activity,
    add_axis,
    create_plan,
    delete_activity,
    delete_axis,
    delete_plan,
    edit_activity,
    edit_axis,
    edit_plan,
    move_activity,
    move_axis,
    tag_activity,
)

__all__ = [
    "ACTIONS",
    "DOWN",
    "UP",
    "add_activity",
    "add_axis",
    "add_commitment",
    "add_event",
    "approve",
    "close",
    "create_from_reading",
    "create_plan",
    "delete_activity",
    "delete_axis",
    "delete_plan",
    "edit_activity",
    "edit_axis",
    "edit_plan",
    "hand_to_unit",
    "in_force_beside",
    "move_activity",
    "move_axis",
    "propose",
    "reopen",
    "return_with_remarks",
    "start",
    "submit",
    "tag_activity",
    "take_back",
    "withdraw",
]
