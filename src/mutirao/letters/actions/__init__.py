"""What happens to letters: written, sent, refused, cleared away."""

from .bouncing import Outcome, take_report
from .refusing import refuse, try_again
from .sending import clear_away, send_waiting
from .writing import keep, keep_many, post, post_text, written

__all__ = [
    "Outcome",
    "clear_away",
    "keep",
    "keep_many",
    "post",
    "post_text",
    "refuse",
    "send_waiting",
    "take_report",
    "try_again",
    "written",
]
