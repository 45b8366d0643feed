"""What the partial of a discussion needs, wherever it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ..forms import CommentForm
from ..threads import thread_for


def thread_context(
    request: HttpRequest, record: Any, number: Any = 1, form: CommentForm | None = None
) -> dict[str, Any]:
    """The context of `discussions/partials/thread.html`; `thread` is None where there is none."""
    actor = request.actor  # type: ignore[attr-defined]
    thread = thread_for(record, actor, number)
    if thread is not None and thread.may_comment:
        thread.form = form or CommentForm(
            record=record, everyone=thread.everyone and actor.is_member
        )
    return {"thread": thread, "record": record, "request": request}
