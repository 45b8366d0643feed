"""Jobs of the network: each may run twice without harm."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from .actions.contact import clear_messages_away


@app.periodic(cron="50 3 * * *")
@app.task(name="network.clear_messages_away", queueing_lock="network.clear_messages_away")
def clear_messages(timestamp: int) -> None:
    """Messages of visitors are kept for a limited time."""
    close_old_connections()
    clear_messages_away()
