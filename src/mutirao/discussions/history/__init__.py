"""One history for every kind of record: who changed what, for whom, when, from what to what.

The rows are written by database triggers (ADR 0004); an app says in `records.py` which of them
make up the history of its records (`core.records.Part`), and gets all that is here.
"""

from .acts import Act, Acts, Change, Chosen, Difference, who_acted
from .former import Former, former_text, present

__all__ = [
    "Act",
    "Acts",
    "Change",
    "Chosen",
    "Difference",
    "Former",
    "former_text",
    "present",
    "who_acted",
]
