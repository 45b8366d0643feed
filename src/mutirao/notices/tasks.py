"""Mail and digests, in the job worker."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from . import actions


@app.task(name="notices.mail_soon", queueing_lock="notices.mail_soon")
def mail_soon() -> None:
    """Asked for when something must be told at once."""
    close_old_connections()
    actions.mail_due()


@app.periodic(cron="* * * * * */20")
@app.task(name="notices.mail", queueing_lock="notices.mail")
def mail(timestamp: int) -> None:
    """What is to be mailed at once, and what quiet hours put off until now."""
    close_old_connections()
    actions.mail_due()


# Every few seconds, not every hour: what a killed worker left is taken up at once, and a look that
# finds nothing due costs two queries.
@app.periodic(cron="* * * * * */15")
@app.task(name="notices.digests", queueing_lock="notices.digests")
def digests(timestamp: int = 0) -> None:
    close_old_connections()
    actions.write_due_digests()


@app.periodic(cron="50 3 * * *")
@app.task(name="notices.clear_away", queueing_lock="notices.clear_away")
def clear_away(timestamp: int) -> None:
    close_old_connections()
    actions.clear_away()
