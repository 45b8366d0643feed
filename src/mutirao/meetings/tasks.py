"""What the calendar does later, in the job worker."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="12 * * * *")
@app.task(name="meetings.remind", queueing_lock="meetings.remind")
def remind(timestamp: int = 0) -> None:
    """Tomorrow's meetings; each is reminded of once."""
    close_old_connections()
    actions.remind_of_tomorrow()
