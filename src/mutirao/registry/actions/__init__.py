"""What the secretariat does with spreadsheets and duplicates.

`bring_in → preview (job) → name_columns | decide… → accept → carry_out (job) → undo → take_back
(job)`. What a job calls may be called twice: a repetition changes nothing.
"""

from .importing import (
    accept,
    bring_in,
    decide,
    discard,
    name_columns,
    preview,
    read_again,
    store_failure,
    undo,
)
from .merging import merge, tell_apart
from .undoing import take_back
from .writing import carry_out

__all__ = [
    "accept",
    "bring_in",
    "carry_out",
    "decide",
    "discard",
    "merge",
    "name_columns",
    "preview",
    "read_again",
    "store_failure",
    "take_back",
    "tell_apart",
    "undo",
]
