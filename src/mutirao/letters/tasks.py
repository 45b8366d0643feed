"""Letters go out in the job worker."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from . import actions


@app.task(name="letters.send", queueing_lock="letters.send")
def send() -> None:
    """Send what waits; asked for whenever a letter is written."""
    close_old_connections()
    actions.send_waiting()


@app.periodic(cron="* * * * * */15")
@app.task(name="letters.send_again", queueing_lock="letters.send_again")
def send_again(timestamp: int) -> None:
    """What a crash, a closed mail server or a busy hour left waiting."""
    close_old_connections()
    actions.send_waiting()


@app.periodic(cron="40 3 * * *")
@app.task(name="letters.clear_away", queueing_lock="letters.clear_away")
def clear_away(timestamp: int) -> None:
    close_old_connections()
    actions.clear_away()
