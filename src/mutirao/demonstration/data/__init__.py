"""The demonstration network as data: what each file holds is said in README.md beside this."""

import json
from importlib.resources import files
from typing import Any

NAMES = (
    "cities",
    "agencies",
    "others",
    "units",
    "terms",
    "mandates",
    "plans",
    "events",
    "accounts",
)


def read(name: str) -> list[dict[str, Any]]:
    """The records of one file, in the order written. KeyError if there is no such file."""
    if name not in NAMES:
        raise KeyError(name)
    return json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
