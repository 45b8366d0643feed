"""What happens to accounts."""

from .accounts import (
    agree,
    complete_sign_up,
    confirm_address,
    end_sessions,
    forget_second_factor,
    note_device,
    open_account,
    open_from_service,
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
    "forget_second_factor",
    "note_device",
    "obstacles",
    "open_account",
    "open_from_service",
    "publish_text",
    "save_settings",
    "tidy",
]
