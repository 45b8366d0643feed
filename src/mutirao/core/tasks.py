"""Jobs of the house itself."""

from __future__ import annotations

import logging

from django.core.files.storage import default_storage
from procrastinate import JobContext
from procrastinate.contrib.django import app

log = logging.getLogger(__name__)


# Alive means heard of in the last 20 s: workers say so every 5 s (management/commands/work.py).
DEAD_AFTER_SECONDS = 20


@app.periodic(cron="* * * * * */15")
@app.task(
    name="core.take_up_stalled_jobs", queueing_lock="core.take_up_stalled_jobs", pass_context=True
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs of a worker that died: after a kill -9 they stay "doing" for ever."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        log.warning("job %s (%s) stalled; queued again", job.id, job.task_name)
        await manager.retry_job(job)


@app.periodic(cron="20 4 * * *")
@app.task(name="core.sweep_files", queueing_lock="core.sweep_files")
def sweep_files(timestamp: int) -> None:
    """Files that were deleted long enough ago go for good."""
    default_storage.sweep()  # type: ignore[attr-defined]
