"""What came in."""

from .coordination import AnswerForm, CoordinationFilter, NudgeForm, SilentForm
from .handover import HandOverForm
from .opening import AddSeatForm, BeginForm, SeatsForm, WorkForm

__all__ = [
    "AddSeatForm",
    "AnswerForm",
    "BeginForm",
    "CoordinationFilter",
    "HandOverForm",
    "NudgeForm",
    "SeatsForm",
    "SilentForm",
    "WorkForm",
]
