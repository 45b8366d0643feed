"""The calendar as iCalendar text (RFC 5545 and 7986).

Written here and not by `icalendar`, which takes 0.4 ms an event: a feed of 500 would cost 200 ms
of processor. Two independent libraries read every shape of it in the tests.
"""

from .calendar import calendar
from .events import Labels, Row, due_entry, vevent

__all__ = ["Labels", "Row", "calendar", "due_entry", "vevent"]
