"""Later."""

from __future__ import annotations

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="27 4 * * *")
@app.task(name="intake.forget_stale", queueing_lock="intake.forget_stale")
def forget_stale(timestamp: int) -> None:
    """Every night: documents nobody accepted are not kept for ever."""
    actions.forget_stale()
