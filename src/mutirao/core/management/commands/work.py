"""Run the job worker: mail, imports, reports."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any

from django.core.management import BaseCommand
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from mutirao.core.outage import answers

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0  # before the database is tried again
# Polling is the net under LISTEN: a notice lost with a connection costs 5 s, not a job.
HOW = {
    "concurrency": 2,
    "install_signal_handlers": False,
    "fetch_job_polling_interval": 5,
    "update_heartbeat_interval": 5,
    "stalled_worker_timeout": 60,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 8,
}


class Command(BaseCommand):
    help = "Runs jobs until told to stop (SIGTERM lets the running job end)."

    def handle(self, **options: Any) -> None:
        asyncio.run(work())


async def work() -> None:
    """Work until SIGTERM or SIGINT. When the database goes away, begin anew on its return."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    while not told.is_set():
        try:
            # Asked first: a pool that opens without its database waits for half a minute.
            if answers():
                await _work_once(told)
        except Exception as error:  # whatever ended it, the next round says it again
            log.warning("the job worker begins anew: %s", str(error).strip() or type(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE_SECONDS)


async def _work_once(told: asyncio.Event) -> None:
    """One life of a worker, with connections of its own: it ends with them, or when told."""
    async with _worker().open_async() as worker:
        working = asyncio.create_task(worker.run_worker_async(**HOW))
        waiting = asyncio.create_task(told.wait())
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not working.done():
            working.cancel()  # lets the running job end
        with suppress(asyncio.CancelledError):
            await working


def _worker() -> App:
    # Short: a worker whose database is away must not hang on its way out.
    return app.with_connector(
        PsycopgConnector(kwargs=connector_params(), timeout=5, reconnect_timeout=5)
    )
