"""What happens to accounts."""

from .accounts import (
    agree,
    complete_sign_up,
    confirm_address,
    end_sessions,
    note_device,
    open_account,
    publish_text,
    save_settings,
)
from .erasing import erase, obstacles
from .tidying import tidy

__all__ = [
    "agree",
    "complete_sign_up",
    "confirm_address",
    "end_sessions",
    "erase",
    "note_device",
    "obstacles",
    "open_account",
    "publish_text",
    "save_settings",
    "tidy",
]
