"""What plans do later, in the job worker."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

from mutirao.intake import actions as intake

from .review.read import read_draft

# A document that ends its worker (memory, a fault in a library) must not do so for ever.
MOST_ATTEMPTS = 3


@app.task(name="plans.read_document", pass_context=True)
def read_document(context: JobContext, draft_id: int) -> None:
    """Read the document of a draft; running twice changes nothing."""
    if context.job.attempts >= MOST_ATTEMPTS:
        intake.store_failure(draft_id=draft_id, code="unexpected", params={})
        return
    read_draft(draft_id)
