"""What happens to notices, follows and the ways people are told."""

from .choosing import save_choices, save_habits, stop, take_back
from .clearing import clear_away
from .digesting import write_digest, write_due_digests
from .following import follow, follow_quietly, pass_on_follows, unfollow
from .mailing import mail_due
from .reading import read, read_all
from .reminding import remind_once
from .telling import deliver

__all__ = [
    "clear_away",
    "deliver",
    "follow",
    "follow_quietly",
    "mail_due",
    "pass_on_follows",
    "read",
    "read_all",
    "remind_once",
    "save_choices",
    "save_habits",
    "stop",
    "take_back",
    "unfollow",
    "write_digest",
    "write_due_digests",
]
