"""What commitments do later, in the job worker."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from .actions import reminding


# Every hour: who was without a worker in the morning is reminded as soon as there is one.
@app.periodic(cron="10 * * * *")
@app.task(name="commitments.remind", queueing_lock="commitments.remind")
def remind(timestamp: int = 0) -> None:
    """Reminders of what is due or late; each is given once."""
    close_old_connections()
    reminding.remind()
