"""HTTP only: the board, the commitment's page, and what is done on it."""

from .board import board, overdue
from .edit import add, edit
from .evidence import add_evidence, delete_evidence, evidence_file
from .record import commitment
from .work import (
    add_step,
    delete_step,
    edit_step,
    move,
    progress,
    shift_step,
    take_on,
    tick_step,
)

__all__ = [
    "add",
    "add_evidence",
    "add_step",
    "board",
    "commitment",
    "delete_evidence",
    "delete_step",
    "edit",
    "edit_step",
    "evidence_file",
    "move",
    "overdue",
    "progress",
    "shift_step",
    "take_on",
    "tick_step",
]
