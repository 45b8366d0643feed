"""Jobs of continuity: each may run twice without harm."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from . import actions
from .models import Opening
from .states import OpeningState


@app.periodic(cron="20 3 * * *")
@app.task(name="continuity.pass_on_what_is_left", queueing_lock="continuity.pass_on_what_is_left")
def pass_on_what_is_left(timestamp: int) -> None:
    """What those who left still held goes to the successor or to the organisation's desk."""
    close_old_connections()
    actions.pass_on_what_is_left()


@app.periodic(cron="40 8 * * *")
@app.task(name="continuity.remind_of_ends", queueing_lock="continuity.remind_of_ends")
def remind_of_ends(timestamp: int) -> None:
    """Roles that end in 30 and in 7 days."""
    close_old_connections()
    actions.remind_of_ends()


@app.periodic(cron="10 * * * *")
@app.task(name="continuity.carry_due_work", queueing_lock="continuity.carry_due_work")
def carry_due_work(timestamp: int) -> None:
    """Every hour: the day a term ends differs from zone to zone."""
    for opening in Opening.objects.filter(state=OpeningState.DONE, carried_at__isnull=True):
        actions.carry_due(opening=opening)
