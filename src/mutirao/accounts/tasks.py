"""Later."""

from __future__ import annotations

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="17 4 * * *")
@app.task(name="accounts.tidy", queueing_lock="accounts.tidy")
def tidy(timestamp: int) -> None:
    """Every night: what is past its period is deleted."""
    actions.tidy()
