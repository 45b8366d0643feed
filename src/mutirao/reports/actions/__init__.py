"""What happens to a report.

`open_report → write → ask_for_edition → (job: start, note_step…, put_away | give_up) → publish`.
What the job calls may be called twice: a repetition makes no second edition.
"""

from .making import (
    ask_for_edition,
    cancel,
    give_up,
    goes_on,
    note_step,
    put_away,
    start,
)
from .writing import open_report, publish, withdraw, write

__all__ = [
    "ask_for_edition",
    "cancel",
    "give_up",
    "goes_on",
    "note_step",
    "open_report",
    "publish",
    "put_away",
    "start",
    "withdraw",
    "write",
]
