"""What happens at assemblies. Every function is atomic, takes keywords only, checks its rule."""

from .assemblies import (
    add_minutes,
    announce,
    conclude,
    prepare_again,
    save_assembly,
    set_offices,
    tell_vote,
)
from .candidacies import admit, edit, refuse, stand, submit, withdraw
from .common import deciders
from .deciding import Figures, decide, make_mandates
from .voting import cast_open, cast_secret, new_slip

__all__ = [
    "Figures",
    "add_minutes",
    "admit",
    "announce",
    "cast_open",
    "cast_secret",
    "conclude",
    "decide",
    "deciders",
    "edit",
    "make_mandates",
    "new_slip",
    "prepare_again",
    "refuse",
    "save_assembly",
    "set_offices",
    "stand",
    "submit",
    "tell_vote",
    "withdraw",
]
