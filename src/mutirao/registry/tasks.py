"""What the registry does later, in the job worker."""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import actions
from .models import Import
from .states import ImportState

log = logging.getLogger(__name__)
# A file that ends its worker (memory, a fault in a library) must not do so for ever.
MOST_ATTEMPTS = 3
_WORK = {
    ImportState.WAITING: actions.preview,
    ImportState.ACCEPTING: actions.carry_out,
    ImportState.UNDOING: actions.take_back,
}


@app.task(name="registry.work_on_import", pass_context=True)
def work_on_import(context: JobContext, import_id: int) -> None:
    """Do what the import waits for; running twice changes nothing."""
    if context.job is not None and context.job.attempts >= MOST_ATTEMPTS:
        actions.store_failure(import_id=import_id, code="unexpected", params={})
        return
    work_on(import_id)


def work_on(import_id: int) -> None:
    state = Import.objects.filter(pk=import_id).values_list("state", flat=True).first()
    work = _WORK.get(state or "")  # type: ignore[call-overload]
    if work is None:
        return
    try:
        work(import_id=import_id)
    except Exception:
        # A fault of ours must not leave the person before a bar that never moves.
        log.exception("import %s: %s failed", import_id, state)
        name = Import.objects.values_list("filename", flat=True).get(pk=import_id)
        actions.store_failure(import_id=import_id, code="unexpected", params={"name": name})
