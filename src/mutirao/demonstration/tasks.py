"""What the demonstration leaves to the job worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .actions.reports import publish_report as publish


@app.task(name="demonstration.publish_report")
def publish_report(report_id: int, person_id: int) -> None:
    """Make and publish a sample report; running twice changes nothing."""
    publish(report_id=report_id, person_id=person_id)
