"""HTTP of the calendar: pages to read, forms to write, feeds for programs."""

from .editing import add, cancel, edit, renew_address, restore
from .pages import calendar, event, feeds

__all__ = ["add", "calendar", "cancel", "edit", "event", "feeds", "renew_address", "restore"]
