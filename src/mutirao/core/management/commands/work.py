"""Run the job worker: mail, imports, reports."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from procrastinate.contrib.django import app


class Command(BaseCommand):
    help = "Runs jobs until told to stop (SIGTERM lets the running job end)."

    def handle(self, **options: Any) -> None:
        worker = app.with_connector(app.connector.get_worker_connector())
        # Polling is the net under LISTEN: a notice lost with a connection costs 5 s, not a job.
        worker.run_worker(
            concurrency=2,
            install_signal_handlers=True,
            fetch_job_polling_interval=5,
            update_heartbeat_interval=5,
            stalled_worker_timeout=60,
            delete_jobs="successful",
            shutdown_graceful_timeout=8,
        )
